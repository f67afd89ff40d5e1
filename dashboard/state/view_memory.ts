/** What is made of a sweep's journal and kept as long as the journal stands still. */
import type { SweepView } from "../../core/views/sweep_view.ts";

interface Remembered<Value> {
  readonly sequence: number;
  readonly values: Map<string, Value>;
}

/** Values of one kind by their keys, for each sweep; when there are too many, none are kept. */
export class ViewMemory<Value> {
  readonly #most: number;
  readonly #known = new WeakMap<SweepView, Remembered<Value>>();

  constructor(most: number) {
    this.#most = most;
  }

  /** The value under a key, made if it is not known at the journal's present end. */
  of(view: SweepView, key: string, make: () => Value): Value {
    const { values } = this.#at(view);
    const known = values.get(key);
    if (known !== undefined) return known;
    const made = make();
    if (values.size >= this.#most) values.clear();
    values.set(key, made);
    return made;
  }

  #at(view: SweepView): Remembered<Value> {
    const known = this.#known.get(view);
    if (known?.sequence === view.sequence) return known;
    const fresh = { sequence: view.sequence, values: new Map<string, Value>() };
    this.#known.set(view, fresh);
    return fresh;
  }
}
