/** A score with what it is worth: the number, its interval, how that was made and from how many. */
import { shareOf } from "../charts/axis.ts";
import type { VNode } from "preact";
import { formatNumber } from "./format.ts";
import type { LeaderRow, Range, Score } from "../model.ts";

const WIDTH = 96;
const PAD = 5;

/** The interval in words, for people who do not see the mark. */
export function describeScore(score: Score | null): string {
  if (score === null) return "diverged";
  if (score.ci95 === null) return `${formatNumber(score.mean)}, no interval from one run`;
  const [lower, upper] = score.ci95;
  const ends = `95 % interval ${formatNumber(lower)} to ${formatNumber(upper)}`;
  const how = score.estimator === "wilson"
    ? "Wilson's score interval of one run's share"
    : `Student's t over ${score.n} replicates`;
  return `${formatNumber(score.mean)}, ${ends} (${how})`;
}

/** The range that all marks of a table share. */
export function scoreDomain(rows: readonly LeaderRow[]): Range {
  const ends = rows.flatMap(({ score }) =>
    score === null ? [] : [score.mean, ...(score.ci95 ?? [])].filter(Number.isFinite)
  );
  if (ends.length === 0) return [0, 1];
  const lower = Math.min(...ends);
  const upper = Math.max(...ends);
  return [lower, upper];
}

/** The mean as a dot on the table's common range, its interval as a line. */
export function IntervalMark(
  { score, domain }: { readonly score: Score | null; readonly domain: Range },
): VNode {
  // Of numbers that have no sum or no distance, means and intervals reach beyond all numbers.
  const x = (value: number): number =>
    PAD + (WIDTH - 2 * PAD) * Math.max(0, Math.min(1, shareOf(value, domain)));
  const label = describeScore(score);
  return (
    <svg class="interval" width={WIDTH} height="14" role="img" aria-label={label}>
      <title>{label}</title>
      <line class="interval-track" x1={PAD} x2={WIDTH - PAD} y1="7" y2="7" />
      {score?.ci95?.every((end) => !Number.isNaN(end)) && (
        <path
          class="interval-line"
          d={`M${x(score.ci95[0])} 3.5v7m0-3.5H${x(score.ci95[1])}m0-3.5v7`}
        />
      )}
      {score !== null && <circle class="interval-dot" cx={x(score.mean)} cy="7" r="3.5" />}
    </svg>
  );
}
