/** Search spaces of every kind for property tests. */
import fc from "fast-check";
import type { Hyperparameters, ParameterValue } from "../../core/domain/hyperparameters.ts";
import {
  type Condition,
  isActive,
  type Parameter,
  type ParameterDomain,
  type SearchSpace,
} from "../../core/domain/search_space.ts";
import { isInDomain, valueAt } from "../../core/domain/space_codec.ts";

const bounds = fc.record({
  min: fc.integer({ min: 1, max: 40 }),
  size: fc.integer({ min: 1, max: 30 }),
});

const values: fc.Arbitrary<ParameterDomain> = fc
  .uniqueArray(
    fc.oneof(fc.integer({ min: -3, max: 9 }), fc.constantFrom("a", "b", "c"), fc.boolean()),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((list): ParameterDomain => ({ kind: "values", values: list }));

/** Domains with finitely many values. */
export const finiteDomain: fc.Arbitrary<ParameterDomain> = fc.oneof(
  values,
  fc.constant<ParameterDomain>({ kind: "values", values: ["x", "y"], probabilities: [0.25, 0.75] }),
  bounds.chain(({ min, size }) =>
    fc.constantFrom<ParameterDomain>(
      { kind: "int", scale: "linear", min: -min, max: -min + Math.min(size, 4) },
      { kind: "int", scale: "log", min, max: min + Math.min(size, 4) },
      { kind: "int", scale: "linear", min, max: min + 9 + size, step: 9 },
      { kind: "int", scale: "log", min: 1, max: 40, step: 8 },
      { kind: "float", scale: "linear", min: -0.3, max: 0.3, step: 0.1 },
      { kind: "float", scale: "log", min: 0.05, max: 1, step: 0.25 },
    )
  ),
);

/** Domains without end. */
export const continuousDomain: fc.Arbitrary<ParameterDomain> = bounds.chain(({ min, size }) =>
  fc.constantFrom<ParameterDomain>(
    { kind: "float", scale: "linear", min: -min, max: size },
    { kind: "float", scale: "log", min: min / 1000, max: min + size },
    { kind: "normal", scale: "linear", mean: min, sd: size },
    { kind: "normal", scale: "log", mean: 0, sd: 1 },
    { kind: "normal", scale: "linear", mean: 0, sd: size, step: 0.5 },
  )
);

/** Spaces whose later parameters may depend on earlier ones. */
export function spacesOf(
  domain: fc.Arbitrary<ParameterDomain>,
  most = 4,
): fc.Arbitrary<SearchSpace> {
  const drafts = fc.array(
    fc.record({ domain, parent: fc.nat(3), u: fc.double({ min: 0, max: 0.8, noNaN: true }) }),
    {
      minLength: 1,
      maxLength: most,
    },
  );
  return drafts.map((list) => {
    const space: Parameter[] = [];
    for (const [index, draft] of list.entries()) {
      const name = `p${index}`;
      const parent = space[draft.parent];
      if (parent === undefined || draft.parent === 3) space.push({ name, domain: draft.domain });
      else space.push({ name, domain: draft.domain, when: [conditionOn(parent, draft.u)] });
    }
    return space;
  });
}

/** A condition that the parent's value at u fulfils. */
function conditionOn({ name, domain }: Parameter, u: number): Condition {
  const value = valueAt(domain, u);
  return typeof value === "number"
    ? { parameter: name, test: { kind: "range", min: value, max: null } }
    : { parameter: name, test: { kind: "in", values: [value] } };
}

/** Whether the configuration has exactly the parameters that it must have, each with a value of its own. */
export function isPointOf(space: SearchSpace, point: Hyperparameters): boolean {
  const names = new Set(space.map(({ name }) => name));
  if (!Object.keys(point).every((name) => names.has(name))) return false;
  return space.every((parameter) => {
    const value: ParameterValue | undefined = point[parameter.name];
    return isActive(parameter, point)
      ? value !== undefined && isInDomain(parameter.domain, value)
      : value === undefined;
  });
}

/** All points of a small finite space, by trying every combination of values in the plainest way. */
export function pointsByForce(
  space: SearchSpace,
  valuesOf: (domain: ParameterDomain) => readonly ParameterValue[],
): readonly Hyperparameters[] {
  let points: readonly Hyperparameters[] = [{}];
  for (const parameter of space) {
    points = points.flatMap((point) =>
      isActive(parameter, point)
        ? valuesOf(parameter.domain).map((value) => ({ ...point, [parameter.name]: value }))
        : [point]
    );
  }
  return points;
}
