/** One sweep kept up to date: its journal followed once, folded once, for all who watch. */
import type { ConfigurationId, SweepId, TrialId } from "../core/domain/ids.ts";
import { isOver } from "../core/domain/sweep.ts";
import { instant } from "../core/domain/units.ts";
import type { JournalReader, StoredEntry, Waiting } from "../core/protocol/ports.ts";
import { conclude, type Conclusion, tiedWithBest } from "../core/views/conclusion.ts";
import { GrowingLeaderboard } from "../core/views/growing_leaderboard.ts";
import type { LeaderboardRow } from "../core/views/leaderboard.ts";
import { SweepView } from "../core/views/sweep_view.ts";
import type { CurveUpdate } from "./client/model.ts";
import { type JournalReading, ReadingProgress } from "./journal_reading.ts";
import { RateWindow } from "./rate_window.ts";
import { RecentPoints } from "./recent_points.ts";
import { EventLog } from "./state/event_log.ts";
import { runningTrials } from "./state/curve_selection.ts";
import { PackAttempts } from "./state/pack_attempts.ts";
import { TrialHistories } from "./state/trial_histories.ts";
import { Bell, othersTurn, pause } from "./waiting.ts";

const RETRY_MS = 1_000;
/** How often it is asked whether anybody coordinates a sweep that runs. */
const COORDINATOR_MS = 3_000;
/** How often it is asked whether a sweep that is over was reopened, while anybody wants to know. */
const REOPENED_MS = 3_000;

/** Entries of a long journal that are read before others have a turn: few milliseconds' worth. */
const ENTRIES_A_TURN = 16;

/** There is no such journal. */
export class SweepAbsentError extends Error {
  override readonly name = "SweepAbsentError";
}

/** The journal's entries cannot follow one another: another version wrote them, or a bug did. */
export class UnreadableJournalError extends Error {
  override readonly name = "UnreadableJournalError";
}

/** What a live sweep is made of. */
export interface LiveSweepOptions {
  readonly journal: JournalReader;
  readonly signal: AbortSignal;
  /** Whether nobody coordinates the sweep; without it nobody can tell. */
  readonly isAbandoned?: (sweep: SweepId, options: Required<Waiting>) => Promise<boolean>;
  /** What the connection to the journal lacks at present. */
  readonly trouble?: () => string | null;
  /** Makes the log of new points. */
  readonly recent?: () => RecentPoints;
}

/** Everything that is thrown away when the stream turns out to be another one. */
interface Fold {
  readonly epoch: string;
  readonly view: SweepView;
  readonly leaderboard: GrowingLeaderboard;
  readonly recent: RecentPoints;
  readonly rates: RateWindow;
  readonly events: EventLog;
  readonly attempts: PackAttempts;
}

/** What results say, as of the last one. */
interface Ranking {
  readonly key: string;
  readonly rows: readonly LeaderboardRow[];
  readonly conclusion: Conclusion;
  readonly tied: ReadonlySet<ConfigurationId>;
}

/**
 * A sweep's view that follows its journal until the signal aborts or the sweep is over. One that is
 * over may be reopened: whoever wants to know looks again, with `refresh`.
 */
export class LiveSweep {
  readonly id: SweepId;
  /**
   * Resolves when the journal was read up to its present end.
   * Rejects with {@link SweepAbsentError}, {@link UnreadableJournalError}, or what reading threw.
   */
  readonly ready: Promise<void>;
  #finished: Promise<void>;
  #refreshing: Promise<void> | null = null;
  #looking: Promise<void> | null = null;
  readonly #options: LiveSweepOptions;
  readonly #bell = new Bell();
  #fold: Fold | null = null;
  #trouble: string | null = null;
  #isAbandoned = false;
  #version = 0;
  #ranking: Ranking | null = null;
  readonly #reading = new ReadingProgress();

  constructor(id: SweepId, options: LiveSweepOptions) {
    this.id = id;
    this.#options = options;
    this.ready = this.#catchUp().then(() => this.#lookForCoordinator(options.signal));
    this.#finished = this.ready.then(() => this.#stayCurrent(), () => {});
  }

  /** Resolves when nothing is followed any more. Never rejects. */
  get finished(): Promise<void> {
    return this.#finished;
  }
  /** How far the journal was read when it was read for the first time. */
  get reading(): JournalReading {
    return this.#reading.now;
  }
  /** Whether there is something to show already, be it old. */
  get isRead(): boolean {
    return this.#fold !== null;
  }
  /** The fold so far. @throws {SweepAbsentError} Before `ready`. */
  get view(): SweepView {
    return this.#current.view;
  }
  get epoch(): string {
    return this.#current.epoch;
  }
  get recent(): RecentPoints {
    return this.#current.recent;
  }
  get rates(): RateWindow {
    return this.#current.rates;
  }
  /** What has happened. */
  get events(): EventLog {
    return this.#current.events;
  }
  /** What happened to each trial. */
  get histories(): TrialHistories {
    return new TrialHistories(this.#current.events);
  }
  /** Who trained which pack when. */
  get attempts(): PackAttempts {
    return this.#current.attempts;
  }
  /** Why the journal cannot be followed at present. */
  get trouble(): string | null {
    return this.#trouble ?? this.#options.trouble?.() ?? null;
  }
  /** Whether nobody coordinates the sweep, as far as is known. */
  get isAbandoned(): boolean {
    return this.#isAbandoned;
  }
  /** Grows with every change. */
  get version(): number {
    return this.#version;
  }

  /** The leaderboard. */
  get ranking(): readonly LeaderboardRow[] {
    return this.#ranked.rows;
  }
  /** What the ranking allows to be said. */
  get conclusion(): Conclusion {
    return this.#ranked.conclusion;
  }
  /** Who cannot be told from the best. */
  get tied(): ReadonlySet<ConfigurationId> {
    return this.#ranked.tied;
  }

  /** Made anew only when a trial was asked for or completed, a race has moved or all is over. */
  get #ranked(): Ranking {
    const { ledger } = this.view;
    const { counts, race, status } = ledger;
    const key = [this.epoch, counts.completed, counts.asked, race.round, isOver(status)].join(" ");
    if (this.#ranking?.key === key) return this.#ranking;
    const rows = this.#current.leaderboard.rows();
    const conclusion = conclude(ledger, rows);
    return this.#ranking = { key, rows, conclusion, tied: tiedWithBest(conclusion) };
  }

  /**
   * Reads on in the journal of a sweep that is over, because somebody may have reopened it; then it
   * is followed again. Where the journal is out of reach, what is known stays, and `trouble` says so.
   */
  async refresh(): Promise<void> {
    if (!isOver(this.view.ledger.status)) return;
    this.#refreshing ??= this.#readOn().finally(() => this.#refreshing = null);
    await this.#refreshing;
  }

  /** Looks in a while, once for all who ask, whether somebody has reopened a sweep that is over. */
  lookAgain(): void {
    this.#looking ??= pause(REOPENED_MS, this.#options.signal)
      .then(() => this.#options.signal.aborted ? undefined : this.refresh())
      .finally(() => this.#looking = null);
  }

  async #readOn(): Promise<void> {
    try {
      await this.#finished;
      await this.#catchUp();
      if (!isOver(this.view.ledger.status)) this.#finished = this.#stayCurrent();
    } catch (error) {
      this.#change(error instanceof Error ? error.message : String(error));
    }
  }

  /** Resolves when the version is another one, after `atMostMs`, or when the signal aborts. */
  async changed(
    version: number,
    options: { readonly atMostMs: number; readonly signal: AbortSignal },
  ): Promise<void> {
    if (version === this.#version) await this.#bell.wait(options.atMostMs, options.signal);
  }

  get #current(): Fold {
    if (this.#fold === null) throw new SweepAbsentError(`Cannot find sweep "${this.id}"`);
    return this.#fold;
  }

  /** Reads the rest of the journal, from its start if the stream is not the one known. */
  async #catchUp(): Promise<void> {
    const { journal, signal } = this.#options;
    const epoch = await journal.streamEpoch({ signal });
    // A new fold replaces the old one only when it is whole: readers go on with what they have.
    let fold = this.#fold?.epoch === epoch ? this.#fold : null;
    if (this.#fold === null) this.#reading.begin(journal, { sweep: this.id, signal });
    const after = fold?.view.sequence ?? 0;
    for await (const stored of journal.read(this.id, { after, signal })) {
      fold = this.#folded(fold, { stored, epoch });
      this.#reading.step();
      if (this.#reading.now.read % ENTRIES_A_TURN === 0) await othersTurn();
    }
    if (fold === null) throw new SweepAbsentError(`Cannot find sweep "${this.id}"`);
    // Whoever looks again at a sweep that stands still learns nothing new.
    const isSame = fold === this.#fold && fold.view.sequence === after && this.#trouble === null;
    this.#fold = fold;
    if (!isSame) this.#change(null);
  }

  async #stayCurrent(): Promise<void> {
    const followed = new AbortController();
    const signal = AbortSignal.any([this.#options.signal, followed.signal]);
    const watching = this.#watchCoordinator(signal);
    await this.#followOn();
    followed.abort();
    await watching;
  }

  async #followOn(): Promise<void> {
    const { journal, signal } = this.#options;
    while (!signal.aborted && !isOver(this.view.ledger.status)) {
      try {
        if (this.#trouble !== null) await this.#catchUp();
        const fold = this.#current;
        const after = fold.view.sequence;
        for await (const stored of journal.follow(this.id, { after, signal })) {
          this.#folded(fold, { stored, epoch: fold.epoch });
          this.#change(null);
          if (isOver(fold.view.ledger.status)) return;
        }
        if (!signal.aborted) throw new Error("The journal's subscription ended");
      } catch (error) {
        if (signal.aborted) return;
        this.#change(error instanceof Error ? error.message : String(error));
        if (error instanceof UnreadableJournalError || this.#fold === null) return;
        await pause(RETRY_MS, signal);
      }
    }
  }

  /** As long as the journal is followed: coordinators come and go without an entry. */
  async #watchCoordinator(signal: AbortSignal): Promise<void> {
    if (this.#options.isAbandoned === undefined) return;
    while (!signal.aborted) {
      await pause(COORDINATOR_MS, signal);
      if (!signal.aborted) await this.#lookForCoordinator(signal);
    }
  }

  async #lookForCoordinator(signal: AbortSignal): Promise<void> {
    const { isAbandoned } = this.#options;
    if (isAbandoned === undefined || this.view.ledger.status !== "running") return;
    // Whoever cannot ask knows nothing new; the journal's trouble is told where it shows.
    const found = await isAbandoned(this.id, { signal }).catch(() => this.#isAbandoned);
    if (found === this.#isAbandoned) return;
    this.#isAbandoned = found;
    this.#change(this.#trouble);
  }

  #change(trouble: string | null): void {
    this.#trouble = trouble;
    this.#version++;
    this.#bell.ring();
  }

  #folded(
    known: Fold | null,
    { stored, epoch }: { readonly stored: StoredEntry; readonly epoch: string },
  ): Fold {
    // One entry may hold a trial's last report and its end: what ran before it counts as well.
    const before = known === null ? new Set<TrialId>() : runningTrials(known.view.ledger);
    const fold = known === null ? this.#begin(stored, epoch) : this.#extend(known, stored);
    const { view, recent, rates } = fold;
    fold.attempts.apply(stored.entry, { at: view.updatedAt, ledger: view.ledger });
    const drawn = before.union(runningTrials(view.ledger));
    fold.events.add(stored);
    recent.push(stored.sequence, newPoints(stored, drawn));
    // On a clock that stands still while nobody works: a night between two runs is not slowness.
    const { updatedAt, idleMs } = view.sweepTimes;
    const at = instant(updatedAt - idleMs);
    rates.add({ at, epochs: view.epochsTrained, steps: view.laneSteps });
    return fold;
  }

  #begin(stored: StoredEntry, epoch: string): Fold {
    try {
      const view = new SweepView(stored);
      const recent = this.#options.recent?.() ?? new RecentPoints();
      const events = new EventLog(view.ledger.spec.metric.goal);
      const attempts = new PackAttempts();
      const leaderboard = new GrowingLeaderboard(view.ledger);
      const rates = new RateWindow();
      return { epoch, view, leaderboard, recent, rates, events, attempts };
    } catch (cause) {
      throw this.#unreadable(stored, cause);
    }
  }

  #extend(fold: Fold, stored: StoredEntry): Fold {
    try {
      fold.view.apply(stored);
      return fold;
    } catch (cause) {
      throw this.#unreadable(stored, cause);
    }
  }

  #unreadable({ sequence }: StoredEntry, cause: unknown): UnreadableJournalError {
    const state = cause instanceof Error ? cause.message : String(cause);
    return new UnreadableJournalError(
      `Cannot read entry ${sequence} of sweep "${this.id}": ${state}`,
      { cause },
    );
  }
}

/** The points of an entry that belong to drawn curves. The rest is counted, not sent. */
function newPoints(stored: StoredEntry, drawn: ReadonlySet<number>): readonly CurveUpdate[] {
  return stored.entry.events.flatMap((event) =>
    event.type !== "epochReported"
      ? []
      : event.lanes.flatMap((lane) =>
        lane.kind === "measured" && drawn.has(lane.trial)
          ? [{ trial: lane.trial, epoch: event.epoch, metrics: lane.metrics }]
          : []
      )
  );
}
