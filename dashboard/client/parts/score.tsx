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

/**
 * The range that all marks of a table share, its rows the best first. Where the worst quarter of them
 * would make the others' intervals dots, they lie beyond its end.
 */
export function scoreDomain(rows: readonly LeaderRow[]): Range {
  const scores = rows.flatMap(({ score }) => score === null ? [] : [score]);
  const all = endsOf(scores);
  if (all === null) return [0, 1];
  const most = endsOf(scores.slice(0, Math.ceil(0.75 * scores.length)));
  const isStretched = most !== null && most[1] > most[0] &&
    all[1] - all[0] > 2 * (most[1] - most[0]);
  return isStretched ? most : all;
}

/** Of numbers that have no sum or no distance, means and intervals reach beyond all numbers. */
function endsOf(scores: readonly Score[]): Range | null {
  const ends = scores.flatMap(({ mean, ci95 }) => [mean, ...(ci95 ?? [])]).filter(Number.isFinite);
  return ends.length === 0 ? null : [Math.min(...ends), Math.max(...ends)];
}

/** The mean as a dot on the table's common range, its interval as a line. */
export function IntervalMark(
  { score, domain }: { readonly score: Score | null; readonly domain: Range },
): VNode {
  const x = (value: number): number =>
    PAD + (WIDTH - 2 * PAD) * Math.max(0, Math.min(1, shareOf(value, domain)));
  const place = score === null ? 0 : shareOf(score.mean, domain);
  // A little air: what is drawn from a rounded number is no stranger.
  const beyond = place < -1e-9 ? -1 : place > 1 + 1e-9 ? 1 : 0;
  const label = describeScore(score);
  return (
    <svg class="interval" width={WIDTH} height="14" role="img" aria-label={label}>
      <title>{label}</title>
      <line class="interval-track" x1={PAD} x2={WIDTH - PAD} y1="7" y2="7" />
      {beyond !== 0 && (
        <path
          class="interval-line"
          d={`M${beyond < 0 ? PAD + 4 : WIDTH - PAD - 4} 3l${4 * beyond} 4 ${-4 * beyond} 4`}
        />
      )}
      {beyond === 0 && score?.ci95?.every((end) => !Number.isNaN(end)) && (
        <path
          class="interval-line"
          d={`M${x(score.ci95[0])} 3.5v7m0-3.5H${x(score.ci95[1])}m0-3.5v7`}
        />
      )}
      {beyond === 0 && score !== null && (
        <circle class="interval-dot" cx={x(score.mean)} cy="7" r="3.5" />
      )}
    </svg>
  );
}
