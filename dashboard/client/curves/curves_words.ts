/** What the Curves page says of its picture: how the numbers were made, and out of how many. */
import { formatCount } from "../parts/format.ts";
import type { CurvesView } from "./curves_model.ts";
import { formatX, X_NAMES } from "./lines_axes.ts";
import type { Shown } from "./curves_query.ts";

/** What a choice of trials is called. */
export const SHOWN_NAMES: { readonly [S in Shown]: string } = {
  best: "best of each configuration",
  all: "all trials, best first",
  running: "running only",
  troubled: "failed or diverged only",
};

/** The sentence under the title. */
export function describeCurves(view: CurvesView): string {
  const { metric, query, lines, range } = view;
  const where = range[0] <= view.whole[0] && range[1] >= view.whole[1]
    ? ""
    : `, from ${formatX(range[0], query.x)} to ${formatX(range[1], query.x)}`;
  const what = view.groups === null
    ? `${lines.length} ${lines.length === 1 ? "curve" : "curves"}`
    : `medians of ${lines.length} groups of trials`;
  return `${metric} over ${X_NAMES[query.x]}${where}: ${what}. ${pointWords(view)}`;
}

function pointWords({ lines, groups }: CurvesView): string {
  const inRange = lines.reduce((sum, line) => sum + line.inRange, 0);
  const reported = lines.reduce((sum, line) => sum + line.reported, 0);
  const of = inRange === reported ? formatCount(reported) : `${formatCount(inRange)} of ` +
    formatCount(reported);
  if (groups !== null) return `${of} points.`;
  const buckets = lines.reduce((sum, { n }) => sum + n.filter((one) => one > 0).length, 0);
  return buckets === inRange
    ? `${of} points, each drawn.`
    : `${of} points in ${formatCount(buckets)} stretches: the line goes through the ` +
      "last value of each, the band from its lowest to its highest.";
}

/** How the lines were made: a sentence each. */
export function noteOf({ query, groups, unshown, lines, matching, drawn }: CurvesView): string[] {
  const marks = lines.reduce((sum, line) => sum + line.marks.reduce((n, mark) => n + mark.n, 0), 0);
  return [
    ...(groups === null ? [] : [
      "Line: the median of the trials that have reported there; band: from their first to their " +
      "third quartile (linear interpolation, type 7). A trial that ended early counts until then.",
    ]),
    ...(groups !== null && drawn < matching
      ? [`The groups hold ${formatCount(drawn)} of ${formatCount(matching)} trials, evenly spread.`]
      : []),
    ...(groups !== null && groups > lines.length
      ? [`${lines.length} of ${groups} values are shown: the most frequent ones.`]
      : []),
    ...(query.smooth > 0
      ? [
        `Smoothed: an exponential moving average that keeps ${query.smooth} of itself at each ` +
        `report, debiased as TensorBoard's is${
          groups === null ? "; behind it, faint, what was reported." : "; before the median."
        }`,
      ]
      : []),
    ...(marks > 0
      ? [`×: ${marks} ${marks === 1 ? "report was" : "reports were"} not finite.`]
      : []),
    ...(unshown > 0
      ? [`${formatCount(unshown)} points are not shown: 0 and less has no logarithm.`]
      : []),
    ...(query.x === "wall" || query.x === "relative"
      ? ["Time is the clock's: waits and pauses are in it."]
      : []),
  ];
}
