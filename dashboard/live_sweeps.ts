/** The sweeps somebody watches: each followed once, let go when nobody has watched for a while. */
import type { SweepId } from "../core/domain/ids.ts";
import { isOver } from "../core/domain/sweep.ts";
import { GLANCE, probeCoordinator } from "../core/protocol/coordinator_probe.ts";
import type {
  ApiClient,
  JournalReader,
  PresenceDirectory,
  Waiting,
} from "../core/protocol/ports.ts";
import type { Presence } from "../core/protocol/presence.ts";
import type { Clock } from "../core/domain/units.ts";
import type { SweepRow } from "./client/model.ts";
import { type JournalReading, sumOfReadings } from "./journal_reading.ts";
import { LoadHistory } from "./load_history.ts";
import { LiveSweep } from "./live_sweep.ts";
import { sweepRow } from "./state/sweep_row.ts";
import { pause } from "./waiting.ts";

/** A finished sweep's fold is kept this long after its last reader. */
const IDLE_MS = 60_000;
/** One whose journal is long: who comes back after a look elsewhere must not wait for it again. */
const LONG_IDLE_MS = 600_000;
/** Journals that are read at the same time for the list. */
const READ_AHEAD = 8;
/** A shorter journal is read before anybody could read how far it is. */
const LONG_JOURNAL = 2_000;
const PRESENCE_AGE_MS = 1_000;
/** Lists that are told whenever they change are looked at less often than that. */
const ROWS_AGE_MS = 1_000;
const SERVER_WITHIN_MS = 2_000;

/** What the registry is made of. */
export interface LiveSweepsOptions {
  readonly journal: JournalReader;
  readonly presence: PresenceDirectory;
  /** Asks coordinators whether they are there; without it every running sweep counts as coordinated. */
  readonly api?: ApiClient;
  readonly clock: Clock;
  /** What the connection to the journals lacks at present. */
  readonly trouble?: () => string | null;
  /** Ends everything. */
  readonly signal: AbortSignal;
  readonly idleMs?: number;
}

/** A sweep in use: it is followed at least until this is disposed. */
export interface WatchedSweep extends Disposable {
  readonly sweep: LiveSweep;
}

interface Entry {
  readonly sweep: LiveSweep;
  readonly controller: AbortController;
  watchers: number;
  idleTimer: ReturnType<typeof setTimeout> | null;
}

/** All live sweeps of a process. */
export class LiveSweeps {
  readonly #options: LiveSweepsOptions;
  readonly #entries = new Map<SweepId, Entry>();
  /** Rows of sweeps that are over: each holds as long as its journal has so many entries. */
  readonly #finishedRows = new Map<SweepId, { readonly entries: number; readonly row: SweepRow }>();
  /** What workers measured, as far as they were asked for. */
  readonly loads: LoadHistory = new LoadHistory();
  #presence: { readonly at: number; readonly list: Promise<readonly Presence[]> } | null = null;
  #rows: { readonly at: number; readonly list: Promise<readonly SweepRow[]> } | null = null;

  constructor(options: LiveSweepsOptions) {
    this.#options = options;
    options.signal.addEventListener("abort", () => {
      for (const id of [...this.#entries.keys()]) this.#drop(id);
    }, { once: true });
  }

  /** How many journals are followed or kept. */
  get size(): number {
    return this.#entries.size;
  }

  /**
   * A sweep, read up to the present.
   * @throws {SweepAbsentError | UnreadableJournalError} See {@link LiveSweep.ready}.
   */
  async watch(id: SweepId): Promise<WatchedSweep> {
    const entry = this.#entries.get(id) ?? this.#start(id);
    entry.watchers++;
    if (entry.idleTimer !== null) clearTimeout(entry.idleTimer);
    entry.idleTimer = null;
    try {
      await entry.sweep.ready;
      await entry.sweep.refresh();
    } catch (error) {
      // The next one who asks tries again.
      if (this.#entries.get(id) === entry) this.#drop(id);
      throw error;
    }
    let held = true;
    return {
      sweep: entry.sweep,
      [Symbol.dispose]: () => {
        if (held) this.#release(id, entry);
        held = false;
      },
    };
  }

  /** The ids of all sweeps that have a journal. */
  async ids(): Promise<readonly SweepId[]> {
    const { journal, signal } = this.#options;
    return [...(await journal.lengths({ signal })).keys()];
  }

  /**
   * How far a long journal has been read, or those of all sweeps where none is named; null: it need
   * not be waited for, or what is wrong with it will show. It is read on after that.
   */
  async readingAfter(id: SweepId | null, patienceMs: number): Promise<JournalReading | null> {
    const readings = (): JournalReading | null => {
      const asked = [...this.#entries]
        .filter(([key]) => id === null || key === id).map(([, { sweep }]) => sweep);
      // What takes long although all is read is something else, and what is known can be shown.
      return asked.every(({ isRead }) => isRead)
        ? null
        : sumOfReadings(asked.map(({ reading }) => reading));
    };
    const done = new AbortController();
    const whole = (id === null ? this.rows() : this.watch(id)).then((found) => {
      if (Symbol.dispose in found) found[Symbol.dispose]();
    }).catch(() => {}).finally(() => done.abort());
    const signal = AbortSignal.any([done.signal, this.#options.signal]);
    while (!signal.aborted) {
      await Promise.race([whole, pause(patienceMs, signal)]);
      const reading = readings();
      if (!signal.aborted && reading !== null && reading.total >= LONG_JOURNAL) return reading;
    }
    return null;
  }

  /** One row for every journal, the newest sweep first. */
  rows(): Promise<readonly SweepRow[]> {
    const rows = { at: this.#options.clock(), list: this.#readRows() };
    this.#rows = rows;
    // The next one who asks tries again.
    rows.list.catch(() => this.#rows = this.#rows === rows ? null : this.#rows);
    return rows.list;
  }

  async #readRows(): Promise<readonly SweepRow[]> {
    const { journal, signal } = this.#options;
    const journals = [...await journal.lengths({ signal })];
    const presences = await this.workers() ?? [];
    const rows: SweepRow[] = [];
    for (let i = 0; i < journals.length; i += READ_AHEAD) {
      const some = journals.slice(i, i + READ_AHEAD);
      rows.push(
        ...await Promise.all(some.map(([id, entries]) => this.#row(id, { entries, presences }))),
      );
    }
    const createdAt = (row: SweepRow): number => row.kind === "readable" ? row.createdAt : 0;
    return rows.sort((a, b) => createdAt(b) - createdAt(a));
  }

  /** The rows, at most a second old: made once for all who look at the same time. */
  rowsLately(): Promise<readonly SweepRow[]> {
    const rows = this.#rows;
    // On a clock that was set back the list would stay as it is until that catches up.
    const isLate = rows === null || Math.abs(this.#options.clock() - rows.at) > ROWS_AGE_MS;
    return isLate ? this.rows() : rows.list;
  }

  /** The workers that live, at most a second old; null if nobody can tell. */
  async workers(): Promise<readonly Presence[] | null> {
    const { clock, presence, signal } = this.#options;
    const now = clock();
    // On a clock that was set back the list would stay as it is until that catches up.
    if (this.#presence === null || Math.abs(now - this.#presence.at) > PRESENCE_AGE_MS) {
      const list = presence.list({ signal });
      this.#presence = { at: now, list };
      list.then((found) => this.loads.add(found, now)).catch(() => {});
    }
    try {
      return await this.#presence.list;
    } catch {
      // The journal's trouble is told where it shows; workers then read as the journal knows them.
      return null;
    }
  }

  #start(id: SweepId): Entry {
    const controller = new AbortController();
    const signal = AbortSignal.any([controller.signal, this.#options.signal]);
    const { journal, api, trouble } = this.#options;
    const asking = api === undefined ? {} : { isAbandoned: abandonedBy(api, journal) };
    const sweep = new LiveSweep(id, { journal, signal, ...asking, ...(trouble && { trouble }) });
    const entry: Entry = { sweep, controller, watchers: 0, idleTimer: null };
    this.#entries.set(id, entry);
    return entry;
  }

  #release(id: SweepId, entry: Entry): void {
    entry.watchers--;
    if (entry.watchers > 0 || this.#options.signal.aborted) return;
    const usual = entry.sweep.reading.total < LONG_JOURNAL ? IDLE_MS : LONG_IDLE_MS;
    entry.idleTimer = setTimeout(() => this.#drop(id), this.#options.idleMs ?? usual);
    Deno.unrefTimer(Number(entry.idleTimer));
  }

  #drop(id: SweepId): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    if (entry.idleTimer !== null) clearTimeout(entry.idleTimer);
    this.#entries.delete(id);
    entry.controller.abort();
  }

  async #row(
    id: SweepId,
    { entries, presences }: {
      readonly entries: number;
      readonly presences: readonly Presence[];
    },
  ): Promise<SweepRow> {
    const known = this.#finishedRows.get(id);
    if (known?.entries === entries) return known.row;
    try {
      using watched = await this.watch(id);
      const row = sweepRow(watched.sweep, presences);
      if (isOver(watched.sweep.view.ledger.status)) this.#finishedRows.set(id, { entries, row });
      else this.#finishedRows.delete(id);
      return row;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return { kind: "unreadable", sweep: id, message };
    }
  }
}

/** Whether nobody answers for a sweep: one that is silent works on nothing. */
function abandonedBy(api: ApiClient, journal: JournalReader) {
  return async (sweep: SweepId, { signal }: Required<Waiting>): Promise<boolean> => {
    const { kind } = await probeCoordinator(api, sweep, { signal, timeoutMs: GLANCE });
    if (kind !== "silent") return kind === "absent";
    // While the server is away, too, nobody answers; then this fails, and nobody can tell.
    const within = AbortSignal.any([signal, AbortSignal.timeout(SERVER_WITHIN_MS)]);
    await journal.lastSequence(sweep, { signal: within });
    return true;
  };
}
