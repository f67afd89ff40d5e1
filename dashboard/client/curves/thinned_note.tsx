/** Says that a picture holds fewer points than were reported, and where the rest is. */
import type { VNode } from "preact";
import type { CurveSeries } from "../model.ts";
import { formatCount } from "../parts/format.ts";

/** The note; nothing where all points are there. */
export function ThinnedNote({ series, sweep, trials = [] }: {
  readonly series: readonly CurveSeries[];
  readonly sweep: string;
  /** The trials that the Curves page is to show; none: those that it shows by itself. */
  readonly trials?: readonly number[];
}): VNode | null {
  const drawn = series.reduce((sum, { points }) => sum + points.length, 0);
  const reported = series.reduce((sum, one) => sum + one.reported, 0);
  if (drawn >= reported) return null;
  return (
    <p class="note">
      {formatCount(drawn)} of {formatCount(reported)}{" "}
      points: the lowest, highest and last of each stretch.{" "}
      <a href={`/s/${sweep}/curves${trials.length > 0 ? `?t=${trials.join()}` : ""}`}>
        All of them, to zoom into
      </a>
    </p>
  );
}
