/** The Trials page's state in the browser: a window that is fetched anew when the sweep moves on. */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { type Signal, signal } from "@preact/signals";
import { LatestJson } from "../live/latest_json.ts";
import { parseTrialFilter } from "./trial_filter.ts";
import type { TrialsSnapshot } from "./trials_model.ts";
import { formatTrialsQuery, type TrialsQuery } from "./trials_query.ts";

/** Everything the Trials page shows. */
export class TrialsStore {
  readonly snapshot: Signal<TrialsSnapshot>;
  /** The comparisons as they are being typed. */
  readonly draft: Signal<string>;
  /** Trials that are marked for a comparison, wherever in the table they are. */
  readonly marked: Signal<readonly number[]> = signal([]);
  /** What a screen reader should hear next. */
  readonly announcement: Signal<string> = signal("");
  readonly #json = new LatestJson();

  constructor(snapshot: TrialsSnapshot) {
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
    const after = await this.#fetch(query);
    if (after === null) return true;
    this.snapshot.value = after;
    this.announcement.value = `${after.matching} of ${after.total} trials`;
    return true;
  }

  /** Marks a trial, or takes its mark away. */
  mark(trial: number): void {
    const before = this.marked.value;
    this.marked.value = before.includes(trial)
      ? before.filter((one) => one !== trial)
      : [...before, trial];
  }

  /** Asks again for what is shown. */
  async refresh(): Promise<void> {
    const { query, problem } = this.snapshot.value;
    if (problem !== null) return;
    const after = await this.#fetch(query);
    if (after !== null) this.snapshot.value = after;
  }

  /** Null: something else was asked for since, or the server is away and the connection says so. */
  #fetch(query: TrialsQuery): Promise<TrialsSnapshot | null> {
    const { sweep } = this.snapshot.value.facts;
    return this.#json.get(`/api/v1/sweeps/${sweep}/trials${formatTrialsQuery(query)}`);
  }
}
