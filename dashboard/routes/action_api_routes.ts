/** Control as JSON: `POST` under `/api/v1`, answered when it is in the journal, or with a problem. */
import { type Context, Hono } from "hono";
import { z } from "zod";
import { parseTrialId } from "../../core/domain/ids.ts";
import { actorOf } from "../actions/actor.ts";
import { askCoordinator } from "../actions/ask_coordinator.ts";
import type {
  EnqueueRequest,
  ExtendRequest,
  RetryRequest,
  SweepAsked,
  WorkerAsked,
} from "../actions/control_bodies.ts";
import type { Deed } from "../actions/deed.ts";
import { drainWorker, workerOf } from "../actions/drain_worker.ts";
import { readExtension } from "../actions/extension_form.ts";
import { RequestError } from "../problem.ts";
import type { DashboardContext } from "./dashboard_context.ts";
import { countOf, sweepOf } from "./query.ts";

const trialSchema = z.int().min(0);
const valueSchema = z.union([z.number(), z.string(), z.boolean()]);

/** The body of `retry`; without `trials`: all that have failed. */
const retrySchema: z.ZodType<RetryRequest> = z.strictObject({
  trials: z.array(trialSchema).min(1).nullable().optional(),
});
/** The body of `enqueue`. */
const enqueueSchema: z.ZodType<EnqueueRequest> = z.strictObject({
  hyperparameters: z.record(z.string(), valueSchema),
});
/** The body of `extend`: what shall be more; what is not named stays. */
const extendSchema: z.ZodType<ExtendRequest> = z.strictObject({
  /** Further values by parameter. */
  add: z.record(z.string(), z.array(valueSchema).min(1)).optional(),
  /** Ranges by parameter. */
  widen: z.record(z.string(), z.tuple([z.number(), z.number()])).optional(),
  replicates: z.int().min(1).optional(),
  /** Null: no limit. */
  runCap: z.int().min(1).nullable().optional(),
});

/** What can be asked for. */
export function actionApiRoutes(dashboard: DashboardContext): Hono {
  const app = new Hono();
  const ask = async (context: Context, deed: Deed): Promise<Response> => {
    const sweep = sweepOf(context.req.param("id"));
    const by = actorOf(dashboard, context);
    await askCoordinator(dashboard, { sweep, deed, by });
    return accepted<SweepAsked>(context, { status: "accepted", sweep, by });
  };
  for (const action of ["pause", "resume", "stop"] as const) {
    app.post(`/sweeps/:id/${action}`, (context) => ask(context, { kind: "control", action }));
  }
  app.post("/sweeps/:id/retry", async (context) => {
    const { trials = null } = await bodyOf(context, retrySchema);
    return await ask(context, { kind: "retry", trials: trials?.map(parseTrialId) ?? null });
  });
  app.post("/sweeps/:id/enqueue", async (context) => {
    const { hyperparameters } = await bodyOf(context, enqueueSchema);
    return await ask(context, { kind: "enqueue", hyperparameters });
  });
  app.post(
    "/sweeps/:id/extend",
    async (context) => await ask(context, await extensionOf(context, dashboard)),
  );
  app.post("/sweeps/:id/trials/:trial/stop", (context) => {
    const trial = countOf(context.req.param("trial"), "trial", Number.MAX_SAFE_INTEGER);
    return ask(context, { kind: "stopTrials", trials: [parseTrialId(trial)] });
  });
  app.post("/workers/:worker/drain", async (context) => {
    const worker = workerOf(context.req.param("worker"));
    const by = actorOf(dashboard, context);
    const sweeps = await drainWorker(dashboard, { worker, by });
    return accepted<WorkerAsked>(context, { status: "accepted", worker, by, sweeps });
  });
  return app;
}

async function extensionOf(context: Context, { live }: DashboardContext): Promise<Deed> {
  const wanted = await bodyOf(context, extendSchema);
  using watched = await live.watch(sweepOf(context.req.param("id")));
  const { spec } = watched.sweep.view.ledger;
  const { add = {}, widen = {}, replicates, runCap } = wanted;
  const known = new Map(spec.parameters.map(({ name, domain }) => [name, domain.kind]));
  for (
    const [field, names] of [["add", Object.keys(add)], ["widen", Object.keys(widen)]] as const
  ) {
    const wrong = names.find((name) => (known.get(name) === "values") !== (field === "add"));
    if (wrong === undefined) continue;
    const kind = field === "add" ? "a parameter with a list of values" : "a parameter with a range";
    throw new RequestError(`Cannot extend: ${field}.${wrong} must name ${kind}`);
  }
  const typed = new Map<string, string>([
    ...Object.entries(add).map(([name, values]) => [`add.${name}`, values.join()] as const),
    ...Object.entries(widen).flatMap(([name, [min, max]]) =>
      [[`min.${name}`, String(min)], [`max.${name}`, String(max)]] as const
    ),
    ...(replicates === undefined ? [] : [["replicates", String(replicates)] as const]),
    ...(runCap === undefined ? [] : [["runCap", String(runCap ?? "none")] as const]),
  ]);
  const read = readExtension(spec, typed);
  if (read.kind === "impossible") {
    throw new RequestError(`Cannot extend: ${[...read.problems.values()].join("; ")}`);
  }
  return { kind: "extend", spec: read.spec, options: read.options };
}

/** The body, which may be absent where nothing in it is needed. @throws {RequestError} */
async function bodyOf<T>(context: Context, schema: z.ZodType<T>): Promise<T> {
  const text = await context.req.text();
  const read = schema.safeParse(text.trim() === "" ? {} : parseJson(text));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const field = issue?.path.join(".") || "the body";
  throw new RequestError(`Cannot read ${field}: ${issue?.message ?? "it is not as it must be"}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new RequestError("Cannot read the body: it must be JSON", { cause });
  }
}

/** It is in the journal; what follows from it may take a while. */
function accepted<T extends SweepAsked | WorkerAsked>(context: Context, answer: T): Response {
  context.header("cache-control", "no-store");
  return context.json(answer, 202);
}
