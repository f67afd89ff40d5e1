/** The curves that somebody asks for, as the Curves page and its JSON show them. */
import { variedParameters } from "../../core/domain/search_space.ts";
import type { Trial } from "../../core/domain/sweep_ledger.ts";
import type { SweepView } from "../../core/views/sweep_view.ts";
import type { CurveLine, CurvesView } from "../client/curves/curves_model.ts";
import { type CurvesQuery, formatCurvesQuery } from "../client/curves/curves_query.ts";
import type { Range } from "../client/model.ts";
import { formatEventId } from "../event_id.ts";
import type { LiveSweep } from "../live_sweep.ts";
import { type BucketOptions, bucketScale, cutIntoBuckets } from "./curve_buckets.ts";
import { chooseTrials, type ChosenTrials } from "./curve_choice.ts";
import { curveColumns, type DrawableColumns } from "./curve_columns.ts";
import { groupCurve, groupTrials } from "./curve_groups.ts";
import { metricNames, trialLabel } from "./curve_selection.ts";
import { filteredTrials } from "./filtered_trials.ts";
import { filterableNames } from "./trial_selection.ts";

/** Trials whose curves are taken together at most. */
const MOST_GROUPED = 3_000;
/** Buckets of a group where reports of different trials do not fall on the same x. */
const MOST_LOOSE = 60;
/** Buckets that no curve is cut below. */
const LEAST = 40;
/** Answers that are remembered for a sweep. */
const REMEMBERED = 8;

const memory = new WeakMap<SweepView, { sequence: number; answers: Map<string, CurvesView> }>();

/** Into how many buckets curves are cut. */
export interface Fineness {
  /** Of each curve, at most. */
  readonly points: number;
  /** Of all curves together, about. */
  readonly total: number;
}

/** The curves at the journal's present end. */
export function curvesView(
  live: LiveSweep,
  query: CurvesQuery,
  fineness: Fineness,
): CurvesView {
  const { view } = live;
  let known = memory.get(view);
  if (known?.sequence !== view.sequence) {
    memory.set(view, known = { sequence: view.sequence, answers: new Map() });
  }
  const key = `${fineness.points} ${fineness.total} ${formatCurvesQuery(query)}`;
  const remembered = known.answers.get(key);
  if (remembered !== undefined) return remembered;
  const answer = makeView(live, query, fineness);
  if (known.answers.size >= REMEMBERED) known.answers.clear();
  known.answers.set(key, answer);
  return answer;
}

const NOTHING: Lines = {
  lines: [],
  matching: 0,
  drawn: 0,
  groups: null,
  whole: [0, 1],
  range: [0, 1],
  unshown: 0,
};

/** The same without a curve, because something else in the address cannot be read. */
export function unreadableCurves(
  live: LiveSweep,
  query: CurvesQuery,
  problem: string,
): CurvesView {
  const always = alwaysOf(live, query);
  const filter = { ...always.filter, problem };
  return { ...always, filter, metrics: [always.metric], problem, ...NOTHING };
}

/** What does not depend on which curves there are. */
function alwaysOf(live: LiveSweep, query: CurvesQuery): Omit<CurvesView, keyof Lines | "metrics"> {
  const { epoch, view } = live;
  const { spec } = view.ledger;
  return {
    asOf: formatEventId({ epoch, sequence: view.sequence }),
    query,
    metric: query.metric ?? spec.metric.name,
    parameters: variedParameters(spec.parameters).map(({ name }) => name),
    hasSteps: spec.task.dataset !== "module",
    names: filterableNames(view),
    filter: filteredTrials(view, new URLSearchParams(formatCurvesQuery(query))).filter,
    problem: null,
  };
}

function makeView(live: LiveSweep, query: CurvesQuery, fineness: Fineness): CurvesView {
  const { view } = live;
  const { spec } = view.ledger;
  const always = alwaysOf(live, query);
  const { metric } = always;
  try {
    if (query.group !== null && !spec.parameters.some(({ name }) => name === query.group)) {
      throw new SyntaxError(
        `Cannot group by "${query.group.slice(0, 80)}": it must be a parameter of the sweep`,
      );
    }
    const chosen = chooseTrials(view, live.ranking, query);
    const metrics = [...new Set([...metricNames(view, chosen.drawn.map(({ id }) => id)), metric])];
    return {
      ...always,
      metrics,
      ...query.group === null
        ? trialLines(view, chosen, { query, metric, ...fineness })
        : groupLines(view, chosen, { query, metric, ...fineness, group: query.group }),
    };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { ...always, metrics: [metric], problem: error.message, ...NOTHING };
  }
}

interface LinesOptions extends Fineness {
  readonly query: CurvesQuery;
  readonly metric: string;
}

type Lines = Pick<
  CurvesView,
  "lines" | "matching" | "drawn" | "groups" | "whole" | "range" | "unshown"
>;

function trialLines(
  view: SweepView,
  { matching, drawn, tagOf }: ChosenTrials,
  { query, metric, points, total }: LinesOptions,
): Lines {
  const curves = drawn.map((trial) => curveColumns(view, trial.id, { ...query, metric }));
  const whole = wholeRange(curves, query);
  const most = Math.min(points, Math.max(LEAST, Math.floor(total / drawn.length)));
  const cut = { ...cutting(view, { query, whole, trials: drawn }), most };
  const lines = drawn.map((trial, index): CurveLine => {
    const curve = curves[index] ?? { x: [], y: [], smooth: null };
    const { x, n, low, high, last, smooth, marks } = cutIntoBuckets(curve, cut);
    const isPlain = n.every((count) => count <= 1);
    return {
      trial: trial.id,
      tag: tagOf(trial),
      label: trialLabel(view.ledger, trial),
      inRange: n.reduce((sum, count) => sum + count, 0),
      reported: curve.y.filter(Number.isFinite).length,
      x: x.map(brief),
      n,
      y: (smooth ?? last).map(brief),
      low: isPlain ? null : low.map(brief),
      high: isPlain ? null : high.map(brief),
      raw: smooth === null ? null : last.map(brief),
      marks,
    };
  });
  return {
    lines,
    matching: matching.length,
    drawn: lines.length,
    groups: null,
    whole,
    range: cut.range,
    unshown: unshownOf(curves),
  };
}

function groupLines(
  view: SweepView,
  { matching }: ChosenTrials,
  { query, metric, points, group }: LinesOptions & { readonly group: string },
): Lines {
  const taken = spread(matching, MOST_GROUPED);
  const { groups, total } = groupTrials(taken, group);
  const curves = groups.map(({ trials }) =>
    trials.map((trial) => curveColumns(view, trial.id, { ...query, metric }))
  );
  const whole = wholeRange(curves.flat(), query);
  const cutOptions = cutting(view, { query, whole, trials: taken });
  const isLoose = cutOptions.quantum === 0 || cutOptions.isLog;
  const cut = { ...cutOptions, most: isLoose ? Math.min(points, MOST_LOOSE) : points };
  const scale = bucketScale(cut);
  const lines = groups.map(({ label, trials }, index): CurveLine => {
    const own = curves[index] ?? [];
    const line = groupCurve(own, { range: cut.range, scale });
    return {
      ...line,
      trial: null,
      tag: trials.length === 1 ? "1 trial" : `${trials.length} trials`,
      label,
      reported: own.reduce((sum, { y }) => sum + y.filter(Number.isFinite).length, 0),
      x: line.x.map(brief),
      y: line.y.map(brief),
      low: line.low?.map(brief) ?? null,
      high: line.high?.map(brief) ?? null,
      raw: null,
    };
  });
  return {
    lines,
    matching: matching.length,
    drawn: groups.reduce((sum, { trials }) => sum + trials.length, 0),
    groups: total,
    whole,
    range: cut.range,
    unshown: unshownOf(curves.flat()),
  };
}

/** How all curves of a picture are cut: in the same places. */
function cutting(
  view: SweepView,
  { query, whole, trials }: {
    readonly query: CurvesQuery;
    readonly whole: Range;
    readonly trials: readonly Trial[];
  },
): Omit<BucketOptions, "most"> {
  const from = Math.max(query.isLogX ? whole[0] : -Infinity, query.from ?? whole[0]);
  const range: Range = [from, Math.max(from, query.to ?? whole[1])];
  return { range, isLog: query.isLogX, quantum: quantumOf(view, query, trials) };
}

/** What all x are whole multiples of; 0 where nothing is known. */
function quantumOf(view: SweepView, { x }: CurvesQuery, trials: readonly Trial[]): number {
  if (x === "epoch") return 1;
  if (x === "samples") return view.ledger.dataset.trainExamples;
  if (x !== "step") return 0;
  const steps = new Set(trials.map(({ id }) => view.stepsPerEpoch(id) ?? 1));
  return steps.size === 1 ? [...steps][0] ?? 0 : 0;
}

/** From 0, so that two pictures of one sweep begin alike; an axis by logarithms has no 0. */
function wholeRange(curves: readonly DrawableColumns[], { isLogX }: CurvesQuery): Range {
  const ends = curves.map(({ x }) => x.at(-1) ?? 0);
  const end = ends.reduce((most, x) => Math.max(most, x), 0);
  const begin = curves.reduce((least, { x }) => Math.min(least, x[0] ?? Infinity), Infinity);
  if (!isLogX) return [0, end > 0 ? end : 1];
  return begin === Infinity ? [1, 10] : [begin, end > begin ? end : begin * 10];
}

function unshownOf(curves: readonly DrawableColumns[]): number {
  return curves.reduce((sum, { unshown }) => sum + unshown, 0);
}

/** At most so many of some things, evenly from the first to the last: of trials, from good to bad. */
function spread<Thing>(things: readonly Thing[], most: number): readonly Thing[] {
  if (things.length <= most) return things;
  const place = (index: number): number => Math.floor(index * most / things.length);
  return things.filter((_, index) => place(index) !== place(index - 1));
}

/** As exact as 32 bits are: more than any screen has pixels. */
function brief(value: number): number {
  return Number(value.toPrecision(7));
}
