/** Configurations that may be proposed: allowed by the constraints, and not observed before. */
import type { Hyperparameters, ParameterValue } from "../../../core/domain/hyperparameters.ts";
import type { ConfigurationId } from "../../../core/domain/ids.ts";
import { createRng } from "../../../core/domain/rng.ts";
import {
  domainSize,
  isActive,
  type ParameterDomain,
  type SearchSpace,
  spaceSize,
} from "../../../core/domain/search_space.ts";
import { unitOf, valueAt, weightsOf } from "../../../core/domain/space_codec.ts";
import type { SamplerOptions } from "../adaptive_sampler.ts";
import type { ToldObservations } from "./told_observations.ts";
import { pointAt } from "./unit_point.ts";

/** Draws before the rest of a finite space is searched in its order. */
const TRIES = 1_000;
/** A larger space than this is not searched to its end. */
const LISTED_AT_MOST = 200_000;

/** Whether a configuration may be proposed. */
export function isFresh(
  { isAllowed }: SamplerOptions,
  told: ToldObservations,
  point: Hyperparameters,
): boolean {
  return !told.has(point) && isAllowed(point);
}

/** A random one, drawn from the configuration's own generator; null: as many tries found none. */
export function drawFresh(
  options: SamplerOptions,
  told: ToldObservations,
  configuration: ConfigurationId,
): Hyperparameters | null {
  const { space, seed } = options;
  const rng = createRng(seed, "sampler", configuration, "random");
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const point = pointAt(space, space.map(() => rng.uniform()));
    if (isFresh(options, told, point)) return point;
  }
  if (spaceSize(space) > LISTED_AT_MOST) return null;
  for (const point of points(space, {})) {
    if (isFresh(options, told, point)) return point;
  }
  return null;
}

/** Every configuration of a finite space, the last parameter varying fastest. */
function* points(space: SearchSpace, begun: Hyperparameters): Generator<Hyperparameters> {
  const [parameter, ...rest] = space;
  if (parameter === undefined) {
    yield begun;
    return;
  }
  if (!isActive(parameter, begun)) {
    yield* points(rest, begun);
    return;
  }
  for (const value of valuesOf(parameter.domain)) {
    yield* points(rest, { ...begun, [parameter.name]: value });
  }
}

function* valuesOf(domain: ParameterDomain): Generator<ParameterValue> {
  switch (domain.kind) {
    case "values": {
      const weights = weightsOf(domain);
      yield* domain.values.filter((_, index) => (weights[index] ?? 0) > 0);
      return;
    }
    case "int":
    case "float": {
      const step = domain.step ?? 1;
      const size = domainSize(domain);
      const first = domain.scale === "log"
        ? Math.ceil(domain.min / step - 1e-9) * step
        : domain.min;
      // Through the codec, so that the numbers are those that draws give.
      for (let i = 0; i < size; i++) yield valueAt(domain, unitOf(domain, first + i * step));
      return;
    }
    case "normal":
      return;
    default:
      return domain satisfies never;
  }
}
