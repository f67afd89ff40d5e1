/** What an attempt's log says of what happens to it, in words. */
import type { LogLevel } from "../core/domain/attempt_log.ts";
import type { TrialId } from "../core/domain/ids.ts";
import type { Metrics } from "../core/domain/sweep_event.ts";
import type { Instant } from "../core/domain/units.ts";
import type { EpochRecord, LaneDecision, LaneOutcome } from "../core/protocol/messages.ts";
import type { JobOutcome } from "./thread_messages.ts";

/** Where lines go. */
export type WriteLine = (level: LogLevel, text: string, trial?: TrialId | null) => void;

/** Trials that are named one by one. */
const NAMED_TRIALS = 8;
/** Metrics that a line names. */
const NAMED_METRICS = 6;
/** Between two lines about the progress of a pack. */
const PROGRESS_EVERY_MS = 2_000;

/** Where a module's text, and the program's own files, lie on this machine: that is nobody's concern. */
const PLACE_REGEXP = /blob:[^\s:)]*|file:\/\/[^\s:)]*\//g;

/** What was thrown, with the frames of its stack. */
export function stackText(stack: string): string {
  return stack.replaceAll(PLACE_REGEXP, (place) => place.startsWith("blob:") ? "bundle" : "");
}

/** That training begins. `epoch`: where from; null: from the beginning. */
export function beginLine(
  { worker, pack, attempt, trials, epoch }: {
    readonly worker: string;
    readonly pack: number;
    readonly attempt: number;
    readonly trials: readonly TrialId[];
    readonly epoch: number | null;
  },
): string {
  const more = trials.length > NAMED_TRIALS ? `, … ${trials.length} in all` : "";
  const lanes = trials.length === 1 ? "trial" : `${trials.length} lanes: trials`;
  const from = epoch === null ? "" : `, goes on after epoch ${epoch}`;
  return `${worker} begins attempt ${attempt} at pack ${pack}, ` +
    `${lanes} ${trials.slice(0, NAMED_TRIALS).join(", ")}${more}${from}`;
}

/** Tells the epochs of a pack: the first, and then one every few seconds. */
export class ProgressLines {
  readonly #write: WriteLine;
  #toldAt: Instant | null = null;

  constructor(write: WriteLine) {
    this.#write = write;
  }

  /** An epoch is over. A lane that diverged is told of whenever it does. */
  epoch({ epoch, lanes, durationMs }: EpochRecord, now: Instant): void {
    for (const lane of lanes) {
      if (lane.kind !== "diverged") continue;
      this.#write("warn", `diverged in epoch ${epoch}: its loss is not finite`, lane.trial);
    }
    if (this.#toldAt !== null && now - this.#toldAt < PROGRESS_EVERY_MS) return;
    this.#toldAt = now;
    const [first] = lanes;
    const took = `epoch ${epoch}, ${Math.round(durationMs)} ms`;
    const metrics = lanes.length === 1 && first?.kind === "measured"
      ? metricWords(first.metrics)
      : `${lanes.length} lanes`;
    this.#write("info", `${took}: ${metrics}`);
  }
}

/** What the coordinator has decided on lanes. */
export function tellDecisions(write: WriteLine, decisions: readonly LaneDecision[]): void {
  for (const { trial, decision } of decisions) {
    if (decision === "stop") write("info", "stopped: the sweep wants no more of it", trial);
    if (decision === "pause") write("info", "paused: it waits in a checkpoint", trial);
  }
}

/** How training has ended, before that is reported. */
export function tellOutcome(write: WriteLine, outcome: JobOutcome): void {
  switch (outcome.kind) {
    case "trained":
      for (const lane of outcome.lanes) tellLane(write, lane);
      for (const { trial } of outcome.paused?.lanes ?? []) {
        write("info", `waits in a checkpoint after epoch ${outcome.paused?.epoch}`, trial);
      }
      return;
    case "drained":
      return write("info", "given back: the worker drains");
    case "aborted":
      return write("warn", "given up before its end");
    case "failed":
      return write("error", `failed: ${outcome.reason.kind}: ${outcome.reason.message}`);
    default:
      outcome satisfies never;
  }
}

function tellLane(write: WriteLine, lane: LaneOutcome): void {
  if (lane.kind === "trained") {
    write("info", `completed after epoch ${lane.epoch}: ${metricWords(lane.metrics)}`, lane.trial);
  } else if (lane.kind === "diverged") {
    write("warn", `ended as diverged in epoch ${lane.epoch}`, lane.trial);
  }
}

function metricWords(metrics: Metrics): string {
  const all = Object.entries(metrics);
  const told = all.slice(0, NAMED_METRICS).map(([name, value]) =>
    `${name} ${Number(value.toPrecision(5))}`
  );
  return [...told, ...(all.length > told.length ? [`… ${all.length} metrics`] : [])].join(", ");
}
