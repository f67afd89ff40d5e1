/** The Trials page's state in the browser: a window that is fetched anew when the sweep moves on. */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { type Signal, signal } from "@preact/signals";
import { LatestJson } from "../live/latest_json.ts";
import { quoted } from "./filter_terms.ts";
import { parseTrialFilter } from "./trial_filter.ts";
import type { TrialsSnapshot } from "./trials_model.ts";
import { formatTrialsQuery, MOST_MARKED, type TrialsQuery } from "./trials_query.ts";

/** Everything the Trials page shows. */
export class TrialsStore {
  readonly snapshot: Signal<TrialsSnapshot>;
  /** The comparisons as they are being typed. */
  readonly draft: Signal<string>;
  /** What a screen reader should hear next. */
  readonly announcement: Signal<string> = signal("");
  readonly #json: LatestJson;

  /** `onOutcome`: see {@link LatestJson}. */
  constructor(snapshot: TrialsSnapshot, onOutcome?: (error: unknown) => void) {
    this.#json = new LatestJson(onOutcome);
    this.snapshot = signal(snapshot);
    this.draft = signal(snapshot.query.text);
  }

  /** Shows other trials. @returns Whether the query can be read. */
  async ask(query: TrialsQuery): Promise<boolean> {
    const before = this.snapshot.value;
    this.draft.value = query.text;
    try {
      parseTrialFilter(query.text, before.names);
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      this.#json.drop();
      this.snapshot.value = { ...before, query, problem, rows: [], matching: 0 };
      return false;
    }
    // Drawing the whole table costs more than asking for another one.
    if (String(query.marked) !== String(before.query.marked)) {
      this.#show({ ...before.query, marked: query.marked });
    }
    const after = await this.#fetch(query);
    if (after === null) return true;
    this.#take(after);
    this.announcement.value = `${after.matching} of ${after.total} trials`;
    return true;
  }

  /** Marks a trial, or takes its mark away: nothing is asked of the server. @returns The query. */
  mark(trial: number): TrialsQuery {
    const { query } = this.snapshot.value;
    const marked = query.marked.includes(trial)
      ? query.marked.filter((one) => one !== trial)
      : [...query.marked, trial].slice(-MOST_MARKED);
    return this.#show({ ...query, marked });
  }

  /** Begins a comparison in the filter as it is being typed. */
  filterBy(name: string): void {
    this.draft.value = `${this.draft.value.trimEnd()} ${quoted(name)}=`.trimStart();
  }

  #show(query: TrialsQuery): TrialsQuery {
    this.snapshot.value = { ...this.snapshot.value, query };
    return query;
  }

  /** Asks again for what is shown. */
  async refresh(): Promise<void> {
    const { query, problem } = this.snapshot.value;
    if (problem !== null) return;
    const after = await this.#fetch(query);
    if (after !== null) this.#take(after);
  }

  /** Marks may have been made while the answer was on its way. */
  #take(after: TrialsSnapshot): void {
    const { marked } = this.snapshot.value.query;
    this.snapshot.value = { ...after, query: { ...after.query, marked } };
  }

  /** Null: something else was asked for since, or the server is away and the connection says so. */
  #fetch(query: TrialsQuery): Promise<TrialsSnapshot | null> {
    const { sweep } = this.snapshot.value.facts;
    return this.#json.get(`/api/v1/sweeps/${sweep}/trials${formatTrialsQuery(query)}`);
  }
}
