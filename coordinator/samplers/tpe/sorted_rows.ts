/** Row numbers kept in order while rows come and go: a search and a move of memory for each. */

/** Rows in ascending order of a comparison that never calls two different rows equal. */
export class SortedRows {
  readonly #compare: (a: number, b: number) => number;
  #rows = new Uint32Array(64);
  #size = 0;

  constructor(compare: (a: number, b: number) => number) {
    this.#compare = compare;
  }

  /** How many rows there are. */
  get size(): number {
    return this.#size;
  }

  /** The row at a place from 0 up to, not including, `size`. */
  at(place: number): number {
    return this.#rows[place] ?? 0;
  }

  /** Where a row is, or would be: the number of rows before it. */
  placeOf(row: number): number {
    let low = 0;
    let high = this.#size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compare(this.at(middle), row) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Puts a row that is not there into its place. */
  insert(row: number): void {
    if (this.#size === this.#rows.length) {
      const larger = new Uint32Array(2 * this.#size);
      larger.set(this.#rows);
      this.#rows = larger;
    }
    const place = this.placeOf(row);
    this.#rows.copyWithin(place + 1, place, this.#size);
    this.#rows[place] = row;
    this.#size++;
  }

  /** Takes a row out, if it is there; what it is compared by must not have changed since. */
  remove(row: number): void {
    const place = this.placeOf(row);
    if (place === this.#size || this.at(place) !== row) return;
    this.#rows.copyWithin(place, place + 1, this.#size);
    this.#size--;
  }
}
