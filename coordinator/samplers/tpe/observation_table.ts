/**
 * What was observed, kept so that a proposal's work does not grow with it: coordinates in columns,
 * rows in the order of their configurations' numbers and in the order of their results.
 */
import { canonicalText, type Hyperparameters } from "../../../core/domain/hyperparameters.ts";
import type { ConfigurationId } from "../../../core/domain/ids.ts";
import type { Observation, ObservedOutcome } from "../../../core/domain/observation.ts";
import { coordinateOf, type Dimension } from "./dimension.ts";
import { SortedRows } from "./sorted_rows.ts";

/** How many configurations are in which state. */
export interface OutcomeCounts {
  readonly completed: number;
  readonly stopped: number;
  readonly pending: number;
  readonly failed: number;
}

interface Row {
  readonly configuration: ConfigurationId;
  readonly text: string;
  readonly outcome: ObservedOutcome;
}

/** The set of all observations, the latest of each configuration. It is one whatever their order. */
export class ObservationTable {
  readonly #dimensions: readonly Dimension[];
  readonly #rows: Row[] = [];
  readonly #rowOf = new Map<ConfigurationId, number>();
  readonly #texts = new Map<string, number>();
  readonly #counts = { completed: 0, stopped: 0, pending: 0, failed: 0 };
  #columns: readonly Float64Array<ArrayBuffer>[];
  /** All rows by configuration, the oldest first. */
  readonly byAge: SortedRows = new SortedRows((a, b) =>
    this.configuration(a) - this.configuration(b)
  );
  /** Those with finite losses, the best first; of several losses the first that differ count. */
  readonly byResult: SortedRows = new SortedRows((a, b) =>
    compareResults(this.outcome(a), this.outcome(b)) ||
    this.configuration(a) - this.configuration(b)
  );

  constructor(dimensions: readonly Dimension[]) {
    this.#dimensions = dimensions;
    this.#columns = dimensions.map(() => new Float64Array(64));
  }

  /** How many configurations are in which state. */
  get counts(): OutcomeCounts {
    return this.#counts;
  }

  /** The coordinates of all rows, a column for each dimension. */
  get columns(): readonly Float64Array[] {
    return this.#columns;
  }

  /** Whether a configuration with this canonical text was observed. */
  has(text: string): boolean {
    return this.#texts.has(text);
  }

  /** A row's configuration. */
  configuration(row: number): number {
    return this.#rows[row]?.configuration ?? 0;
  }

  /** What came of a row's configuration. */
  outcome(row: number): ObservedOutcome {
    return this.#rows[row]?.outcome ?? { kind: "pending" };
  }

  /** Takes an observation in, in place of an earlier one of the same configuration. */
  add({ configuration, hyperparameters, outcome }: Observation): void {
    const known = this.#rowOf.get(configuration);
    const row = known ?? this.#rows.length;
    if (known !== undefined) this.#forget(row);
    const text = canonicalText(hyperparameters);
    this.#rows[row] = { configuration, text, outcome };
    this.#texts.set(text, (this.#texts.get(text) ?? 0) + 1);
    this.#counts[outcome.kind]++;
    if (isFinite(outcome)) this.byResult.insert(row);
    if (known === undefined) {
      this.#rowOf.set(configuration, row);
      this.byAge.insert(row);
    }
    this.#encode(row, hyperparameters);
  }

  #forget(row: number): void {
    const { text, outcome } = this.#rows[row] ?? { text: "", outcome: { kind: "pending" } };
    this.byResult.remove(row);
    this.#counts[outcome.kind]--;
    const left = (this.#texts.get(text) ?? 1) - 1;
    if (left === 0) this.#texts.delete(text);
    else this.#texts.set(text, left);
  }

  #encode(row: number, hyperparameters: Hyperparameters): void {
    const room = this.#columns[0]?.length ?? Infinity;
    if (row >= room) {
      this.#columns = this.#columns.map((column) => {
        const larger = new Float64Array(2 * room);
        larger.set(column);
        return larger;
      });
    }
    for (const [d, dimension] of this.#dimensions.entries()) {
      const { name } = dimension.parameter;
      const value = Object.hasOwn(hyperparameters, name) ? hyperparameters[name] : undefined;
      const column = this.#columns[d];
      if (column !== undefined) column[row] = coordinateOf(dimension, value);
    }
  }
}

/** The losses of an outcome that has any. */
export function lossesOf(outcome: ObservedOutcome): readonly number[] {
  return outcome.kind === "completed" || outcome.kind === "stopped" ? outcome.losses : [];
}

/** A stopped one's depth; what completed went deepest. */
export function depthOf(outcome: ObservedOutcome): number {
  return outcome.kind === "stopped" ? outcome.epoch : Infinity;
}

function isFinite(outcome: ObservedOutcome): boolean {
  const losses = lossesOf(outcome);
  return losses.length > 0 && losses.every(Number.isFinite);
}

/** Completed ones first, then the deeper ones, then by their losses. */
function compareResults(a: ObservedOutcome, b: ObservedOutcome): number {
  const [depthA, depthB] = [depthOf(a), depthOf(b)];
  if (depthA !== depthB) return depthA > depthB ? -1 : 1;
  const [lossesA, lossesB] = [lossesOf(a), lossesOf(b)];
  for (const [i, loss] of lossesA.entries()) {
    const difference = loss - (lossesB[i] ?? Infinity);
    if (difference !== 0) return difference < 0 ? -1 : 1;
  }
  return 0;
}
