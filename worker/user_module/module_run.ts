/** One job whose trainer is a user's module: its reports, checkpoints and results as any job's. */
import { getLogger } from "@logtape/logtape";
import type { TrialId } from "../../core/domain/ids.ts";
import type { Metrics } from "../../core/domain/sweep_event.ts";
import { epoch, type Instant, type Milliseconds, milliseconds } from "../../core/domain/units.ts";
import type { LaneOutcome } from "../../core/protocol/messages.ts";
import type { Timers } from "../../core/protocol/ports.ts";
import { stackText } from "../attempt_log_lines.ts";
import { failureReason } from "../failure_reason.ts";
import type { JobSink } from "../job_run.ts";
import type { JobLane, JobOutcome, ModuleJob } from "../thread_messages.ts";
import { moduleFailure } from "./module_failure.ts";
import { ModuleHost } from "./module_host.ts";
import type { ModuleMessage } from "./module_messages.ts";

const logger = getLogger(["trawl", "worker", "module"]);

/** How long a module has to end when it is asked to. */
const PATIENCE_MS: Milliseconds = milliseconds(5_000);

/** What a module's job runs with. */
export interface ModuleRunOptions {
  readonly timers: Timers;
  readonly sink: Pick<JobSink, "alive" | "epoch" | "checkpoint" | "log">;
  readonly patienceMs?: Milliseconds;
}

/** Why a module that still runs is asked to end. */
type Ending = "stopped" | "drained" | "diverged";

const REASONS: Readonly<Record<Ending, string>> = {
  stopped: "The trial was stopped",
  drained: "The worker drains: the trial goes on elsewhere from its last checkpoint",
  diverged: "The trial diverged: its objective is no finite number",
};

/** Runs once. The requests may come at any time and are harmless when it is too late for them. */
export class ModuleRun {
  readonly #job: ModuleJob;
  readonly #options: ModuleRunOptions;
  readonly #over = Promise.withResolvers<JobOutcome>();
  readonly #ended = new AbortController();
  #host: ModuleHost | null = null;
  #lane: JobLane | null = null;
  #ending: Ending | null = null;
  #epoch: number;
  #metrics: Metrics = {};
  #reportedAt: Instant;

  constructor(job: ModuleJob, options: ModuleRunOptions) {
    this.#job = job;
    this.#options = options;
    this.#epoch = job.resume?.epoch ?? 0;
    this.#reportedAt = options.timers.now();
  }

  /** The trial trains no further; its last checkpoint is what it can go on from. */
  stopLanes(trials: readonly TrialId[]): void {
    if (this.#lane !== null && trials.includes(this.#lane.trial)) this.#ask("stopped");
  }

  /** The coordinator has answered for this epoch, and said before what it wants. */
  decided(answered: number): void {
    this.#host?.decided(answered);
  }

  /** Lets the module make a last checkpoint, and ends. */
  drain(): void {
    this.#ask("drained");
  }

  /** Ends at once. */
  abort(): void {
    this.#end({ kind: "aborted" });
  }

  /** Never rejects. */
  async run(): Promise<JobOutcome> {
    const { task, lanes, text, seed, resume } = this.#job;
    const [lane, ...others] = lanes;
    if (lane === undefined || others.length > 0) {
      const message = `Cannot run a module for ${lanes.length} trials: it must be one`;
      return { kind: "failed", reason: { kind: "exception", message } };
    }
    this.#lane = lane;
    const { trial, replicate, hyperparameters: parameters } = lane;
    try {
      using host = ModuleHost.start({
        task,
        start: { text, parameters, trial, replicate, seed, resumed: resume },
      }, {
        message: (message) => this.#receive(message),
        broke: (why) => this.#finish({ kind: "failed", reason: failureReason(why) }),
      });
      this.#host = host;
      if (this.#ending !== null) host.stop(REASONS[this.#ending]);
      return await this.#over.promise;
    } catch (error) {
      return { kind: "failed", reason: refusal(error) };
    } finally {
      this.#host = null;
      this.#ended.abort();
    }
  }

  #receive(message: Exclude<ModuleMessage, { readonly type: "wantsTensorflow" }>): void {
    const { sink } = this.#options;
    // Who prints for ever is no more alive than who is silent.
    if (message.type === "printed") {
      if (message.skipped > 0) sink.log("warn", `… ${message.skipped} lines were left out here`);
      for (const { level, text } of message.lines) sink.log(level, text);
      return;
    }
    sink.alive();
    switch (message.type) {
      case "report":
        return this.#report(message);
      case "checkpoint":
        return this.#checkpoint(message.bytes);
      case "alive":
        return;
      case "returned":
        return this.#return(message.metrics);
      case "threw":
        if (message.stack !== "") {
          sink.log("error", stackText(message.stack));
        }
        return this.#finish({ kind: "failed", reason: moduleFailure(message, this.#job.text) });
      default:
        message satisfies never;
    }
  }

  #report({ epoch: number, metrics }: Extract<ModuleMessage, { type: "report" }>): void {
    const lane = this.#lane;
    if (lane === null || this.#ending !== null || number <= this.#epoch) return;
    this.#epoch = number;
    const now = this.#options.timers.now();
    const durationMs = milliseconds(Math.max(0, Math.round(now - this.#reportedAt)));
    this.#reportedAt = now;
    const { trial } = lane;
    const isDiverged = this.#isDiverged(metrics);
    this.#metrics = finite(metrics);
    this.#options.sink.epoch({
      epoch: epoch(number),
      durationMs,
      lanes: [
        isDiverged
          ? { trial, kind: "diverged" }
          : { trial, kind: "measured", metrics: this.#metrics },
      ],
    }, 0);
    if (isDiverged) this.#ask("diverged");
  }

  #checkpoint(bytes: Uint8Array<ArrayBuffer>): void {
    const lane = this.#lane;
    if (lane === null || this.#ending === "diverged") return;
    this.#options.sink.checkpoint({ epoch: epoch(this.#epoch), trials: [lane.trial], bytes });
  }

  #return(returned: Extract<ModuleMessage, { type: "returned" }>["metrics"]): void {
    const lane = this.#lane;
    if (lane === null) return;
    const { metric } = this.#job;
    const metrics: Metrics = typeof returned === "number"
      ? { [metric ?? "objective"]: returned }
      : returned ?? {};
    this.#finish({
      kind: "trained",
      lanes: [
        this.#isDiverged(metrics) ? this.#diverged(lane) : {
          trial: lane.trial,
          kind: "trained",
          epoch: epoch(Math.max(1, this.#epoch)),
          metrics: { ...this.#metrics, ...finite(metrics) },
          result: null,
          model: null,
        },
      ],
    });
  }

  #isDiverged(metrics: Metrics): boolean {
    const { metric, objectives = metric === null ? [] : [metric] } = this.#job;
    return objectives.some((name) =>
      Object.hasOwn(metrics, name) && !Number.isFinite(metrics[name])
    );
  }

  #diverged({ trial }: JobLane): LaneOutcome {
    return { trial, kind: "diverged", epoch: epoch(Math.max(1, this.#epoch)) };
  }

  /** The module is asked first; one that does not listen is ended. */
  #ask(ending: Ending): void {
    if (this.#ending !== null) return;
    this.#ending = ending;
    this.#host?.stop(REASONS[ending]);
    void this.#endAfterPatience();
  }

  async #endAfterPatience(): Promise<void> {
    const { timers, patienceMs = PATIENCE_MS } = this.#options;
    try {
      await timers.sleep(patienceMs, { signal: this.#ended.signal });
    } catch {
      // It has ended by itself.
      return;
    }
    logger.info("A module does not end by itself: ending it");
    this.#finish({ kind: "aborted" });
  }

  /** The module is over. However it ended: if it was asked to, that is what counts. */
  #finish(outcome: JobOutcome): void {
    const lane = this.#lane;
    switch (this.#ending) {
      case null:
        return this.#end(outcome);
      case "stopped":
        return this.#end({ kind: "trained", lanes: [] });
      case "drained":
        return this.#end({ kind: "drained" });
      case "diverged":
        return this.#end({ kind: "trained", lanes: lane === null ? [] : [this.#diverged(lane)] });
      default:
        this.#ending satisfies never;
    }
  }

  #end(outcome: JobOutcome): void {
    this.#over.resolve(outcome);
  }
}

/** JSON has no word for the others. */
function finite(metrics: Metrics): Metrics {
  return Object.fromEntries(Object.entries(metrics).filter(([, value]) => Number.isFinite(value)));
}

function refusal(error: unknown): ReturnType<typeof failureReason> {
  if (!(error instanceof Deno.errors.NotCapable)) return failureReason(error);
  return failureReason(
    "Cannot give the module what its sweep file grants it: this worker may not do that itself; " +
      "see docs/security.md",
  );
}
