/** The overview's state in the browser: what is shown, kept true by the live stream. */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { type Signal, signal } from "@preact/signals";
import { PAGE_POINTS } from "../curves/page_points.ts";
import {
  missingTrials,
  withoutDropped,
  withPoints,
  withRecent,
  withSeries,
  withState,
} from "./fold.ts";
import { formatNumber } from "../parts/format.ts";
import { withFilter } from "../parts/shared_filter.ts";
import { distance } from "../live/batch.ts";
import { getJson } from "../live/get_json.ts";
import type { StreamEvent } from "../live/live_stream.ts";
import type {
  CurvesAnswer,
  CurveUpdate,
  MetricsUpdate,
  OverviewSnapshot,
  StateUpdate,
} from "../model.ts";
import type { OverviewPageState } from "../page_state.ts";

/** Points that are remembered for curves whose history is still on its way. */
const RECENT = 2_000;

/** A question that was not answered. */
export interface FailedQuestion {
  readonly error: unknown;
  readonly retry: () => void;
}

/** Everything the overview shows. */
export class OverviewStore {
  readonly snapshot: Signal<OverviewSnapshot>;
  readonly curves: Signal<CurvesAnswer>;
  /** What a screen reader should hear next. */
  readonly announcement: Signal<string> = signal("");
  /** How the latest question for them went: null, or what it met, with a way to ask again. */
  readonly failure: Signal<FailedQuestion | null> = signal(null);
  /** What its curves are chosen by; empty where that is nothing, or cannot be read. */
  readonly #filter: string;
  #recent: readonly CurveUpdate[] = [];
  /** What came since the snapshot was asked for anew; null: it was not. */
  #updates: StateUpdate[] | null = null;
  #fetching: Promise<void> | null = null;

  constructor(page: OverviewPageState) {
    this.snapshot = signal(page.snapshot);
    this.curves = signal(page.curves);
    this.#filter = page.snapshot.live.selection.unfiltered === null ? "" : page.filter;
  }

  /** Where news of this sweep come from. */
  streamUrl(origin: string): URL {
    const url = new URL("/api/v1/stream", origin);
    url.searchParams.set("sweep", this.snapshot.value.facts.sweep);
    // The leaderboard is the server's to draw.
    url.searchParams.set("limit", "0");
    return url;
  }

  /** Takes an event of the live stream in. */
  take(event: StreamEvent): void {
    switch (event.type) {
      case "state":
        return this.#takeState(JSON.parse(event.data));
      case "metrics":
        return this.#takePoints(JSON.parse(event.data));
      case "resync":
        // The points were another stream's, perhaps.
        this.#recent = [];
        this.#fetch(() => this.#refetch());
        return;
    }
  }

  /** Draws another metric. */
  choose(metric: string): void {
    this.#fetch(async () => {
      this.curves.value = withRecent(await this.#curvesOf(metric, []), this.#recent);
    });
  }

  /** Has filtered curves chosen anew: the stream, which tells all clients alike, knows no filter. */
  renewSelection(): Promise<void> {
    if (this.#filter === "") return Promise.resolve();
    return this.#fetch(async () => {
      const { live: { selection } } = await this.#fetchSnapshot();
      const { live, ...rest } = this.snapshot.value;
      this.snapshot.value = { ...rest, live: { ...live, selection } };
      this.curves.value = withoutDropped(this.curves.value, selection);
      await this.#fetchMissing();
    });
  }

  #takeState(told: StateUpdate): void {
    const { selection: _, ...update } = told;
    this.#takeUpdate(this.#filter === "" ? told : update);
  }

  #takeUpdate(update: StateUpdate): void {
    this.#updates?.push(update);
    const before = this.snapshot.value;
    const after = withState(before, update);
    this.snapshot.value = after;
    this.#announce(before, after);
    this.curves.value = withoutDropped(this.curves.value, after.live.selection);
    if (missingTrials(this.curves.value, after.live.selection).length > 0) {
      this.#fetch(() => this.#fetchMissing());
    }
  }

  #takePoints({ points }: MetricsUpdate): void {
    this.#recent = [...this.#recent, ...points].slice(-RECENT);
    this.curves.value = withPoints(this.curves.value, points);
  }

  async #fetchMissing(): Promise<void> {
    const missing = missingTrials(this.curves.value, this.snapshot.value.live.selection);
    if (missing.length === 0) return;
    const fetched = await this.#curvesOf(this.curves.value.metric, missing);
    const { selection } = this.snapshot.value.live;
    this.curves.value = withSeries(this.curves.value, { selection, fetched, recent: this.#recent });
  }

  async #refetch(): Promise<void> {
    const updates: StateUpdate[] = this.#updates = [];
    const fetched = await this.#fetchSnapshot().finally(() => this.#updates = null);
    // A section is told once: what is younger than the answer would never be told again.
    const { asOf } = fetched;
    this.snapshot.value = updates
      .filter((update) => distance(update.asOf, asOf) >= distance(asOf, asOf))
      .reduce(withState, fetched);
    this.curves.value = withRecent(
      await this.#curvesOf(this.curves.value.metric, []),
      this.#recent,
    );
  }

  #fetchSnapshot(): Promise<OverviewSnapshot> {
    return getJson(withFilter(`${this.#api}/snapshot?limit=0`, this.#filter));
  }

  #curvesOf(metric: string, trials: readonly number[]): Promise<CurvesAnswer> {
    const query = new URLSearchParams({ metric, most: String(PAGE_POINTS) });
    if (trials.length > 0) query.set("trials", trials.join());
    return getJson<CurvesAnswer>(withFilter(`${this.#api}/curves?${query}`, this.#filter));
  }

  get #api(): string {
    return `/api/v1/sweeps/${this.snapshot.value.facts.sweep}`;
  }

  /** One fetch at a time, in order. One that fails is told, and made up for by the next news. */
  #fetch(task: () => Promise<void>): Promise<void> {
    const before = this.#fetching ?? Promise.resolve();
    return this.#fetching = before.then(task).then(
      () => void (this.failure.value = null),
      (error) => void (this.failure.value = { error, retry: () => void this.#fetch(task) }),
    );
  }

  #announce(before: OverviewSnapshot, after: OverviewSnapshot): void {
    const { best, progress } = after.live;
    const was = before.live;
    if (progress.status !== was.progress.status) {
      this.announcement.value = `The sweep is ${progress.status}.`;
    } else if (progress.counts.failed > was.progress.counts.failed) {
      this.announcement.value = `${progress.counts.failed} trials have failed.`;
    } else if (best !== null && best.row.configuration !== was.best?.row.configuration) {
      const score = best.row.score === null ? "diverged" : formatNumber(best.row.score.mean);
      this.announcement.value = `New best configuration: ${after.facts.metric} ${score}.`;
    }
  }
}
