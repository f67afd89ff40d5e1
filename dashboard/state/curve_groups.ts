/** Trials told apart by the value of one parameter, and what the curves of a group have in common. */
import type { ParameterValue } from "../../core/domain/hyperparameters.ts";
import type { Trial } from "../../core/domain/sweep_ledger.ts";
import type { Range } from "../client/model.ts";
import type { CurveLine } from "../client/curves/curves_model.ts";
import { formatValue } from "../client/parts/format.ts";
import { type BucketOf, type CurveColumns, indices } from "./curve_buckets.ts";
import { quartilesOf } from "./quartiles.ts";

/** So many lines can be told apart. */
const MOST_GROUPS = 8;
/** Into so many equal parts trials are cut where a number has more values than that. */
const PARTS = 5;

/** Trials with something in common. */
export interface TrialGroup<Member> {
  readonly label: string;
  readonly trials: readonly Member[];
}

/**
 * Groups in the order of their values: one for each value, at most eight of the most frequent ones;
 * a number that has more values is cut into five ranges with about equally many trials.
 * @returns The groups, and how many there are.
 */
export function groupTrials<Member extends Pick<Trial, "hyperparameters">>(
  trials: readonly Member[],
  parameter: string,
): { readonly groups: readonly TrialGroup<Member>[]; readonly total: number } {
  const byValue = Map.groupBy(trials, ({ hyperparameters }) => hyperparameters[parameter] ?? "–");
  const values = [...byValue.keys()];
  const named = (label: string, of: readonly ParameterValue[]): TrialGroup<Member> => ({
    label: `${parameter} ${label}`,
    trials: of.flatMap((value) => byValue.get(value) ?? []),
  });
  if (values.length > MOST_GROUPS && values.every((value) => typeof value === "number")) {
    const groups = ranges(values.toSorted((a, b) => Number(a) - Number(b)), byValue).map((part) =>
      named(`${formatValue(part[0] ?? 0)} … ${formatValue(part.at(-1) ?? 0)}`, part)
    );
    return { groups, total: groups.length };
  }
  const frequent = values
    .toSorted((a, b) => (byValue.get(b)?.length ?? 0) - (byValue.get(a)?.length ?? 0))
    .slice(0, MOST_GROUPS);
  const ordered = frequent.toSorted((a, b) =>
    typeof a === "number" && typeof b === "number" ? a - b : String(a) < String(b) ? -1 : 1
  );
  return {
    groups: ordered.map((value) => named(formatValue(value), [value])),
    total: values.length,
  };
}

function ranges(
  sorted: readonly ParameterValue[],
  byValue: ReadonlyMap<ParameterValue, readonly unknown[]>,
): readonly (readonly ParameterValue[])[] {
  const all = sorted.reduce((sum: number, value) => sum + (byValue.get(value)?.length ?? 0), 0);
  const parts: ParameterValue[][] = Array.from({ length: PARTS }, () => []);
  let before = 0;
  for (const value of sorted) {
    parts[Math.min(PARTS - 1, Math.floor(before * PARTS / all))]?.push(value);
    before += byValue.get(value)?.length ?? 0;
  }
  return parts.filter((part) => part.length > 0);
}

/** A bucket of a group: the last value that each trial has in it. */
interface Gathered {
  x: number;
  readonly values: number[];
}

/**
 * The median over the trials of a group and their quartiles, bucket by bucket. A trial counts where
 * it has reported: one that ended early or diverged says nothing after that.
 */
export function groupCurve(
  curves: readonly CurveColumns[],
  { range, scale }: { readonly range: Range; readonly scale: BucketOf },
): Pick<CurveLine, "x" | "n" | "y" | "low" | "high" | "marks" | "inRange"> {
  const buckets = new Map<number, Gathered>();
  const marks = new Map<number, { x: number; n: number }>();
  let inRange = 0;
  for (const curve of curves) {
    const { start, end } = indices(curve.x, range);
    for (let i = start; i < end; i++) {
      const x = curve.x[i] ?? 0;
      const at = scale(x);
      if (!Number.isFinite(curve.y[i])) {
        const mark = marks.get(at);
        marks.set(at, { x, n: (mark?.n ?? 0) + 1 });
        continue;
      }
      inRange++;
      // Only the last one in the bucket counts: x ascends.
      const next = curve.x[i + 1];
      const isLast = i + 1 >= end || next === undefined || scale(next) !== at ||
        !Number.isFinite(curve.y[i + 1]);
      if (!isLast) continue;
      const gathered = buckets.get(at);
      const value = (curve.smooth ?? curve.y)[i] ?? 0;
      if (gathered === undefined) buckets.set(at, { x, values: [value] });
      else {
        gathered.x = Math.max(gathered.x, x);
        gathered.values.push(value);
      }
    }
  }
  const made = [...buckets.entries()].sort((a, b) => a[0] - b[0])
    .map(([, { x, values }]) => ({ x, n: values.length, ...quartilesOf(values) }));
  return {
    x: made.map(({ x }) => x),
    n: made.map(({ n }) => n),
    y: made.map(({ median }) => median),
    low: made.map(({ low }) => low),
    high: made.map(({ high }) => high),
    marks: [...marks.values()].sort((a, b) => a.x - b.x),
    inRange,
  };
}
