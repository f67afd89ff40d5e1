/** Ticks of a parameter's axis: round numbers, or its choices as far as there is room. */
import { shareOf, ticks } from "./axis.ts";
import { formatValue } from "../parts/format.ts";
import type { ParameterAxis } from "../parameters/parameters_model.ts";

/** A mark on an axis: where it is, from 0 to 1, and what it says. */
export interface Tick {
  readonly at: number;
  readonly label: string;
}

/** At most about `most` ticks of an axis. */
export function axisTicks(axis: ParameterAxis, most: number): readonly Tick[] {
  if (axis.kind === "choices") {
    const every = Math.ceil(axis.values.length / most);
    return axis.values.map((value, index) => ({
      at: (index + 0.5) / axis.values.length,
      label: formatValue(value),
    })).filter((_, index) => index % every === 0);
  }
  const { min, max } = axis;
  if (!(max > min)) return [{ at: 0.5, label: formatValue(min) }];
  if (axis.scale === "linear") {
    return ticks([min, max], most).map((value) => ({
      at: shareOf(value, [min, max]),
      label: formatValue(value),
    }));
  }
  const ends = [Math.log(min), Math.log(max)] as const;
  return logTicks(min, max, most).map((value) => ({
    at: shareOf(Math.log(value), ends),
    label: formatValue(value),
  }));
}

/** Powers of ten in a range; where these are too few, 1, 2 and 5 times them, then round numbers. */
export function logTicks(min: number, max: number, most: number): readonly number[] {
  const [first, last] = [Math.floor(Math.log10(min)), Math.ceil(Math.log10(max))];
  const of = (factors: readonly number[]): readonly number[] =>
    Array.from({ length: last - first + 1 }, (_, index) => first + index)
      .flatMap((power) => factors.map((factor) => Number(`${factor}e${power}`)))
      .filter((value) =>
        value < Infinity && value >= min * (1 - 1e-9) && value <= max * (1 + 1e-9)
      );
  const found = [[1], [1, 3], [1, 2, 5]].map(of);
  const fitting = found.findLast((values) => values.length >= 2 && values.length <= most);
  if (fitting !== undefined) return fitting;
  const [tens = []] = found;
  if (tens.length < 2) return ticks([min, max], most);
  const every = Math.ceil(tens.length / most);
  return tens.filter((_, index) => index % every === 0);
}
