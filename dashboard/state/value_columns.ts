/** What all trials of a sweep have by one name, in columns that follow its journal. */
import { numberOrder } from "../../core/domain/number_order.ts";
import type { Trial } from "../../core/domain/sweep_ledger.ts";
import type { SweepView } from "../../core/views/sweep_view.ts";
import { compareValues, type TrialValue } from "./trial_values.ts";

/** Columns that are kept for a sweep; a hundred thousand trials take a megabyte or two each. */
const REMEMBERED = 24;

/** What is asked of a trial. */
export interface ColumnSource {
  /** Equal names are equal values. */
  readonly name: string;
  readonly get: (trial: Trial) => TrialValue;
  /** Whether a trial's record alone tells the value, so that the same record has the same one. */
  readonly isOfTrial: boolean;
}

/** One value of each trial. */
export interface ValueColumn {
  /** Numbers, or places in `texts`; NaN where there is nothing. Only good until the next entry. */
  readonly values: Float64Array;
  /** The different values in their order, numbers first; null: all are numbers. */
  readonly texts: readonly TrialValue[] | null;
  /** The trials in the order of their values, nothing last, equal ones by their numbers. */
  readonly order: (isDescending: boolean) => Uint32Array;
}

const known = new WeakMap<SweepView, SweepColumns>();

/** The column at the journal's present end. */
export function valueColumn(view: SweepView, source: ColumnSource): ValueColumn {
  let columns = known.get(view);
  if (columns === undefined) known.set(view, columns = new SweepColumns());
  return columns.of(view, source);
}

interface KeptColumn {
  asOf: number;
  values: Float64Array;
  texts: readonly TrialValue[] | null;
  readonly orders: Map<boolean, Uint32Array>;
}

/** Records of trials are replaced, never changed: only what is another object is read again. */
class SweepColumns {
  #sequence = 0;
  #spec: object | null = null;
  readonly #seen: Trial[] = [];
  /** The sequence with which each trial's present record was found. */
  #foundAt = new Float64Array();
  #changedAt = 0;
  readonly #columns = new Map<string, KeptColumn>();

  of(view: SweepView, source: ColumnSource): ValueColumn {
    this.#follow(view);
    const column = this.#columns.get(source.name);
    const fresh = column === undefined ? this.#made(source) : this.#current(column, source);
    const { values, texts, orders } = fresh;
    return {
      values,
      texts,
      order: (isDescending) => {
        const order = orders.get(isDescending) ?? numberOrder(values, { isDescending });
        orders.set(isDescending, order);
        return order;
      },
    };
  }

  #follow(view: SweepView): void {
    const { trials, spec } = view.ledger;
    // What a name means depends on what the sweep asks for.
    if (this.#spec !== spec) this.#columns.clear();
    this.#spec = spec;
    if (this.#sequence === view.sequence) return;
    this.#sequence = view.sequence;
    if (this.#foundAt.length < trials.length) this.#foundAt = longer(this.#foundAt, trials.length);
    for (const [id, trial] of trials.entries()) {
      if (this.#seen[id] === trial) continue;
      this.#seen[id] = trial;
      this.#foundAt[id] = this.#sequence;
      this.#changedAt = this.#sequence;
    }
  }

  #made(source: ColumnSource): KeptColumn {
    const column = { asOf: this.#sequence, ...this.#read(source), orders: new Map() };
    if (this.#columns.size >= REMEMBERED) this.#columns.clear();
    this.#columns.set(source.name, column);
    return column;
  }

  #current(column: KeptColumn, source: ColumnSource): KeptColumn {
    const { asOf } = column;
    if (asOf === this.#sequence) return column;
    column.asOf = this.#sequence;
    if (source.isOfTrial && this.#changedAt <= asOf) return column;
    const isSame = source.isOfTrial && column.texts === null &&
        column.values.length === this.#seen.length
      ? this.#updated(column.values, source, asOf)
      : null;
    if (isSame === true) return column;
    if (isSame === null) Object.assign(column, this.#read(source));
    column.orders.clear();
    return column;
  }

  /** Reads anew what has changed. Whether nothing has; null: no longer are all of them numbers. */
  #updated(values: Float64Array, { get }: ColumnSource, asOf: number): boolean | null {
    let isSame = true;
    for (const [id, trial] of this.#seen.entries()) {
      if ((this.#foundAt[id] ?? 0) <= asOf) continue;
      const value = get(trial) ?? NaN;
      if (typeof value !== "number") return null;
      isSame &&= Object.is(values[id], value);
      values[id] = value;
    }
    return isSame;
  }

  #read({ get }: ColumnSource): Pick<KeptColumn, "values" | "texts"> {
    const values = new Float64Array(this.#seen.length);
    for (const [id, trial] of this.#seen.entries()) {
      const value = get(trial) ?? NaN;
      if (typeof value !== "number") return placed(this.#seen, get);
      values[id] = value;
    }
    return { values, texts: null };
  }
}

/** Texts by their places among all different ones. */
function placed(
  trials: readonly Trial[],
  get: (trial: Trial) => TrialValue,
): Pick<KeptColumn, "values" | "texts"> {
  const all = trials.map(get);
  const texts = [...new Set(all)]
    .filter((value) => value !== null && value !== undefined && !Number.isNaN(value))
    .sort((a, b) => compareValues(a, b, 1));
  const places = new Map<TrialValue, number>();
  let place = 0;
  for (const [index, text] of texts.entries()) {
    // What compares as equal, as `true` and "true" do, has one place.
    if (index > 0 && compareValues(texts[index - 1], text, 1) !== 0) place = index;
    places.set(text, place);
  }
  return { values: Float64Array.from(all, (value) => places.get(value) ?? NaN), texts };
}

function longer(numbers: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const copy = new Float64Array(length);
  copy.set(numbers);
  return copy;
}
