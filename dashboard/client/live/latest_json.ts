/** A page asks one question after the other: only the answer to the last one is wanted. */
/// <reference lib="dom" />
import { getJson } from "./get_json.ts";

/** The questions of one place of a page. */
export class LatestJson {
  readonly #onOutcome: (error: unknown) => void;
  #asking: AbortController | null = null;

  /** `onOutcome` is told how each question went: null, or what it met. */
  constructor(onOutcome: (error: unknown) => void = () => {}) {
    this.#onOutcome = onOutcome;
  }

  /** Wants no answer any more. */
  drop(): void {
    this.#asking?.abort();
  }

  /** Null: something else was asked for since, or the server is away and the connection says so. */
  async get<T>(path: string): Promise<T | null> {
    this.drop();
    const { signal } = this.#asking = new AbortController();
    let [answer, outcome]: [T | null, unknown] = [null, null];
    try {
      answer = await getJson<T>(path, signal);
    } catch (error) {
      outcome = error;
    }
    if (signal.aborted) return null;
    this.#onOutcome(outcome);
    return answer;
  }
}
