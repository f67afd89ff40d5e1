/** A trial's page, the same as JSON, the pictures of its mistakes, and its model. */
import { type Context, Hono } from "hono";
import { parseTrialId } from "../../core/domain/ids.ts";
import type { Trial } from "../../core/domain/sweep_ledger.ts";
import { encodePng } from "../../core/views/report/png.ts";
import type { TrialPageState } from "../client/page_state.ts";
import type { TrialSnapshot } from "../client/trial/trial_model.ts";
import { TrialPage } from "../client/trial/trial_page.tsx";
import { parseTrialQuery } from "../client/trial/trial_query.ts";
import type { LiveSweep } from "../live_sweep.ts";
import { AbsentError } from "../problem.ts";
import type { Stored } from "../state/result_view.ts";
import { pictureCsv } from "../state/picture_csv.ts";
import { withoutPage } from "../state/sweep_snapshot.ts";
import { attemptsOf } from "../state/worker_log.ts";
import { trialSnapshot } from "../state/trial_snapshot.ts";
import type { TrialResults } from "../trial_results.ts";
import type { DashboardContext } from "./dashboard_context.ts";
import { countOf, sweepOf } from "./query.ts";
import { sendPage } from "./send_page.tsx";

/** A result never changes once it is stored, but a sweep's name may be used again. */
const FOR_A_WHILE = "private, max-age=300";

/** Everything about one trial. */
export function trialRoutes(dashboard: DashboardContext): Hono {
  const { results } = dashboard;
  const app = new Hono();
  app.get("/s/:sweep/t/:trial", async (context) => {
    const snapshot = await snapshotFor(context, dashboard);
    const state: TrialPageState = { page: "trial", snapshot: withoutPage(snapshot) };
    return sendPage(context, {
      dashboard,
      title: `Trial ${snapshot.row.trial} of ${snapshot.facts.name}`,
      state,
      current: { page: "sweeps", isPart: true },
      content: TrialPage({ snapshot }),
    });
  });
  app.get("/s/:sweep/t/:trial/picture.csv", async (context) => {
    const { epoch } = parseTrialQuery(new URL(context.req.url).searchParams);
    const { trial } = await trialFor(context, dashboard);
    const picture = (await results.of(trial))?.picture ?? null;
    if (picture === null) throw new AbsentError(`Cannot find a picture of trial ${trial.id}`);
    return context.body(pictureCsv(picture, epoch), 200, {
      "content-type": "text/csv; charset=utf-8",
      "cache-control": "no-store",
    });
  });
  app.get("/api/v1/sweeps/:sweep/trials/:trial", async (context) => {
    context.header("cache-control", "no-store");
    return context.json(await snapshotFor(context, dashboard));
  });
  app.get("/api/v1/sweeps/:sweep/trials/:trial/images/:image", async (context) => {
    const { trial } = await trialFor(context, dashboard);
    const [, text = ""] = /^(\d{1,4})\.png$/.exec(context.req.param("image")) ?? [];
    const image = (await results.of(trial))?.mistakes[Number(text || NaN)]?.image;
    if (!image) throw new AbsentError(`Cannot find that image of trial ${trial.id}`);
    return context.body(encodePng(image), 200, {
      "content-type": "image/png",
      "cache-control": FOR_A_WHILE,
    });
  });
  app.get("/api/v1/sweeps/:sweep/trials/:trial/model.safetensors", async (context) => {
    const { trial, live } = await trialFor(context, dashboard);
    const file = await results.modelFile(trial);
    if (file === null) {
      throw new AbsentError(`Cannot find the model of trial ${trial.id}: none is stored`);
    }
    return context.body(new Uint8Array(file), 200, {
      "content-type": "application/octet-stream",
      "content-disposition": `attachment; filename="${live.id}-${trial.id}.safetensors"`,
      "cache-control": "no-store",
    });
  });
  return app;
}

async function snapshotFor(context: Context, dashboard: DashboardContext): Promise<TrialSnapshot> {
  const query = parseTrialQuery(new URL(context.req.url).searchParams);
  const { live, trial } = await trialFor(context, dashboard);
  const [stored, lines] = await Promise.all([
    storedOf(dashboard.results, trial),
    dashboard.results.linesOf(live.id, trial, attemptsOf(live.histories, trial)),
  ]);
  return trialSnapshot(live, trial, { now: dashboard.clock(), query, stored, lines });
}

interface Found {
  readonly live: LiveSweep;
  readonly trial: Trial;
}

/** The sweep is followed a while after its last watcher, so it may be read after this. */
async function trialFor(context: Context, { live }: DashboardContext): Promise<Found> {
  const id = countOf(context.req.param("trial") ?? "", "trial", Number.MAX_SAFE_INTEGER);
  using watched = await live.watch(sweepOf(context.req.param("sweep")));
  const { ledger } = watched.sweep.view;
  if (id >= ledger.trials.length) {
    throw new AbsentError(
      `Cannot find trial ${id} of sweep "${ledger.id}": it has ${ledger.trials.length}, from 0`,
    );
  }
  return { live: watched.sweep, trial: ledger.trial(parseTrialId(id)) };
}

/** What cannot be read must not hide the rest of the page: it says why instead. */
async function storedOf(results: TrialResults, trial: Trial): Promise<Stored> {
  const hasModel = await results.hasModel(trial);
  try {
    return { result: await results.of(trial), problem: null, hasModel };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { result: null, problem: `The result cannot be read: ${reason}`, hasModel };
  }
}
