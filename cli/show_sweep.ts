/** What a running sweep looks like on the terminal: a board, lines, or JSON. All from its journal. */
import { getLogger } from "@logtape/logtape";
import type { SweepId } from "../core/domain/ids.ts";
import type { Milliseconds } from "../core/domain/units.ts";
import { milliseconds } from "../core/domain/units.ts";
import type { Transport } from "../core/nats/transport.ts";
import type { NatsSession } from "./nats_session.ts";
import type { StoredEntry } from "../core/protocol/ports.ts";
import type { Presence } from "../core/protocol/presence.ts";
import { readSweepView, type SweepView } from "../core/views/sweep_view.ts";
import type { CliContext } from "./context.ts";
import { type DisplayMode, openDisplay, type SweepDisplay } from "./sweep_display.ts";

const logger = getLogger(["trawl", "cli"]);
const PRESENCE_EVERY: Milliseconds = milliseconds(1_000);
/** A cluster that has just lost a node may take so long; a result that lacks its end would be wrong. */
const CATCH_UP_WITHIN: Milliseconds = milliseconds(60_000);
/** Who has asked for an end waits less for the rest of it. */
const LEAVE_WITHIN: Milliseconds = milliseconds(5_000);

/** What to show, and how. */
export interface ShowOptions {
  readonly sweep: SweepId;
  /** An entry of its journal: what comes later is told as it comes. */
  readonly upTo: number;
  readonly mode: DisplayMode;
  /** The page's address, where one is served. */
  readonly dashboardUrl: string | null;
  readonly verbose: boolean;
  /** What commands repeat to meet the same sweeps; see `same_place.ts`. */
  readonly place: string;
  /** What `resume` repeats besides. */
  readonly data: string;
  /** Aborts when the user has asked for an end. */
  readonly drain: AbortSignal;
}

/** A sweep being shown. */
export interface ShownSweep {
  /** Shows the journal to its present end and the result, then stops. */
  readonly finish: () => Promise<void>;
  /** Stops without a result: an error will be told instead. */
  readonly abandon: () => Promise<void>;
}

/** Shows a sweep whose journal has begun, until `finish` or `abandon`. */
export async function showSweep(
  { transport, link }: Pick<NatsSession, "transport" | "link">,
  options: ShowOptions,
  context: CliContext,
): Promise<ShownSweep> {
  const view = await readSweepView(entriesUpTo(options.upTo, transport, options.sweep));
  if (view === null) {
    throw new RangeError(`Cannot show sweep "${options.sweep}": it has no journal`);
  }
  const ending = new AbortController();
  const presences: { latest: readonly Presence[] } = { latest: [] };
  const display = openDisplay(view, {
    ...options,
    presences: () => presences.latest,
    trouble: () => link.describe(),
  }, context);
  const hearing = link.listen((change) => display.linkChanged(change));
  const following = Promise.all([
    follow(transport, { view, display, signal: ending.signal }),
    watchPresence(transport, { presences, context, signal: ending.signal }),
  ]);
  // Reported by whoever awaits it; until then it must not end the process.
  following.catch(() => {});
  const stop = async (): Promise<void> => {
    hearing[Symbol.dispose]();
    ending.abort();
    await following;
  };
  return {
    finish: async () => {
      await stop();
      const withinMs = options.drain.aborted ? LEAVE_WITHIN : CATCH_UP_WITHIN;
      await catchUp(transport, { view, display, withinMs });
      presences.latest = [];
      display.finish();
    },
    abandon: async () => {
      await stop().catch(() => {});
      display.abandon();
    },
  };
}

/** What others write meanwhile is left for later, so that nothing of it goes untold. */
async function* entriesUpTo(
  last: number,
  { journal }: Transport,
  sweep: SweepId,
): AsyncGenerator<StoredEntry> {
  for await (const stored of journal.read(sweep)) {
    yield stored;
    if (stored.sequence >= last) return;
  }
}

function fold(stored: StoredEntry, view: SweepView, display: SweepDisplay): void {
  view.apply(stored);
  display.folded(stored.entry);
}

/** Reads what is left; a server that is away must not keep the result from being shown. */
async function catchUp(
  { journal, isConnected }: Transport,
  { view, display, withinMs }: {
    readonly view: SweepView;
    readonly display: SweepDisplay;
    readonly withinMs: Milliseconds;
  },
): Promise<void> {
  if (!isConnected()) {
    logger.warn("Cannot read the journal of {sweep} to its end: the server is away", {
      sweep: view.id,
    });
    return;
  }
  const signal = AbortSignal.timeout(withinMs);
  try {
    for await (const stored of journal.read(view.id, { after: view.sequence, signal })) {
      fold(stored, view, display);
    }
  } catch (error) {
    logger.warn("Cannot read the journal of {sweep} to its end: {error}", {
      sweep: view.id,
      error,
    });
  }
}

async function follow(
  { journal }: Transport,
  { view, display, signal }: {
    readonly view: SweepView;
    readonly display: SweepDisplay;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  for await (const stored of journal.follow(view.id, { after: view.sequence, signal })) {
    fold(stored, view, display);
  }
}

async function watchPresence(
  { presence }: Transport,
  { presences, context, signal }: {
    readonly presences: { latest: readonly Presence[] };
    readonly context: CliContext;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  while (!signal.aborted) {
    try {
      presences.latest = await presence.list({ signal });
    } catch {
      // The link reports its own troubles; the last picture is better than none.
    }
    await context.timers.sleep(PRESENCE_EVERY, { signal }).catch(() => {});
  }
}
