/** How many streams may be open at once: each costs memory and work for as long as it is. */

/** All seats are taken. */
export class NoSeatError extends Error {
  override readonly name = "NoSeatError";
  /** When it makes sense to ask again. */
  readonly retryAfterSeconds = 5;
}

/** The streams of one process. */
export class StreamSeats {
  readonly #most: number;
  #taken = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Streams that are open. */
  get taken(): number {
    return this.#taken;
  }

  /** Takes a seat until it is disposed. @throws {NoSeatError} If none is free. */
  take(): Disposable {
    if (this.#taken >= this.#most) {
      throw new NoSeatError(
        `Cannot open a stream: ${this.#most} are open; one of them must be closed first`,
      );
    }
    this.#taken++;
    let held = true;
    return {
      [Symbol.dispose]: () => {
        if (held) this.#taken--;
        held = false;
      },
    };
  }
}
