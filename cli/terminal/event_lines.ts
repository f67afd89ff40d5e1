/** A sweep's important events, a plain line each: for pipes, logs and the foot of the board. */
import { compareObjectives, type ObjectiveValue } from "../../core/domain/objective.ts";
import type { JournalEntry, SweepEvent, SweepEventType } from "../../core/domain/sweep_event.ts";
import type { LedgerCounts } from "../../core/domain/sweep_ledger.ts";
import type { Instant } from "../../core/domain/units.ts";
import { eventText, isRoutine } from "../../core/views/event_text.ts";
import { clockTime, count } from "../../core/views/quantities.ts";
import type { SweepView } from "../../core/views/sweep_view.ts";
import { printable } from "./text.ts";

/** Up to this many trials each one's end is worth a line; beyond it, every hundredth part is. */
const FEW_TRIALS = 100;

/** A pipe that has not said anything for so long says how far the sweep is. */
const QUIET_MS = 30_000;

/** What has no line even when everything is asked for: the board shows it as it goes. */
const SILENT: ReadonlySet<SweepEventType> = new Set<SweepEventType>([
  "sweepCreated",
  "packsQueued",
  "epochReported",
]);

/** Tells a sweep in lines. It remembers the best result, so that it can say when one is better. */
export class EventNarrator {
  readonly #verbose: boolean;
  #best: ObjectiveValue | null = null;
  #hasBegun = false;
  #toldAt: Instant | null = null;

  /** `verbose`: also what is routine, such as the start of every trial; else only the first. */
  constructor(options: { readonly verbose: boolean }) {
    this.#verbose = options.verbose;
  }

  /** Takes note of the results that a view has already: they are not told. */
  catchUp(view: SweepView): void {
    for (const { state } of view.ledger.trials) {
      if (state.status === "completed") this.#isBest(state.objective, view);
    }
  }

  /** The lines of an entry that was just folded into the view. */
  lines(view: SweepView, entry: JournalEntry): readonly string[] {
    const time = clockTime(Math.max(0, entry.at - view.createdAt - view.sweepTimes.idleMs))
      .padStart(6);
    const [retried, ...others] = entry.events.filter(({ type }) => type === "trialRetried");
    const [stopped, ...alike] = entry.events.filter(isStopped);
    const told = new Set<SweepEvent>([...others, ...alike]);
    const lines = entry.events
      .filter((event) => !told.has(event))
      .map((event) => {
        if (event === retried) return retryLine(event, others);
        if (event === stopped) return stopLine(event, alike);
        return this.#line(view, event);
      })
      .filter((line) => line !== null);
    this.#toldAt ??= entry.at;
    if (lines.length === 0 && entry.at - this.#toldAt >= QUIET_MS) {
      lines.push(...progressLines(view, entry));
    }
    if (lines.length > 0) this.#toldAt = entry.at;
    return lines.map((line) => printable(`${time}  ${line}`));
  }

  #line(view: SweepView, event: SweepEvent): string | null {
    if (event.type === "trialCompleted") return this.#completed(view, event);
    if (event.type === "packLeased" && !this.#hasBegun) {
      this.#hasBegun = true;
      return eventText(view.ledger, event);
    }
    if (SILENT.has(event.type) || !this.#verbose && isRoutine(event)) return null;
    return eventText(view.ledger, event);
  }

  #completed(
    view: SweepView,
    event: Extract<SweepEvent, { type: "trialCompleted" }>,
  ): string | null {
    const isBest = this.#isBest(event.objective, view);
    const { counts } = view.ledger;
    const over = overOf(counts);
    const share = Math.ceil(counts.asked / FEW_TRIALS);
    const isWorthALine = this.#verbose || isBest || counts.asked <= FEW_TRIALS ||
      over % share === 0;
    if (!isWorthALine) return null;
    const best = isBest ? ", the best so far" : "";
    return `${eventText(view.ledger, event)}${best} (${count(over)}/${count(counts.asked)})`;
  }

  #isBest(objective: ObjectiveValue, view: SweepView): boolean {
    const isBetter = objective.kind === "finite" && (this.#best === null ||
      compareObjectives(objective, this.#best, view.ledger.spec.metric.goal) < 0);
    if (isBetter) this.#best = objective;
    return isBetter;
  }
}

/** How many trials have ended, whichever way. */
function overOf({ asked, queued, running, paused }: LedgerCounts): number {
  return asked - queued - running - paused;
}

/** How far a sweep is, where the latest that happened is an epoch. */
function progressLines({ ledger }: SweepView, { events }: JournalEntry): readonly string[] {
  const reported = events.findLast((event) => event.type === "epochReported");
  if (reported === undefined) return [];
  const { counts } = ledger;
  return [
    `${count(overOf(counts))}/${count(counts.asked)} trials over, ` +
    `${count(counts.running)} running; ${eventText(ledger, reported)}`,
  ];
}

/** Trials that are retried together are told in one line: there may be thousands. */
function retryLine(first: SweepEvent, others: readonly SweepEvent[]): string | null {
  if (first.type !== "trialRetried") return null;
  return `${trialAnd(first, others)} queued again by ${first.by}`;
}

/** As those that are retried. */
function stopLine(first: SweepEvent, others: readonly SweepEvent[]): string | null {
  if (!isStopped(first)) return null;
  return `${trialAnd(first, others)} stopped by ${first.by}`;
}

function trialAnd(
  { trial }: { readonly trial: number },
  others: readonly SweepEvent[],
): string {
  return others.length === 0 ? `trial ${trial}` : `trial ${trial} and ${count(others.length)} more`;
}

type Stopped = Extract<SweepEvent, { type: "trialCancelled" }> & { readonly by: string };

function isStopped(event: SweepEvent): event is Stopped {
  return event.type === "trialCancelled" && event.by !== undefined;
}
