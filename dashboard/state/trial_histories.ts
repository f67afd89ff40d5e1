/** What happened to each trial and each pack, in the order in which it was decided. */
import type { PackId, TrialId } from "../../core/domain/ids.ts";
import type { JournalEntry, NewPack, SweepEvent } from "../../core/domain/sweep_event.ts";
import type { Instant } from "../../core/domain/units.ts";

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
  readonly at: Instant;
  readonly order: number;
  readonly event: Event;
}

/** The histories of a sweep: lanes of a pack share what happened to it. */
export class TrialHistories {
  readonly #trials = new Map<TrialId, Happening<TrialEvent>[]>();
  readonly #packs = new Map<PackId, Happening<PackEvent>[]>();
  #order = 0;

  /** Takes an entry in. */
  apply({ at, events }: Pick<JournalEntry, "at" | "events">): void {
    for (const event of events) {
      this.#order++;
      this.#take(event, at);
    }
  }

  /** All that happened to a trial, and to the packs that it was in while it was to be trained. */
  of(trial: TrialId): readonly Happening<TrialEvent | PackEvent>[] {
    const own = this.#trials.get(trial) ?? [];
    const all: Happening<TrialEvent | PackEvent>[] = [];
    for (const [index, happening] of own.entries()) {
      all.push(happening);
      if (happening.event.type !== "packed") continue;
      const until = endOfStay(own, index);
      const pack = this.#packs.get(happening.event.pack) ?? [];
      all.push(...pack.filter(({ order }) => order >= happening.order && order <= until));
    }
    return all.sort((a, b) => a.order - b.order);
  }

  #take(event: SweepEvent, at: Instant): void {
    const happening = { at, order: this.#order };
    switch (event.type) {
      case "trialsQueued":
        for (const { trial } of event.trials) this.#ofTrial(trial, { ...happening, event });
        return;
      case "packsQueued":
        return this.#pack(event.packs, happening);
      case "packSplit":
      case "lanesDetached":
        push(this.#packs, event.pack, { ...happening, event });
        return this.#pack(event.into, happening);
      case "packLeased":
      case "packReleased":
      case "lateMessageRejected":
        return push(this.#packs, event.pack, { ...happening, event });
      case "trialCompleted":
      case "trialFailed":
      case "trialCancelled":
      case "rungReached":
      case "trialPaused":
      case "trialPromoted":
      case "trialPruned":
      case "trialExploited":
      case "trialRetried":
        return this.#ofTrial(event.trial, { ...happening, event });
      default:
        return;
    }
  }

  #pack(
    packs: readonly NewPack[],
    happening: { readonly at: Instant; readonly order: number },
  ): void {
    for (const { pack, trials } of packs) {
      const event = { type: "packed", pack, lanes: trials.length } as const;
      const shared = { ...happening, event };
      for (const trial of trials) this.#ofTrial(trial, shared);
    }
  }

  #ofTrial(trial: TrialId, happening: Happening<TrialEvent>): void {
    push(this.#trials, trial, happening);
  }
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

function push<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
