/**
 * What a Gaussian process sees of a configuration: numbers lie in [0, 1] by their quantiles, ordered
 * lists of numbers by their places; of other choices any two are equally far apart. A parameter that
 * may be absent has a further column that says whether it is there, and its others rest in the middle.
 */
import type { Hyperparameters, ParameterValue } from "../../../core/domain/hyperparameters.ts";
import {
  type Parameter,
  type ParameterDomain,
  type SearchSpace,
  variedParameters,
} from "../../../core/domain/search_space.ts";
import { unitOf } from "../../../core/domain/space_codec.ts";
import { isOrdered } from "../unit_cube/is_ordered.ts";
import type { Columns } from "./matern_kernel.ts";

/** The columns of a space, and how a configuration fills them. */
export interface Features {
  readonly columns: Columns;
  readonly rowOf: (point: Hyperparameters) => Float64Array<ArrayBuffer>;
}

/** Columns that share a length scale. */
interface Group {
  readonly width: number;
  readonly cells: (point: Hyperparameters) => readonly number[];
}

/** The features of a space; parameters that cannot differ have none. */
export function featuresOf(space: SearchSpace): Features {
  const groups = variedParameters(space).flatMap(groupsOf);
  return {
    columns: {
      groups: groups.flatMap(({ width }, index) => new Array<number>(width).fill(index)),
      lengths: groups.length,
    },
    rowOf: (point) => Float64Array.from(groups.flatMap(({ cells }) => cells(point))),
  };
}

function groupsOf({ name, domain, when }: Parameter): readonly Group[] {
  const isThere = (point: Hyperparameters): boolean => Object.hasOwn(point, name);
  const value: Group = isOrdered(domain)
    ? { width: 1, cells: (point) => [isThere(point) ? placeOf(domain, point[name] ?? 0) : 0.5] }
    : choiceGroup(name, domain.kind === "values" ? domain.values : []);
  if (when === undefined) return [value];
  return [value, { width: 1, cells: (point) => [isThere(point) ? 1 : 0] }];
}

function placeOf(domain: ParameterDomain, value: ParameterValue): number {
  if (domain.kind !== "values") return unitOf(domain, value);
  return Math.max(0, domain.values.indexOf(value)) / (domain.values.length - 1);
}

/** A column for each choice, such that two different ones are 1 apart. */
function choiceGroup(name: string, values: readonly ParameterValue[]): Group {
  return {
    width: values.length,
    cells: (point) => values.map((value) => point[name] === value ? Math.SQRT1_2 : 0),
  };
}
