/** One attempt of one pack in a slot: trains it, tells the coordinator, and ends its lease rightly. */
import { getLogger } from "@logtape/logtape";
import type { TrialId } from "../core/domain/ids.ts";
import type { FailureReason } from "../core/domain/trial.ts";
import { type Milliseconds, milliseconds } from "../core/domain/units.ts";
import type { EpochRecord, LaneDecision, LaneOutcome } from "../core/protocol/messages.ts";
import { MessageTooLargeError } from "../core/protocol/codec.ts";
import type { AttemptEnd, GrantedAttempt, SlotDeps, SlotOptions } from "./attempt.ts";
import { AttemptApi } from "./attempt_api.ts";
import { AttemptLogbook } from "./attempt_log.ts";
import {
  beginLine,
  ProgressLines,
  tellDecisions,
  tellOutcome,
  type WriteLine,
} from "./attempt_log_lines.ts";
import { AwaitedReports } from "./awaited_reports.ts";
import { CheckpointShelf } from "./checkpoint_shelf.ts";
import { failureReason } from "./failure_reason.ts";
import { LeavingLanes } from "./leaving_lanes.ts";
import { LeaseFenced, LeaseKeeper, LeaseLost, TrainingStalled } from "./lease_keeper.ts";
import { onAbort } from "./on_abort.ts";
import { Outbox, type SavedCheckpoint } from "./outbox.ts";
import { packJobOf } from "./pack_job.ts";
import { type LoadArtifact, ownCheckpoint } from "./starting_point.ts";
import type { JobOutcome, PackJob } from "./thread_messages.ts";
import type { TrainingJob } from "./training_thread.ts";
import { TrialShelf } from "./trial_shelf.ts";

const logger = getLogger(["trawl", "worker", "slot"]);

/** How long a last word may take when nobody waits for it any more. */
const LAST_WORD_MS: Milliseconds = milliseconds(1_000);

/** Runs an attempt to its end; what goes wrong is in the result. */
export async function runAttempt(
  attempt: GrantedAttempt,
  context: { readonly deps: SlotDeps; readonly options: SlotOptions },
): Promise<AttemptEnd> {
  return await new SlotRun(attempt, context.deps, context.options).run();
}

class SlotRun {
  readonly #attempt: GrantedAttempt;
  readonly #deps: SlotDeps;
  readonly #options: SlotOptions;
  readonly #api: AttemptApi;
  readonly #keeper: LeaseKeeper;
  readonly #shelf: CheckpointShelf;
  readonly #outbox: Outbox;
  /** The lease is over, or the process ends. */
  readonly #gone: AbortSignal;
  #job: TrainingJob | null = null;
  readonly #paused = new Set<TrialId>();
  readonly #leaving = new LeavingLanes();
  readonly #awaited: AwaitedReports;
  readonly #log: AttemptLogbook;
  readonly #write: WriteLine;
  readonly #progress: ProgressLines;

  constructor(attempt: GrantedAttempt, deps: SlotDeps, options: SlotOptions) {
    this.#attempt = attempt;
    this.#deps = deps;
    this.#options = options;
    const { ref, grant, lease, claimedAt } = attempt;
    this.#awaited = new AwaitedReports(grant.waitAfter);
    const { api, timers, artifacts } = deps;
    this.#log = new AttemptLogbook({ artifacts, timers, ref });
    this.#write = (...line) => this.#log.write(...line);
    this.#progress = new ProgressLines(this.#write);
    const { leaseMs } = grant;
    this.#keeper = new LeaseKeeper({
      lease,
      leaseMs,
      claimedAt,
      timers,
      maxSilenceMs: options.maxSilenceMs,
      ask: async (asking) => {
        // Who waits for an answer is not stuck.
        if (this.#awaited.isWaiting) this.#keeper.moved();
        this.#log.storeIfDue();
        const reply = await api.request("renew", ref, asking);
        if (reply.type === "accepted" && reply.drain) options.onDrainAsked();
        return reply;
      },
    });
    this.#api = new AttemptApi({
      api,
      ref,
      timers,
      contact: this.#keeper,
      timeoutMs: milliseconds(leaseMs / 3),
    });
    this.#shelf = new CheckpointShelf({
      artifacts,
      api: this.#api,
      timers,
      granted: ownCheckpoint(ref, grant.lanes),
    });
    this.#gone = AbortSignal.any([this.#keeper.signal, options.stop]);
    const whileHeld = { signal: this.#gone };
    this.#outbox = new Outbox({
      report: (records) => this.#report(this.#leaving.epochsHere(records)),
      store: async (saved) => {
        const checkpoint = this.#leaving.checkpointHere(saved);
        if (checkpoint !== null) await this.#shelf.store(checkpoint, whileHeld);
      },
      detach: (lanes) => this.#detach(lanes),
      decided: (decisions, epoch) => {
        this.#obey(decisions);
        this.#awaited.decided(epoch);
        this.#job?.decided(epoch);
      },
    });
  }

  /** A server may take less in one message than we guess: then the epochs go in two. */
  async #report(epochs: readonly EpochRecord[]): Promise<readonly LaneDecision[]> {
    if (epochs.length === 0) return [];
    const { ref } = this.#attempt;
    try {
      const reply = await this.#api.send("report", { ...ref, epochs }, { signal: this.#gone });
      if (reply.type !== "decided") return [];
      if (reply.drain) this.#options.onDrainAsked();
      return reply.decisions;
    } catch (error) {
      if (!(error instanceof MessageTooLargeError) || epochs.length < 2) throw error;
      const half = Math.ceil(epochs.length / 2);
      const first = await this.#report(epochs.slice(0, half));
      return [...first, ...await this.#report(epochs.slice(half))];
    }
  }

  async run(): Promise<AttemptEnd> {
    const keeping = this.#keeper.run();
    try {
      const outcome = await this.#train();
      tellOutcome(this.#write, outcome);
      await this.#log.close();
      return await this.#conclude(outcome);
    } catch (error) {
      const end = await this.#explain(error);
      await this.#log.close();
      return end;
    } finally {
      this.#keeper.end();
      await keeping;
    }
  }

  /** Trains and delivers until both are over. @throws {unknown} If delivering cannot go on. */
  async #train(): Promise<JobOutcome> {
    const pack = await this.#packJob();
    this.#write(
      "info",
      beginLine({
        ...this.#attempt.ref,
        trials: pack.lanes.map(({ trial }) => trial),
        epoch: pack.resume?.epoch ?? null,
      }),
    );
    const job = this.#deps.thread.train(pack, {
      moved: () => this.#keeper.moved(),
      epoch: (record, laneSteps) => {
        this.#awaited.reported(record);
        this.#progress.epoch(record, this.#deps.timers.now());
        this.#outbox.addEpoch(record);
        this.#options.onLaneSteps(laneSteps);
      },
      checkpoint: (checkpoint) => this.#outbox.addCheckpoint(checkpoint),
      copied: (lanes) => this.#outbox.addLeaving(lanes),
      log: this.#write,
    });
    this.#job = job;
    using _gone = onAbort(this.#gone, job.abort);
    using _drain = onAbort(this.#options.drain, job.drain);
    const trained = job.outcome.finally(() => this.#outbox.close());
    const delivered = this.#outbox.run({ signal: this.#gone }).catch((error: unknown) => {
      // Where the lease is gone, that has told the job already.
      if (!this.#gone.aborted) job.abort();
      throw error;
    });
    // Both are awaited whatever happens, because the thread must be free for the next attempt.
    const [outcome, delivery] = await Promise.allSettled([trained, delivered]);
    if (delivery.status === "rejected") throw delivery.reason;
    if (outcome.status === "rejected") throw outcome.reason;
    return outcome.value;
  }

  async #packJob(): Promise<PackJob> {
    const { grant, ref } = this.#attempt;
    const { modules } = this.#deps;
    const load: LoadArtifact = (artifact) => this.#shelf.load(artifact, { signal: this.#gone });
    return await packJobOf(grant, { sweep: ref.sweep, modules, load });
  }

  #obey(decisions: readonly LaneDecision[]): void {
    tellDecisions(this.#write, decisions);
    const withDecision = (wanted: LaneDecision["decision"]): readonly TrialId[] =>
      decisions.filter(({ decision }) => decision === wanted).map(({ trial }) => trial);
    const stopped = withDecision("stop");
    const paused = withDecision("pause");
    for (const trial of paused) this.#paused.add(trial);
    if (paused.length > 0) this.#job?.stopLanes(paused, { checkpoint: true });
    if (stopped.length > 0) this.#job?.stopLanes(stopped, { checkpoint: false });
    const parts = this.#leaving.take(decisions);
    if (parts.length > 0) this.#job?.copyLanes(parts);
  }

  /** Until the coordinator has accepted, the lanes train on here: if it never does, nothing is lost. */
  async #detach(lanes: SavedCheckpoint): Promise<void> {
    const { trials } = lanes;
    const isDone = await this.#shelf.detach(lanes, { signal: this.#gone });
    if (!isDone) return this.#leaving.stay(trials);
    this.#leaving.leave(trials);
    for (const trial of trials) this.#write("info", "leaves this pack for an idle slot", trial);
    this.#job?.stopLanes(trials, { checkpoint: false });
    logger.info("Pack {pack}: trials {trials} leave for an idle slot", {
      pack: this.#attempt.ref.pack,
      trials,
    });
  }

  /** Everything is delivered, and the lease holds: says how it ended, then lets go of the lease. */
  async #conclude(outcome: JobOutcome): Promise<AttemptEnd> {
    const { ref } = this.#attempt;
    const options = { signal: this.#gone };
    switch (outcome.kind) {
      case "trained": {
        const lanes = [...await this.#storeFiles(outcome), ...await this.#park(outcome)];
        // A pack whose lanes were all stopped, or have left, is over by that. Nothing is left to tell,
        // and nobody to be told, if with them the sweep has ended.
        if (lanes.length > 0) await this.#api.send("finished", { ...ref, lanes }, options);
        this.#letGo();
        // A paused lane goes on from it one day.
        if (this.#paused.size === 0) await this.#shelf.clear();
        return { kind: "finished", lanes };
      }
      case "drained":
        await this.#api.send("returned", { ...ref, message: "the worker drains" }, options);
        this.#letGo();
        return { kind: "returned" };
      case "failed":
        await this.#api.send("failed", { ...ref, reason: outcome.reason }, options);
        this.#letGo();
        return { kind: "failed", reason: outcome.reason };
      case "aborted":
        throw this.#gone.reason ?? new Error("Cannot train: the training thread was ended");
      default:
        return outcome satisfies never;
    }
  }

  /** The outcomes of the lanes that are here, with the files that the store has taken. */
  async #storeFiles(
    { lanes, files = [] }: Extract<JobOutcome, { readonly kind: "trained" }>,
  ): Promise<readonly LaneOutcome[]> {
    const here = this.#leaving.outcomesHere(lanes);
    const { artifacts } = this.#deps;
    const { ref: { sweep, pack } } = this.#attempt;
    const onStored = (): void => this.#keeper.moved();
    const shelf = new TrialShelf({ artifacts, sweep, onStored });
    const wanted = new Set(here.map(({ trial }) => trial));
    const own = files.filter(({ trial }) => wanted.has(trial));
    const names = await shelf.store(own, { signal: this.#gone });
    logger.debug("Pack {pack}: stored what {count} trials have learned", {
      pack,
      count: names.size,
    });
    return here.map((lane) =>
      lane.kind === "trained" ? { ...lane, ...names.get(lane.trial) } : lane
    );
  }

  /** The outcomes of the lanes that wait for another day, once they are stored. */
  async #park(
    { paused }: Extract<JobOutcome, { readonly kind: "trained" }>,
  ): Promise<readonly LaneOutcome[]> {
    if (paused === undefined) return [];
    const { epoch } = paused;
    const lanes = paused.lanes.map((lane) =>
      ({ ...lane, kind: "paused", epoch, artifact: "" }) as const
    );
    const here = this.#leaving.outcomesHere(lanes);
    if (here.length === 0) return [];
    this.#keeper.moved();
    const artifact = await this.#shelf.park(paused, { signal: this.#gone });
    this.#keeper.moved();
    return here.map((lane) => lane.kind === "paused" ? { ...lane, artifact } : lane);
  }

  /**
   * Removes the lease message, whatever the outcome: a pack that is to be trained again is offered
   * again by the coordinator, under a new message. The keeper ends first, because a renewal after
   * the ack could be somebody else's.
   */
  #letGo(): void {
    this.#keeper.end();
    this.#attempt.lease.ack();
  }

  async #explain(error: unknown): Promise<AttemptEnd> {
    const reason = this.#keeper.signal.reason;
    this.#write("error", `the attempt ends: ${messageOf(reason ?? error)}`);
    if (reason instanceof LeaseFenced || error instanceof LeaseFenced) return { kind: "fenced" };
    if (reason instanceof LeaseLost) return { kind: "lost" };
    const { ref } = this.#attempt;
    if (this.#options.stop.aborted) {
      await this.#lastWord(() => this.#api.once("returned", { ...ref, message: "stopped" }, BRIEF));
      return { kind: "stopped" };
    }
    const failure: FailureReason = failureReason(
      reason instanceof TrainingStalled ? reason : error,
    );
    await this.#lastWord(() => this.#api.once("failed", { ...ref, reason: failure }, BRIEF));
    return { kind: "failed", reason: failure };
  }

  /** Says it once; if that is not heard, the lease ends by itself. */
  async #lastWord(say: () => Promise<unknown>): Promise<void> {
    try {
      await say();
      this.#letGo();
    } catch (error) {
      logger.warn("Nobody heard how the attempt of pack {pack} ended: {error}", {
        ...this.#attempt.ref,
        error,
      });
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const BRIEF = { timeoutMs: LAST_WORD_MS } as const;
