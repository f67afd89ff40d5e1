/** What happened to each trial and each pack, in the order in which it was decided. */
import type { PackId, TrialId } from "../../core/domain/ids.ts";
import type { NewPack, NewTrial, SweepEvent } from "../../core/domain/sweep_event.ts";
import type { EventLog } from "./event_log.ts";

/** Events that tell something of one pack's attempts. */
export type PackEvent = Extract<
  SweepEvent,
  { type: "packLeased" | "packReleased" | "packSplit" | "lanesDetached" | "lateMessageRejected" }
>;

/** Events that tell something of one trial. */
export type TrialEvent =
  | Extract<
    SweepEvent,
    {
      type:
        | "trialsQueued"
        | "trialCompleted"
        | "trialFailed"
        | "trialCancelled"
        | "rungReached"
        | "trialPaused"
        | "trialPromoted"
        | "trialPruned"
        | "trialExploited"
        | "trialRetried";
    }
  >
  | { readonly type: "packed"; readonly pack: PackId; readonly lanes: number };

/** An event with its time. `order` grows with every event of the journal. */
export interface Happening<Event> {
  readonly at: number;
  readonly order: number;
  readonly event: Event;
}

/** What tells histories: all events but reports of epochs, the oldest first. */
export type ToldEvents = Pick<EventLog, "events">;

/**
 * The histories of a sweep's trials, found in its log when somebody asks: of 100,000 trials hardly
 * one is looked at, and the lists of all of them are larger than what else is known of them.
 */
export class TrialHistories {
  readonly #log: ToldEvents;

  constructor(log: ToldEvents) {
    this.#log = log;
  }

  /** All that happened to a trial, and to the packs that it was in while it was to be trained. */
  of(trial: TrialId): readonly Happening<TrialEvent | PackEvent>[] {
    const { own, packs } = historyIn(this.#log, trial);
    const all: Happening<TrialEvent | PackEvent>[] = [];
    for (const [index, happening] of own.entries()) {
      all.push(happening);
      if (happening.event.type !== "packed") continue;
      const until = endOfStay(own, index);
      const pack = packs.get(happening.event.pack) ?? [];
      all.push(...pack.filter(({ order }) => order >= happening.order && order <= until));
    }
    return all.sort((a, b) => a.order - b.order);
  }
}

/** What happened to one trial, and to each pack from when that trial was first in it. */
interface History {
  readonly own: Happening<TrialEvent>[];
  readonly packs: Map<PackId, Happening<PackEvent>[]>;
}

function historyIn({ events }: ToldEvents, trial: TrialId): History {
  const history: History = { own: [], packs: new Map() };
  for (const [order, { at, event }] of events.entries()) take(history, { trial, at, order, event });
  return history;
}

function take(
  { own, packs }: History,
  { trial, at, order, event }: Happening<SweepEvent> & { readonly trial: TrialId },
): void {
  const join = (formed: readonly NewPack[]): void => {
    for (const { pack, trials } of formed) {
      if (!trials.includes(trial)) continue;
      own.push({ at, order, event: { type: "packed", pack, lanes: trials.length } });
      if (!packs.has(pack)) packs.set(pack, []);
    }
  };
  switch (event.type) {
    case "trialsQueued":
      if (isAmong(event.trials, trial)) own.push({ at, order, event });
      return;
    case "packsQueued":
      return join(event.packs);
    case "packSplit":
    case "lanesDetached":
      packs.get(event.pack)?.push({ at, order, event });
      return join(event.into);
    case "packLeased":
    case "packReleased":
    case "lateMessageRejected":
      return void packs.get(event.pack)?.push({ at, order, event });
    case "trialCompleted":
    case "trialFailed":
    case "trialCancelled":
    case "rungReached":
    case "trialPaused":
    case "trialPromoted":
    case "trialPruned":
    case "trialExploited":
    case "trialRetried":
      if (event.trial === trial) own.push({ at, order, event });
      return;
    default:
      return;
  }
}

/** Trials are asked for in the order of their numbers, without gaps. */
function isAmong(asked: readonly NewTrial[], trial: TrialId): boolean {
  const first = asked[0]?.trial ?? 0;
  return asked[trial - first]?.trial === trial;
}

/** The order of the event by which a trial left a pack; what ended it counts as well. */
function endOfStay(own: readonly Happening<TrialEvent>[], packed: number): number {
  for (const { event, order } of own.slice(packed + 1)) {
    switch (event.type) {
      case "packed":
      case "trialCompleted":
      case "trialFailed":
      case "trialCancelled":
      case "trialPaused":
      case "trialPruned":
        return order;
      default:
        break;
    }
  }
  return Infinity;
}
