/** How population-based training changes hyperparameters that another trial takes over. */
import type { Hyperparameters, ParameterValue } from "../../core/domain/hyperparameters.ts";
import { MLP_PARAMETERS } from "../../core/domain/mlp_parameters.ts";
import type { Rng } from "../../core/domain/rng.ts";
import type { PopulationSpec } from "../../core/domain/scheduler_spec.ts";
import {
  domainSize,
  isActive,
  type Parameter,
  type ParameterDomain,
  type SearchSpace,
} from "../../core/domain/search_space.ts";
import { unitOf, valueAt } from "../../core/domain/space_codec.ts";

/** The trainer's parameters that may change on the way: each lane of a pack has its own. */
export const MUTABLE_PARAMETERS: readonly string[] = ["lr", "momentum", "weight_decay"];

/** How often a change is drawn that breaks the constraints, before nothing is changed. */
const TRIES = 16;

/** What exploring needs to know. */
export interface ExploreOptions {
  readonly spec: Pick<PopulationSpec, "resample" | "factors">;
  readonly space: SearchSpace;
  readonly rng: Rng;
  readonly isAllowed?: ((hyperparameters: Hyperparameters) => boolean) | undefined;
}

/**
 * The names that may change: of a space whose names are all the trainer's, those of
 * `MUTABLE_PARAMETERS`, as the others are part of the network or of the pack; of any other space, all
 * but `epochs`. Only parameters with several values.
 */
export function mutableParameters(space: SearchSpace): ReadonlySet<string> {
  const isTrainers = space.every(({ name }) => Object.hasOwn(MLP_PARAMETERS, name));
  return new Set(
    space
      .filter(({ name, domain }) =>
        domainSize(domain) > 1 &&
        (isTrainers ? MUTABLE_PARAMETERS.includes(name) : name !== "epochs")
      )
      .map(({ name }) => name),
  );
}

/**
 * The donor's hyperparameters, changed a little (Jaderberg et al., 2017: explore, with the constants
 * and rules of Ray Tune): each that may change is drawn anew from its domain with probability
 * `resample`; else a number is multiplied with one of the factors and brought back into its domain,
 * and a choice moves to a neighbour in its list. Conditions are kept: a parameter that is no longer
 * there is dropped, and one that comes in is drawn. Where the constraints admit none of many changes,
 * the donor's own.
 */
export function explore(donor: Hyperparameters, options: ExploreOptions): Hyperparameters {
  const { space, isAllowed = () => true } = options;
  const mutable = mutableParameters(space);
  for (let tries = 0; tries < TRIES; tries++) {
    const changed = change(donor, mutable, options);
    if (isAllowed(changed)) return changed;
  }
  return donor;
}

function change(
  donor: Hyperparameters,
  mutable: ReadonlySet<string>,
  options: ExploreOptions,
): Hyperparameters {
  const { space, rng } = options;
  const changed: Record<string, ParameterValue> = { ...donor };
  for (const parameter of space) {
    const { name, domain } = parameter;
    const value = Object.hasOwn(donor, name) ? donor[name] : undefined;
    if (!isActive(parameter, changed)) delete changed[name];
    else if (value === undefined) changed[name] = valueAt(domain, rng.uniform());
    else if (mutable.has(name)) changed[name] = mutate(parameter, value, options);
  }
  return changed;
}

function mutate(
  { domain }: Parameter,
  value: ParameterValue,
  { spec, rng }: ExploreOptions,
): ParameterValue {
  if (rng.uniform() < spec.resample) return valueAt(domain, rng.uniform());
  if (domain.kind === "values") return neighbour(domain, value, rng) ?? value;
  const factor = spec.factors[rng.below(spec.factors.length)] ?? 1;
  return typeof value === "number" ? withinDomain(domain, value * factor) : value;
}

type Choices = Extract<ParameterDomain, { readonly kind: "values" }>;

/** The one before or after it in the list; at an end it may stay. One that is not there: any. */
function neighbour(
  { values, probabilities }: Choices,
  value: ParameterValue,
  rng: Rng,
): ParameterValue | undefined {
  const possible = values.filter((_, index) => (probabilities?.[index] ?? 1) > 0);
  const index = possible.indexOf(value);
  if (index < 0) return possible[rng.below(possible.length)];
  const moved = index + (rng.below(2) === 0 ? -1 : 1);
  return possible[Math.min(possible.length - 1, Math.max(0, moved))];
}

/** The nearest value of a numeric domain. */
function withinDomain(domain: Exclude<ParameterDomain, Choices>, value: number): ParameterValue {
  if (domain.kind === "normal") {
    const { step } = domain;
    return step === undefined ? value : Number((Math.round(value / step) * step).toPrecision(12));
  }
  const { min, max } = domain;
  const clipped = Math.min(max, Math.max(min, value));
  // Only a grid needs the way through the unit interval, which costs other numbers their last digits.
  const isGrid = domain.kind === "int" || domain.step !== undefined;
  return isGrid ? valueAt(domain, unitOf(domain, clipped)) : clipped;
}
