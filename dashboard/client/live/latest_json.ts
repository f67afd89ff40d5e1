/** A page asks one question after the other: only the answer to the last one is wanted. */
/// <reference lib="dom" />
import { getJson } from "./get_json.ts";

/** The questions of one place of a page. */
export class LatestJson {
  #asking: AbortController | null = null;

  /** Wants no answer any more. */
  drop(): void {
    this.#asking?.abort();
  }

  /** Null: something else was asked for since, or the server is away and the connection says so. */
  async get<T>(path: string): Promise<T | null> {
    this.drop();
    const { signal } = this.#asking = new AbortController();
    const answer = await getJson<T>(path, signal).catch(() => null);
    return signal.aborted ? null : answer;
  }
}
