/** The Parameters page of a live sweep: what costs most is made once, and beside other answers. */
import type { ObjectiveMetric } from "../../core/domain/objective.ts";
import { isOver } from "../../core/domain/sweep.ts";
import { objectivesOf } from "../../core/domain/sweep_spec.ts";
import type { ParametersSnapshot } from "../client/parameters/parameters_model.ts";
import { ALL_TRIALS } from "../client/trials/trials_query.ts";
import type { LiveSweep } from "../live_sweep.ts";
import { RequestError } from "../problem.ts";
import { othersTurn } from "../waiting.ts";
import { liveImportance } from "./live_importance.ts";
import { type ChartedSweep, chartSteps, type ParameterCharts } from "./parameter_charts.ts";
import { parameterAxes } from "./parameters_axes.ts";
import { parseParameterFilter } from "./parameters_filter.ts";
import { importanceOfPoints } from "./parameters_importance.ts";
import { configurationPoints, configurationPointsBy } from "./parameters_points.ts";
import { objectiveIn } from "./parameters_view.ts";
import { resultsMark } from "./results_mark.ts";
import { PointColumns, ShownPoints } from "./shown_points.ts";
import { atOnce, inTurns, type Steps } from "./steps.ts";
import { sweepSnapshot } from "./sweep_snapshot.ts";
import { selectTrials } from "./trial_selection.ts";

/** The filter's fields in an address; see `parameters_filter.ts`. */
const FILTER = /^(?:min|max|top|state|worker|pack|q|(?:min|max|is)\..*)$/s;

/** Answers that are remembered for a sweep. */
const REMEMBERED = 8;

/** Of a sweep with many trials that goes on, charts are as old as this at most for each trial. */
const AGE_A_TRIAL_MS = 0.05;
/** While newer ones are made, those before them are shown until they are so many times as old. */
const TIMES_AS_OLD = 2;
/** Charts of fewer trials are made fast enough to be of the present always. */
const MANY = 2_000;

interface Made {
  readonly mark: string;
  readonly epoch: string;
  readonly madeAt: number;
  readonly byMetric: Map<string, ChartedSweep>;
  /** By the query: brushes go forth and back. */
  readonly charts: Map<string, ParameterCharts>;
}

/** What costs most is made once for each set of results, whoever asks for whatever part of it. */
const made = new WeakMap<LiveSweep, Made>();
/** What is being made. */
const coming = new WeakMap<LiveSweep, Promise<void>>();

/** The page for a query. @throws {RequestError} If the query cannot be read. */
export async function parametersSnapshot(
  live: LiveSweep,
  { query, now }: { readonly query: URLSearchParams; readonly now: number },
): Promise<ParametersSnapshot> {
  const sweep = sweepSnapshot(live, { now });
  const current = await currentOf(live, now);
  const steps = stepsFor(live, query, current);
  const charts = await (isLarge(live) ? inTurns(steps) : atOnce(steps));
  // Whoever has something that is not too old does not wait; the next one has something newer.
  if (!isFresh(live, current, now)) freshen(live, now).catch(() => {});
  return { ...sweep, ...charts };
}

/**
 * The same for a person: a filter that cannot be read is told, and leaves nothing out.
 * @throws {RequestError} If something else of the query cannot be read.
 */
export async function readableParameters(
  live: LiveSweep,
  { query, now }: { readonly query: URLSearchParams; readonly now: number },
): Promise<ParametersSnapshot> {
  try {
    return await parametersSnapshot(live, { query, now });
  } catch (error) {
    if (!(error instanceof RequestError || error instanceof SyntaxError)) throw error;
    const rest = new URLSearchParams([...query].filter(([name]) => !FILTER.test(name)));
    const { filter, ...page } = await parametersSnapshot(live, { query: rest, now });
    const [text, worker] = [query.get("q")?.trim() ?? "", query.get("worker")?.trim() || null];
    return {
      ...page,
      query: query.toString(),
      filter: { ...filter, text, worker },
      problem: error.message,
    };
  }
}

function* stepsFor(
  live: LiveSweep,
  query: URLSearchParams,
  { byMetric, charts }: Made,
): Steps<ParameterCharts> {
  // What trials match may change with every report, not with results alone.
  const { worker, text, pack } = parseParameterFilter(query, []);
  const place = worker === null && text === "" && pack === null ? "" : live.view.sequence;
  const key = `${place} ${query}`;
  const known = charts.get(key);
  if (known !== undefined) return known;
  const metric = objectiveIn(query, objectivesOf(live.view.ledger.spec));
  const charted = byMetric.get(metric.name) ?? (yield* chartedSteps(live, metric));
  byMetric.set(metric.name, charted);
  const fresh = yield* chartSteps(charted, query);
  if (charts.size >= REMEMBERED) charts.clear();
  charts.set(key, fresh);
  return fresh;
}

function isLarge({ view: { ledger } }: LiveSweep): boolean {
  return ledger.trials.length >= MANY;
}

/** Of many trials it is made beside other answers. */
async function currentOf(live: LiveSweep, now: number): Promise<Made> {
  const known = made.get(live);
  const times = isLarge(live) ? TIMES_AS_OLD : 1;
  if (known !== undefined && isFresh(live, known, now, times)) return known;
  if (isLarge(live)) {
    await freshen(live, now);
    // What came in the meantime may have ended the sweep: then the end is waited for.
    return await currentOf(live, now);
  }
  const fresh = emptyAt(live, now);
  made.set(live, fresh);
  return fresh;
}

function emptyAt(live: LiveSweep, now: number): Made {
  const [byMetric, charts] = [new Map(), new Map()];
  return { mark: resultsMark(live), epoch: live.epoch, madeAt: now, byMetric, charts };
}

/** Makes newer charts, once for all who ask meanwhile: those that everybody sees first. */
function freshen(live: LiveSweep, now: number): Promise<void> {
  const known = coming.get(live);
  if (known !== undefined) return known;
  const making = make(live, now).finally(() => coming.delete(live));
  coming.set(live, making);
  return making;
}

async function make(live: LiveSweep, now: number): Promise<void> {
  // The answer that is ready goes first.
  await othersTurn();
  const fresh = emptyAt(live, now);
  await inTurns(stepsFor(live, new URLSearchParams(), fresh));
  made.set(live, fresh);
}

function isFresh(live: LiveSweep, { mark, epoch, madeAt }: Made, now: number, times = 1): boolean {
  if (mark === resultsMark(live)) return true;
  const { ledger } = live.view;
  return epoch === live.epoch && !isOver(ledger.status) && isLarge(live) &&
    now - madeAt < times * AGE_A_TRIAL_MS * ledger.trials.length;
}

function* chartedSteps(live: LiveSweep, metric: ObjectiveMetric): Steps<ChartedSweep> {
  const { view, ranking } = live;
  const { ledger } = view;
  yield;
  const objectives = objectivesOf(ledger.spec);
  const seed = ledger.spec.seed;
  const isFirst = metric.name === ledger.spec.metric.name;
  const found = isFirst
    ? configurationPoints(ledger, ranking)
    : configurationPointsBy(ledger, metric);
  const { space, points } = found;
  yield;
  const axes = parameterAxes(space, points);
  yield;
  yield* columnSteps(points, axes);
  const importance = isFirst
    ? liveImportance(live)
    : importanceOfPoints(ShownPoints.all(points), { space, metric, seed });
  yield;
  return {
    ...found,
    metric,
    objectives,
    axes,
    seed,
    importance,
    matching: ({ worker, text, pack }) => {
      const trials = selectTrials(view, { ...ALL_TRIALS, worker, text, pack });
      return new Set<number>(trials.map(({ configuration }) => configuration));
    },
  };
}

/** What charts read of every configuration, column by column. */
function* columnSteps(
  points: ChartedSweep["points"],
  axes: ChartedSweep["axes"],
): Steps<void> {
  const columns = PointColumns.of(points);
  for (const [index, axis] of axes.entries()) {
    const { numbers, mixed } = columns.parameter(index);
    yield;
    if (mixed === null) columns.orderOf(numbers);
    if (axis.kind === "number") columns.positions(axis, index);
    yield;
  }
}
