/** What a sampler was told so far: the set of its observations, whatever order they came in. */
import { canonicalText, type Hyperparameters } from "../../../core/domain/hyperparameters.ts";
import type { ConfigurationId } from "../../../core/domain/ids.ts";
import type { Observation } from "../../../core/domain/observation.ts";

/** An observation with losses: what there is to learn from. */
export interface Measured {
  readonly configuration: ConfigurationId;
  readonly hyperparameters: Hyperparameters;
  readonly losses: readonly number[];
}

/** How many observations there are of each kind. */
export type Counts = Readonly<Record<Observation["outcome"]["kind"], number>>;

/** The observations, the last one of each configuration. */
export class ToldObservations {
  readonly #latest = new Map<ConfigurationId, Observation>();
  readonly #texts = new Set<string>();
  readonly #counts = { completed: 0, stopped: 0, pending: 0, failed: 0 };
  /** By configuration; null after a change. */
  #sorted: readonly Observation[] | null = null;

  /** Takes an observation in. */
  observe(observation: Observation): void {
    const before = this.#latest.get(observation.configuration);
    if (before !== undefined) this.#counts[before.outcome.kind]--;
    this.#counts[observation.outcome.kind]++;
    this.#latest.set(observation.configuration, observation);
    this.#texts.add(canonicalText(observation.hyperparameters));
    this.#sorted = null;
  }

  /** Whether a configuration was observed, under whatever number. */
  has(hyperparameters: Hyperparameters): boolean {
    return this.#texts.has(canonicalText(hyperparameters));
  }

  /** The observation of a configuration. */
  of(configuration: ConfigurationId): Observation | undefined {
    return this.#latest.get(configuration);
  }

  /** All of them, in the order of their configurations. */
  get all(): readonly Observation[] {
    this.#sorted ??= [...this.#latest.values()].sort((a, b) => a.configuration - b.configuration);
    return this.#sorted;
  }

  /** How many there are of each kind: the evidence that a note names. */
  get counts(): Counts {
    return { ...this.#counts };
  }
}

/** The losses of an observation, NaN as Infinity; null if there are none. */
export function lossesOf({ outcome }: Observation): readonly number[] | null {
  switch (outcome.kind) {
    case "completed":
    case "stopped":
      return outcome.losses.map((loss) => Number.isNaN(loss) ? Infinity : loss);
    case "pending":
    case "failed":
      return null;
    default:
      return outcome satisfies never;
  }
}
