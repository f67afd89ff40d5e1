/** What some put and others take, in order. */

/** A queue whose takers wait. */
export class Mailbox<T> {
  readonly #items: T[] = [];
  readonly #takers: ((item: T) => void)[] = [];
  #next = 0;

  /** Hands the item to who has waited longest, or keeps it. */
  put(item: T): void {
    const taker = this.#takers.shift();
    if (taker === undefined) this.#items.push(item);
    else taker(item);
  }

  /** The oldest item, as soon as there is one. */
  take(): Promise<T> {
    const item = this.#items[this.#next];
    if (item === undefined) {
      return new Promise((resolve) => void this.#takers.push(resolve));
    }
    this.#next++;
    // Not one by one: that would move all others each time.
    if (this.#next > 1_000) {
      this.#items.splice(0, this.#next);
      this.#next = 0;
    }
    return Promise.resolve(item);
  }
}
