/** What a stretch of an axis means for the filter's fields. Pure. */

/** An axis as the picture carries it in its data attributes. */
export interface BrushedAxis {
  /** The parameter; empty: the objective. */
  readonly axis: string;
  readonly scale?: string | undefined;
  /** Present: the axis stands on its head. */
  readonly flipped?: string | undefined;
  readonly min?: string | undefined;
  readonly max?: string | undefined;
  /** A JSON list: the axis is one of choices. */
  readonly values?: string | undefined;
}

/** Fields to set: a number's two ends, or the choices to tick. */
export type BrushedFields =
  | { readonly kind: "range"; readonly min: string; readonly max: string }
  | { readonly kind: "choices"; readonly chosen: readonly string[] };

/** The values between two shares of an axis, 0 its lower end; null: nothing lies there. */
export function brushedFields(
  axis: BrushedAxis,
  ends: readonly [number, number],
): BrushedFields | null {
  const shares = axis.flipped === undefined ? ends : ends.map((share) => 1 - share);
  const [lower, upper] = [Math.max(0, Math.min(...shares)), Math.min(1, Math.max(...shares))];
  if (axis.values !== undefined) return brushedChoices(JSON.parse(axis.values), lower, upper);
  const [min, max] = [Number(axis.min), Number(axis.max)];
  const at = (share: number): number =>
    axis.scale === "log" ? min * (max / min) ** share : min + share * (max - min);
  return { kind: "range", min: written(at(lower)), max: written(at(upper)) };
}

function brushedChoices(
  values: readonly (number | string | boolean)[],
  lower: number,
  upper: number,
): BrushedFields | null {
  const chosen = values.filter((_, index) => {
    const share = (index + 0.5) / values.length;
    return share >= lower && share <= upper;
  });
  if (chosen.length === 0) return null;
  if (!values.every((value) => typeof value === "number")) {
    return { kind: "choices", chosen: chosen.map(String) };
  }
  return { kind: "range", min: String(chosen[0]), max: String(chosen.at(-1)) };
}

/** As exact as a pointer is. */
function written(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/**
 * The parameters' order once one of them was dropped at a place of the picture.
 * @param at Where it was dropped, in distances between axes from the first one.
 */
export function reordered(order: readonly string[], name: string, at: number): readonly string[] {
  const others = order.filter((one) => one !== name);
  const place = Math.max(0, Math.min(others.length, Math.round(at)));
  return [...others.slice(0, place), name, ...others.slice(place)];
}
