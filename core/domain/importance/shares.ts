/** From raw importances to shares with their intervals. */
import type { Interval } from "../statistics.ts";
import { shareInterval } from "./bootstrap.ts";
import type { ParameterImportance } from "./importance.ts";
import type { PointColumn } from "./point_table.ts";

/** The parts of a whole: they sum to 1, or are all 0 where the whole is. */
export function sharesOf(raw: readonly number[]): readonly number[] {
  const whole = raw.reduce((sum, each) => sum + each, 0);
  return raw.map((each) => whole > 0 ? each / whole : 0);
}

/** Parameters with their shares, most important first; `resampled` holds one list a resample. */
export function rankParameters(
  columns: readonly PointColumn[],
  { raw, resampled }: {
    readonly raw: readonly number[];
    readonly resampled: readonly (readonly number[])[];
  },
): readonly ParameterImportance[] {
  const shares = sharesOf(raw);
  const replicas = resampled.map(sharesOf);
  const isTold = replicas.length > 0 && shares.some((share) => share > 0);
  return columns
    .map(({ name, active }, place): ParameterImportance => {
      const share = shares[place] ?? 0;
      const values = Float64Array.from(replicas, (each) => each[place] ?? 0);
      const interval: Interval | null = isTold ? shareInterval(share, values) : null;
      return { name, share, interval, raw: raw[place] ?? 0, active };
    })
    .sort((a, b) => b.share - a.share);
}
