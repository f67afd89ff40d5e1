/** How news changes what the page shows. Pure. */
import type {
  CurvesAnswer,
  CurveSelection,
  CurveSeries,
  CurveUpdate,
  OverviewSnapshot,
  StateUpdate,
} from "../model.ts";

/** The snapshot after a `state` event: sections that it does not name stay. */
export function withState(snapshot: OverviewSnapshot, update: StateUpdate): OverviewSnapshot {
  const { asOf, now, facts = snapshot.facts, ...sections } = update;
  return { ...snapshot, asOf, now, facts, live: { ...snapshot.live, ...sections } };
}

/** The curves after new points; points of trials that are not drawn are left out. */
export function withPoints(curves: CurvesAnswer, points: readonly CurveUpdate[]): CurvesAnswer {
  const byTrial = Map.groupBy(points, ({ trial }) => trial);
  if (!curves.series.some(({ trial }) => byTrial.has(trial))) return curves;
  const series = curves.series.map((one) => {
    const news = byTrial.get(one.trial);
    return news === undefined ? one : merged(one, news, curves);
  });
  return { ...curves, series };
}

/** The curves of a selection: those that it dropped are gone, fetched ones are in. */
export function withSeries(
  curves: CurvesAnswer,
  options: {
    readonly selection: CurveSelection;
    readonly fetched: CurvesAnswer;
    /** Points that came while the answer was on its way. */
    readonly recent: readonly CurveUpdate[];
  },
): CurvesAnswer {
  if (options.fetched.metric !== curves.metric) return curves;
  const known = new Map(curves.series.map((one) => [one.trial, one]));
  const { series: fetched } = withRecent(options.fetched, options.recent);
  for (const one of fetched) known.set(one.trial, one);
  const series = options.selection.curves.flatMap(({ trial }) => known.get(trial) ?? []);
  return { ...curves, series };
}

/** The curves without those that a selection has dropped. */
export function withoutDropped(curves: CurvesAnswer, selection: CurveSelection): CurvesAnswer {
  const kept = new Set(selection.curves.map(({ trial }) => trial));
  const series = curves.series.filter(({ trial }) => kept.has(trial));
  return series.length === curves.series.length ? curves : { ...curves, series };
}

/** Fetched curves with the points that came while the answer was on its way. */
export function withRecent(fetched: CurvesAnswer, recent: readonly CurveUpdate[]): CurvesAnswer {
  const series = fetched.series.map((one) => {
    const last = one.points.at(-1)?.[0] ?? 0;
    const news = recent.filter(({ trial, epoch }) => trial === one.trial && epoch > last);
    return merged(one, news, fetched);
  });
  return { ...fetched, series };
}

/** The trials of a selection whose curves nobody fetched yet. */
export function missingTrials(
  curves: CurvesAnswer,
  selection: CurveSelection,
): readonly number[] {
  const known = new Set(curves.series.map(({ trial }) => trial));
  return selection.curves.map(({ trial }) => trial).filter((trial) => !known.has(trial));
}

/** A later attempt repeats epochs: its points replace those of the earlier one. */
function merged(
  { trial, points, reported }: CurveSeries,
  news: readonly CurveUpdate[],
  { metric }: CurvesAnswer,
): CurveSeries {
  const byEpoch = new Map(points.map((point) => [point[0], point]));
  const last = points.at(-1)?.[0] ?? 0;
  let added = 0;
  for (const { epoch, metrics } of news) {
    const value = Object.hasOwn(metrics, metric) ? metrics[metric] : undefined;
    if (value === undefined) continue;
    if (epoch > last && !byEpoch.has(epoch)) added++;
    byEpoch.set(epoch, [epoch, value]);
  }
  const after = [...byEpoch.values()].sort((a, b) => a[0] - b[0]);
  // Of a thinned curve nobody here knows which of the older epochs were reported.
  const isWhole = reported === points.length;
  return { trial, points: after, reported: isWhole ? after.length : reported + added };
}
