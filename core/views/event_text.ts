/** What happened, in a line: the wording of events for every reader. */
import { type ParameterDomain, variedParameters } from "../domain/search_space.ts";
import type { ReleaseCause, SweepEvent, SweepEventType } from "../domain/sweep_event.ts";
import type { TrialId } from "../domain/ids.ts";
import type { SweepLedger, Trial } from "../domain/sweep_ledger.ts";
import { count, counted, metricValue, parameterValue, replicatesOf } from "./quantities.ts";

/** What happens all the time in a sweep that is well. */
const ROUTINE: ReadonlySet<SweepEventType> = new Set<SweepEventType>([
  "sweepCreated",
  "coordinatorStarted",
  "trialsQueued",
  "packsQueued",
  "packLeased",
  "epochReported",
  "checkpointStored",
  "trialCancelled",
  "rungReached",
  "trialPaused",
  "trialPromoted",
  "trialPruned",
  "trialExploited",
  "lateMessageRejected",
]);

/** Whether an event is one of many like it; a trial that somebody stopped alone is none. */
export function isRoutine(event: SweepEvent): boolean {
  return ROUTINE.has(event.type) && !isStoppedAlone(event);
}

function isStoppedAlone(event: SweepEvent): boolean {
  return event.type === "trialCancelled" && event.by !== undefined;
}

/**
 * An event in a line without its time. Names that somebody else chose are in it as they are: who
 * prints them to a terminal makes them harmless.
 */
export function eventText(ledger: SweepLedger, event: SweepEvent): string {
  switch (event.type) {
    case "sweepCreated":
      return `sweep created: ${extent(ledger)}`;
    case "coordinatorStarted":
      return `coordinator ${event.coordinator} started, version ${event.versions.trawl}`;
    case "workerQuarantined":
      return `worker ${event.worker} gets no more packs (quarantine): ${event.message}`;
    case "drainAsked":
      return `worker ${event.worker} asked to drain by ${event.by}`;
    case "roundDecided":
      return `round ${event.round} of the race: ${event.message}`;
    case "sweepReopened":
      return `sweep reopened by ${event.by}`;
    case "sweepPaused":
      return `sweep paused by ${event.by}`;
    case "sweepResumed":
      return `sweep resumed by ${event.by}`;
    case "sweepExtended":
      return `sweep extended by ${event.by}: ${extent(ledger)}`;
    case "sweepEnded":
      return `sweep ${event.outcome}${byWhom(event)}: ${
        counted(ledger.counts.completed, "trial")
      } of ${count(ledger.counts.asked)} completed`;
    case "trialsQueued":
    case "trialCompleted":
    case "trialFailed":
    case "trialCancelled":
    case "trialRetried":
    case "rungReached":
    case "trialPaused":
    case "trialPromoted":
    case "trialPruned":
    case "trialExploited":
      return trialText(ledger, event);
    default:
      return packText(ledger, event);
  }
}

type TrialEvent = Extract<
  SweepEvent,
  { readonly type: `trial${string}` | "rungReached" }
>;

function trialText(ledger: SweepLedger, event: TrialEvent): string {
  switch (event.type) {
    case "trialsQueued":
      return `${counted(event.trials.length, "trial")} queued${byWhom(event)}`;
    case "trialCompleted": {
      const value = event.objective.kind === "finite"
        ? `${ledger.spec.metric.name} ${metricValue(event.objective.value)}`
        : "diverged";
      return `${describeTrial(ledger, ledger.trial(event.trial))} completed: ${value}`;
    }
    case "trialFailed":
      return `trial ${event.trial} failed: ${event.reason.kind}: ${event.reason.message}`;
    case "trialCancelled":
      return event.by === undefined
        ? `trial ${event.trial} cancelled`
        : `trial ${event.trial} stopped by ${event.by}`;
    case "trialRetried":
      return `trial ${event.trial} queued again by ${event.by}`;
    case "rungReached":
      return `trial ${event.trial} passed the rung at epoch ${event.epoch}`;
    case "trialPaused":
      return `trial ${event.trial} waits at epoch ${event.epoch}`;
    case "trialPromoted":
      return `trial ${event.trial} goes on to ${
        event.target === null ? "its end" : `epoch ${event.target}`
      }`;
    case "trialPruned":
      return `trial ${event.trial} pruned${prunedAt(event)}: ${event.message}`;
    case "trialExploited":
      return `trial ${event.trial} goes on from trial ${event.donor}: ${event.message}`;
    default:
      return event satisfies never;
  }
}

/** Schedulers mostly say the epoch themselves: twice would be a stutter. */
function prunedAt(
  { epoch, message }: Extract<SweepEvent, { readonly type: "trialPruned" }>,
): string {
  return new RegExp(`\\bat epoch ${epoch}\\b`).test(message) ? "" : ` at epoch ${epoch}`;
}

type PackEvent = Extract<SweepEvent, { readonly pack: unknown } | { readonly packs: unknown }>;

function packText(
  ledger: SweepLedger,
  event: Exclude<PackEvent, TrialEvent>,
): string {
  switch (event.type) {
    case "packsQueued":
      return `${counted(event.packs.length, "pack")} queued`;
    case "packLeased": {
      const { trials } = ledger.pack(event.pack);
      return `pack ${event.pack} (${trials.length === 1 ? "trial" : "trials"} ${
        trials.join(", ")
      }) started on ${event.worker}, ${event.backend}, attempt ${event.attempt}`;
    }
    case "packReleased":
      return `pack ${event.pack} ${released(event.cause)}: its trials go on from their checkpoint`;
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
    case "epochReported":
      return `pack ${event.pack} reported epoch ${event.epoch}`;
    case "checkpointStored":
      return `pack ${event.pack} checkpointed at epoch ${event.epoch}`;
    case "lateMessageRejected":
      return `late ${event.message} of ${event.worker} for pack ${event.pack} rejected`;
    default:
      return event satisfies never;
  }
}

/** Who asked for what the event says; null: it follows from other events. */
export function askerOf(event: SweepEvent): string | null {
  if (event.type === "trialsQueued") {
    const [first] = event.trials;
    const by = first?.proposal?.sampler === "manual" ? first.proposal.facts["by"] : undefined;
    return by === undefined ? null : String(by);
  }
  const by = "by" in event ? event.by : undefined;
  return by === undefined || by === "coordinator" ? null : by;
}

function byWhom(event: SweepEvent): string {
  const by = askerOf(event);
  return by === null ? "" : ` by ${by}`;
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

function describeTrial({ spec }: SweepLedger, trial: Trial): string {
  // A parameter whose condition does not hold is not there.
  const varied = variedParameters(spec.parameters)
    .filter(({ name }) => trial.hyperparameters[name] !== undefined)
    .map(({ name }) => `${name}=${parameterValue(trial.hyperparameters[name])}`);
  const replicate = spec.replicates > 1 ? [`replicate ${trial.replicate}`] : [];
  const details = [...varied, ...replicate];
  return details.length === 0 ? `trial ${trial.id}` : `trial ${trial.id} (${details.join(" ")})`;
}
