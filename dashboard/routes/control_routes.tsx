/** The pages that ask before something is done: really stop?, and the forms to enqueue and to extend. */
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { csrf } from "hono/csrf";
import type { VNode } from "preact";
import { isTerminal } from "../../core/domain/trial.ts";
import { actorOf } from "../actions/actor.ts";
import { askCoordinator } from "../actions/ask_coordinator.ts";
import type { Deed } from "../actions/deed.ts";
import { workerOf } from "../actions/drain_worker.ts";
import { extensible, readExtension } from "../actions/extension_form.ts";
import { type FieldProblems, problemsOf } from "../actions/field_problems.ts";
import { POINT_PREFIX, pointFields, readPoint, typedOf } from "../actions/point_form.ts";
import { SweepHead } from "../client/parts/sweep_head.tsx";
import { formatCount } from "../client/parts/format.ts";
import type { LiveSweep } from "../live_sweep.ts";
import { ConfirmCard } from "../pages/confirm_page.tsx";
import { DrainCard } from "../pages/drain_page.tsx";
import { EnqueueCard } from "../pages/enqueue_page.tsx";
import { ExtendCard } from "../pages/extend_page.tsx";
import { AbsentError, ConflictError } from "../problem.ts";
import { progress } from "../state/progress.ts";
import { sweepFacts } from "../state/sweep_facts.ts";
import type { DashboardContext } from "./dashboard_context.ts";
import { countOf, sweepOf } from "./query.ts";
import { sendForm } from "./send_form.tsx";

/** Forms have as many fields as a sweep has parameters. */
const MAX_FORM_BYTES = 65_536;

type Typed = ReadonlyMap<string, string>;
const NO_PROBLEMS: FieldProblems = new Map();

/** Pages that ask. */
export function controlRoutes(dashboard: DashboardContext): Hono {
  const app = new Hono();
  const guards = [csrf(), bodyLimit({ maxSize: MAX_FORM_BYTES })] as const;
  app.get("/s/:sweep/stop", (context) => stopPage(context, dashboard));
  app.get("/s/:sweep/t/:trial/stop", (context) => stopTrialPage(context, dashboard));
  app.get("/s/:sweep/enqueue", async (context) => {
    using watched = await dashboard.live.watch(sweepOf(context.req.param("sweep")));
    const from = context.req.query("from");
    return await enqueuePage(context, dashboard, {
      live: watched.sweep,
      ...clonedFrom(watched.sweep, from),
    });
  });
  app.post("/s/:sweep/enqueue", ...guards, (context) => enqueue(context, dashboard));
  app.get("/s/:sweep/extend", async (context) => {
    using watched = await dashboard.live.watch(sweepOf(context.req.param("sweep")));
    return await extendPage(context, dashboard, { live: watched.sweep, typed: new Map() });
  });
  app.post("/s/:sweep/extend", ...guards, (context) => extend(context, dashboard));
  app.get("/fleet/:worker/drain", (context) => drainPage(context, dashboard));
  return app;
}

function send(
  context: Context,
  dashboard: DashboardContext,
  { live, title, card, isRefused = false }: {
    readonly live: LiveSweep;
    readonly title: string;
    readonly card: VNode;
    readonly isRefused?: boolean;
  },
): Response | Promise<Response> {
  const facts = sweepFacts(live.view);
  const head = (
    <SweepHead
      facts={facts}
      progress={progress(live)}
      current={{ page: "overview", isPart: true }}
    />
  );
  const content = <>{head}{card}</>;
  const status = isRefused ? 409 : 200;
  return sendForm(context, {
    dashboard,
    title: `${title} · ${facts.name}`,
    page: "sweeps",
    content,
    status,
  });
}

async function stopPage(context: Context, dashboard: DashboardContext): Promise<Response> {
  using watched = await dashboard.live.watch(sweepOf(context.req.param("sweep")));
  const { id, counts } = watched.sweep.view.ledger;
  const left = counts.queued + counts.running + counts.paused;
  const card = (
    <ConfirmCard
      title="Really stop this sweep?"
      action={`/s/${id}/stop`}
      button={`Stop it, and cancel ${trialsText(left)}`}
      isFinal
      back={`/s/${id}`}
    >
      <ul>
        <li data-cancelled={left}>
          {trialsText(left)} of {formatCount(counts.asked)} are not done, and will be cancelled:
          {" "}
          {formatCount(counts.running)} that train, {formatCount(counts.queued)} that wait,{" "}
          {formatCount(counts.paused)} that are paused.
        </li>
        <li>What is completed stays: {trialsText(counts.completed)}.</li>
        <li>This is final: a sweep that was stopped cannot be resumed or extended.</li>
      </ul>
    </ConfirmCard>
  );
  return await send(context, dashboard, { live: watched.sweep, title: "Stop", card });
}

async function stopTrialPage(context: Context, dashboard: DashboardContext): Promise<Response> {
  using watched = await dashboard.live.watch(sweepOf(context.req.param("sweep")));
  const { ledger } = watched.sweep.view;
  const { id, state } = trialOf(watched.sweep, context.req.param("trial") ?? "");
  const isOver = isTerminal(state.status);
  const back = `/s/${ledger.id}/t/${id}`;
  const card = isOver
    ? (
      <section class="card ask" aria-labelledby="ask-title">
        <h2 id="ask-title" class="big">Trial {id} is {state.status}</h2>
        <p>
          Nothing is left to stop. <a href={back}>Back to the trial</a>
        </p>
      </section>
    )
    : (
      <ConfirmCard
        title={`Really stop trial ${id}?`}
        action={`${back}/stop`}
        button="Stop it, and cancel 1 trial"
        isFinal
        back={back}
      >
        <ul>
          <li>It is {state.status}; it will be cancelled, and cannot be retried.</li>
          {state.status === "running" && (
            <li>
              Its worker hears so with its next report; the other trials of its pack train on.
            </li>
          )}
          <li>The sweep goes on without it.</li>
        </ul>
      </ConfirmCard>
    );
  return await send(context, dashboard, { live: watched.sweep, title: `Stop trial ${id}`, card });
}

interface EnqueueForm {
  readonly live: LiveSweep;
  readonly typed: Typed;
  readonly from: number | null;
  readonly problems?: FieldProblems;
}

function enqueuePage(
  context: Context,
  dashboard: DashboardContext,
  { live, typed, from, problems = NO_PROBLEMS }: EnqueueForm,
): Response | Promise<Response> {
  const { id, spec } = live.view.ledger;
  const fields = pointFields(spec, typed);
  const { replicates } = spec;
  const card = EnqueueCard({ sweep: id, from, replicates, fields, problems });
  const title = from === null ? "Enqueue" : `Clone trial ${from}`;
  return send(context, dashboard, { live, title, card, isRefused: problems.size > 0 });
}

async function enqueue(context: Context, dashboard: DashboardContext): Promise<Response> {
  using watched = await dashboard.live.watch(sweepOf(context.req.param("sweep")));
  const live = watched.sweep;
  const all = await formOf(context);
  const from = clonedFrom(live, all.get("from")).from;
  const typed = new Map(
    [...all].filter(([name]) => name.startsWith(POINT_PREFIX))
      .map(([name, value]) => [name.slice(POINT_PREFIX.length), value] as const),
  );
  const { spec } = live.view.ledger;
  const read = readPoint(spec, typed);
  const names = spec.parameters.map(({ name }) => name);
  const problems = read.kind === "impossible"
    ? read.problems
    : await refusalOf(context, dashboard, {
      live,
      deed: { kind: "enqueue", hyperparameters: read.hyperparameters },
      names,
    });
  if (problems === null) return context.redirect(`/s/${live.id}`, 303);
  return await enqueuePage(context, dashboard, { live, typed, from, problems });
}

function extendPage(
  context: Context,
  dashboard: DashboardContext,
  { live, typed, problems = NO_PROBLEMS }: Omit<EnqueueForm, "from">,
): Response | Promise<Response> {
  const { id, spec, counts: { asked } } = live.view.ledger;
  const parameters = extensible(spec);
  const card = ExtendCard({ sweep: id, spec, asked, parameters, typed, problems });
  return send(context, dashboard, { live, title: "Extend", card, isRefused: problems.size > 0 });
}

async function extend(context: Context, dashboard: DashboardContext): Promise<Response> {
  using watched = await dashboard.live.watch(sweepOf(context.req.param("sweep")));
  const live = watched.sweep;
  const typed = await formOf(context);
  const read = readExtension(live.view.ledger.spec, typed);
  const problems = read.kind === "impossible"
    ? read.problems
    : read.options.length === 0
    ? new Map([["", "Nothing is asked for yet: fill in what shall be more."]])
    : await refusalOf(context, dashboard, {
      live,
      deed: { kind: "extend", spec: read.spec, options: read.options },
      names: [],
    });
  if (problems === null) return context.redirect(`/s/${live.id}`, 303);
  return await extendPage(context, dashboard, { live, typed, problems });
}

/** Asks; null: it was accepted, else why not. */
async function refusalOf(
  context: Context,
  dashboard: DashboardContext,
  { live, deed, names }: {
    readonly live: LiveSweep;
    readonly deed: Deed;
    readonly names: readonly string[];
  },
): Promise<FieldProblems | null> {
  try {
    const by = actorOf(dashboard, context);
    await askCoordinator(dashboard, { sweep: live.view.ledger.id, deed, by });
    return null;
  } catch (error) {
    if (error instanceof ConflictError) return problemsOf(error.message, names);
    throw error;
  }
}

async function drainPage(context: Context, dashboard: DashboardContext): Promise<Response> {
  const worker = workerOf(context.req.param("worker"));
  const workers = await dashboard.live.workers() ?? [];
  const asked = context.req.query("asked")?.split(",").filter((one) => one !== "").map(sweepOf) ??
    null;
  const presence = workers.find((one) => one.worker === worker) ?? null;
  const others = workers.filter((one) => one.worker !== worker && !one.draining).length;
  return await sendForm(context, {
    dashboard,
    title: `Drain ${worker}`,
    page: "fleet",
    content: DrainCard({ worker, presence, others, asked }),
  });
}

/** What the form of an enqueued configuration begins with. */
function clonedFrom(
  live: LiveSweep,
  text: string | undefined,
): { readonly typed: Typed; readonly from: number | null } {
  if (text === undefined || text === "") return { typed: new Map(), from: null };
  const { id, hyperparameters } = trialOf(live, text);
  return { typed: typedOf(hyperparameters), from: id };
}

function trialOf(live: LiveSweep, text: string) {
  const { ledger } = live.view;
  const found = ledger.trials[countOf(text, "trial", Number.MAX_SAFE_INTEGER)];
  if (found !== undefined) return found;
  throw new AbsentError(
    `Cannot find trial ${text} of sweep "${ledger.id}": it has ${ledger.trials.length}, from 0`,
  );
}

async function formOf(context: Context): Promise<Typed> {
  const body = await context.req.parseBody();
  return new Map(
    Object.entries(body).map(([name, value]) => [name, typeof value === "string" ? value : ""]),
  );
}

function trialsText(count: number): string {
  return `${formatCount(count)} ${count === 1 ? "trial" : "trials"}`;
}
