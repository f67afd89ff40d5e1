/** What happened in a sweep, in its order: all events but the reports of epochs, which are curves. */
import { compareObjectives, type Goal, type ObjectiveValue } from "../../core/domain/objective.ts";
import type { PackId, WorkerId } from "../../core/domain/ids.ts";
import type { SweepEvent, SweepEventType } from "../../core/domain/sweep_event.ts";
import { askerOf } from "../../core/views/event_text.ts";
import type { StoredEntry } from "../../core/protocol/ports.ts";

/** An event with what only its time knew. */
export interface LoggedEvent {
  readonly event: SweepEvent;
  readonly at: number;
  /** Who held the pack, or who is spoken of. */
  readonly worker: WorkerId | null;
  /** The better result than all before it. */
  readonly isBest: boolean;
}

/** The log of a journal. It only grows. */
export class EventLog {
  readonly #events: LoggedEvent[] = [];
  readonly #kinds = new Map<SweepEventType, number>();
  readonly #holders = new Map<PackId, WorkerId>();
  readonly #goal: Goal;
  #best: ObjectiveValue | null = null;
  #reports = 0;
  #lastDeed: LoggedEvent | null = null;

  /** @param goal Which way results of the sweep are better. */
  constructor(goal: Goal) {
    this.#goal = goal;
  }

  /** All events, the oldest first. */
  get events(): readonly LoggedEvent[] {
    return this.#events;
  }
  /** Reports of epochs that were counted and left out. */
  get reports(): number {
    return this.#reports;
  }
  /** The last that somebody asked for; null: nothing since the start. */
  get lastDeed(): LoggedEvent | null {
    return this.#lastDeed;
  }
  /** How many there are of each kind. */
  get kinds(): ReadonlyMap<SweepEventType, number> {
    return this.#kinds;
  }

  /** Takes the events of the next entry. */
  add({ entry }: StoredEntry): void {
    for (const event of entry.events) {
      if (event.type === "epochReported") {
        this.#reports++;
        continue;
      }
      if (event.type === "packLeased") this.#holders.set(event.pack, event.worker);
      this.#kinds.set(event.type, (this.#kinds.get(event.type) ?? 0) + 1);
      const logged = {
        event,
        at: entry.at,
        worker: this.#workerOf(event),
        isBest: event.type === "trialCompleted" && this.#isBest(event.objective),
      };
      this.#events.push(logged);
      if (askerOf(event) !== null) this.#lastDeed = logged;
    }
  }

  #workerOf(event: SweepEvent): WorkerId | null {
    if ("worker" in event) return event.worker;
    return "pack" in event ? this.#holders.get(event.pack) ?? null : null;
  }

  #isBest(objective: ObjectiveValue): boolean {
    const isBetter = objective.kind === "finite" && (this.#best === null ||
      compareObjectives(objective, this.#best, this.#goal) < 0);
    if (isBetter) this.#best = objective;
    return isBetter;
  }
}
