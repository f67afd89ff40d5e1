/** A sweep's important events, a plain line each: for pipes, logs and the foot of the board. */
import { compareObjectives, type ObjectiveValue } from "../../core/domain/objective.ts";
import type { TrialId } from "../../core/domain/ids.ts";
import { type ParameterDomain, variedParameters } from "../../core/domain/search_space.ts";
import type { JournalEntry, ReleaseCause, SweepEvent } from "../../core/domain/sweep_event.ts";
import type { SweepLedger, Trial } from "../../core/domain/sweep_ledger.ts";
import type { SweepView } from "../../core/views/sweep_view.ts";
import {
  clockTime,
  count,
  counted,
  metricValue,
  parameterValue,
  replicatesOf,
} from "./quantities.ts";
import { printable } from "./text.ts";

/** Up to this many trials each one's end is worth a line; beyond it, every hundredth part is. */
const FEW_TRIALS = 100;

/** Tells a sweep in lines. It remembers the best result, so that it can say when one is better. */
export class EventNarrator {
  readonly #verbose: boolean;
  #best: ObjectiveValue | null = null;

  /** `verbose`: also what is routine, such as the start of every trial. */
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
    return entry.events
      .filter((event) => !others.includes(event))
      .map((event) => event === retried ? retryLine(event, others) : this.#line(view, event))
      .filter((line) => line !== null)
      .map((line) => printable(`${time}  ${line}`));
  }

  #line(view: SweepView, event: SweepEvent): string | null {
    const { ledger } = view;
    switch (event.type) {
      case "trialCompleted":
        return this.#completed(view, event);
      case "trialFailed": {
        const { kind, message } = event.reason;
        return `trial ${event.trial} failed: ${kind}: ${message}`;
      }
      case "packReleased":
        return `pack ${event.pack} ${
          released(event.cause)
        }: its trials go on from their checkpoint`;
      case "packSplit":
        return `pack ${event.pack} did not fit in memory: its trials go on in ${
          event.into.map(({ trials }) => trials.length).join(" and ")
        } lanes`;
      case "lanesDetached": {
        const [verb, whose] = event.trials.length === 1 ? ["leaves", "its"] : ["leave", "their"];
        return `${trialsOf(event.trials)} ${verb} pack ${event.pack} for an idle slot, ` +
          `from ${whose} epoch ${event.epoch} on: pack ${
            event.into.map(({ pack }) => pack).join(", ")
          }`;
      }
      case "workerQuarantined":
        return `worker ${event.worker} gets no more packs (quarantine): ${event.message}`;
      case "roundDecided":
        return `round ${event.round} of the race: ${event.message}`;
      case "sweepReopened":
        return `sweep reopened by ${event.by}`;
      case "sweepPaused":
        return `sweep paused by ${event.by}`;
      case "sweepResumed":
        return `sweep resumed by ${event.by}`;
      case "sweepEnded":
        return `sweep ${event.outcome}: ${counted(ledger.counts.completed, "trial")} of ${
          count(ledger.counts.asked)
        } completed`;
      case "sweepExtended":
        return `sweep extended by ${event.by}: ${extent(ledger)}`;
      default:
        return this.#verbose ? routine(view, event) : null;
    }
  }

  #completed(
    view: SweepView,
    event: Extract<SweepEvent, { type: "trialCompleted" }>,
  ): string | null {
    const isBest = this.#isBest(event.objective, view);
    const { counts, spec } = view.ledger;
    const over = counts.asked - counts.queued - counts.running - counts.paused;
    const share = Math.ceil(counts.asked / FEW_TRIALS);
    const isWorthALine = this.#verbose || isBest || counts.asked <= FEW_TRIALS ||
      over % share === 0;
    if (!isWorthALine) return null;
    const value = event.objective.kind === "finite"
      ? `${spec.metric.name} ${metricValue(event.objective.value)}`
      : "diverged";
    const trial = describeTrial(view, view.ledger.trial(event.trial));
    const best = isBest ? ", the best so far" : "";
    return `${trial} completed: ${value}${best} (${count(over)}/${count(counts.asked)})`;
  }

  #isBest(objective: ObjectiveValue, view: SweepView): boolean {
    const isBetter = objective.kind === "finite" && (this.#best === null ||
      compareObjectives(objective, this.#best, view.ledger.spec.metric.goal) < 0);
    if (isBetter) this.#best = objective;
    return isBetter;
  }
}

/** Trials that are retried together are told in one line: there may be thousands. */
function retryLine(first: SweepEvent, others: readonly SweepEvent[]): string | null {
  if (first.type !== "trialRetried") return null;
  const what = others.length === 0
    ? `trial ${first.trial}`
    : `trial ${first.trial} and ${count(others.length)} more`;
  return `${what} queued again by ${first.by}`;
}

/** How much the sweep asks for, of what an extension can change. */
function extent({ spec }: SweepLedger): string {
  const varied = variedParameters(spec.parameters).map(({ name, domain }) =>
    `${name} ${extentOf(domain)}`
  );
  const cap = spec.runCap === null ? [] : [`at most ${counted(spec.runCap, "trial")}`];
  return [...varied, replicatesOf(spec), ...cap].join(", ");
}

function extentOf(domain: ParameterDomain): string {
  switch (domain.kind) {
    case "values":
      return counted(domain.values.length, "value");
    case "int":
    case "float":
      return `${parameterValue(domain.min)} to ${parameterValue(domain.max)}`;
    case "normal":
      return "normally distributed";
    default:
      return domain satisfies never;
  }
}

/** What happens all the time. */
function routine(view: SweepView, event: SweepEvent): string | null {
  switch (event.type) {
    case "trialsQueued":
      return `${counted(event.trials.length, "trial")} queued`;
    case "packLeased": {
      const { trials } = view.ledger.pack(event.pack);
      return `pack ${event.pack} (trials ${
        trials.join(", ")
      }) started on ${event.worker}, ${event.backend}, ` +
        `attempt ${event.attempt}`;
    }
    case "checkpointStored":
      return `pack ${event.pack} checkpointed at epoch ${event.epoch}`;
    case "trialCancelled":
      return `trial ${event.trial} cancelled`;
    case "coordinatorStarted":
      return `coordinator ${event.coordinator} started, version ${event.versions.trawl}`;
    case "lateMessageRejected":
      return `late ${event.message} of ${event.worker} for pack ${event.pack} rejected`;
    default:
      return null;
  }
}

function trialsOf(trials: readonly TrialId[]): string {
  return trials.length === 1 ? `trial ${trials[0]}` : `trials ${trials.join(", ")}`;
}

function released(cause: ReleaseCause): string {
  switch (cause.kind) {
    case "leaseExpired":
      return "lost its worker (lease expired)";
    case "returned":
      return `was given back (${cause.message})`;
    case "failed":
      return `failed an attempt (${cause.reason.kind}: ${cause.reason.message})`;
    default:
      return cause satisfies never;
  }
}

function describeTrial(view: SweepView, trial: Trial): string {
  const varied = variedParameters(view.ledger.spec.parameters)
    .map(({ name }) => `${name}=${parameterValue(trial.hyperparameters[name])}`);
  const replicate = view.ledger.spec.replicates > 1 ? [`replicate ${trial.replicate}`] : [];
  const details = [...varied, ...replicate];
  return details.length === 0 ? `trial ${trial.id}` : `trial ${trial.id} (${details.join(" ")})`;
}
