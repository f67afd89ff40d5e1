/** A training thread that trains in miniature: real messages, real checkpoints, no tensors. */
import { epoch as toEpoch, milliseconds } from "../../core/domain/units.ts";
import type { LaneReport } from "../../core/domain/sweep_event.ts";
import type { TrialId } from "../../core/domain/ids.ts";
import type { LaneOutcome } from "../../core/protocol/messages.ts";
import type {
  JobOutcome,
  PackJob,
  ThreadMessage,
  ThreadRequest,
} from "../../worker/thread_messages.ts";
import { durationOf, firstState, metricsOf, nextState } from "./toy_training.ts";

/** What the global scope of a Deno `Worker` offers. */
interface ThreadScope {
  onmessage: ((event: MessageEvent<ThreadRequest>) => void) | null;
  readonly postMessage: (message: ThreadMessage, transfer?: Transferable[]) => void;
}

declare const self: ThreadScope;

/** A checkpoint, as JSON. */
interface Saved {
  readonly seed: number;
  readonly epoch: number;
  readonly lanes: readonly (readonly [trial: TrialId, state: number])[];
}

/** Epochs between two checkpoints. */
const CHECKPOINT_EVERY = 5;

class ToyJob {
  readonly #id: number;
  readonly #pack: PackJob;
  readonly #states = new Map<TrialId, number>();
  readonly #ends = new Map<TrialId, LaneOutcome>();
  readonly #stops = new Set<TrialId>();
  #epoch: number;
  #savedEpoch: number;
  #wantsCheckpoint = false;
  #copies: readonly (readonly TrialId[])[] = [];
  #isDraining = false;
  #isAborted = false;

  constructor(id: number, pack: PackJob) {
    this.#id = id;
    this.#pack = pack;
    this.#epoch = pack.resume?.epoch ?? 0;
    this.#savedEpoch = this.#epoch;
  }

  stopLanes(trials: readonly TrialId[], options: { readonly checkpoint: boolean }): void {
    for (const trial of trials) this.#stops.add(trial);
    this.#wantsCheckpoint ||= options.checkpoint;
  }

  copyLanes(parts: readonly (readonly TrialId[])[]): void {
    this.#copies = [...this.#copies, ...parts];
  }

  drain(): void {
    this.#isDraining = true;
  }

  abort(): void {
    this.#isAborted = true;
  }

  async run(): Promise<JobOutcome> {
    try {
      this.#begin();
      return await this.#train(Number(this.#pack.lanes[0]?.hyperparameters["epochs"]));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return { kind: "failed", reason: { kind: "exception", message } };
    }
  }

  #begin(): void {
    const { seed, lanes, resume } = this.#pack;
    if (resume === null) {
      for (const lane of lanes) this.#states.set(lane.trial, firstState(seed, lane));
      return;
    }
    const saved: Saved = JSON.parse(new TextDecoder().decode(resume.bytes));
    if (saved.epoch !== resume.epoch || saved.seed !== seed) {
      throw new Error(`Cannot go on after epoch ${resume.epoch}: the checkpoint is another one`);
    }
    const states = new Map(saved.lanes);
    for (const { trial } of lanes) {
      const state = states.get(trial);
      if (state === undefined) throw new Error(`Cannot go on: trial ${trial} is not in there`);
      this.#states.set(trial, state);
    }
  }

  async #train(epochs: number): Promise<JobOutcome> {
    while (this.#epoch < epochs && this.#states.size > 0) {
      if (this.#isDraining) {
        this.#save();
        return { kind: "drained" };
      }
      await this.#trainEpoch();
      if (this.#isAborted) return { kind: "aborted" };
      const isDue = this.#epoch % CHECKPOINT_EVERY === 0 && this.#epoch < epochs;
      if (isDue || this.#wantsCheckpoint) this.#save();
      if (this.#epoch < epochs) this.#copy();
      for (const trial of this.#stops) this.#states.delete(trial);
      this.#stops.clear();
    }
    for (const [trial, state] of this.#states) {
      const metrics = { ...metricsOf(state), test_loss: metricsOf(state)["val_loss"] ?? NaN };
      this.#ends.set(trial, {
        trial,
        kind: "trained",
        epoch: toEpoch(this.#epoch),
        metrics,
        result: null,
        model: null,
      });
    }
    return { kind: "trained", lanes: [...this.#ends.values()] };
  }

  async #trainEpoch(): Promise<void> {
    const durationMs = milliseconds(durationOf([...this.#states.values()]));
    await new Promise((resolve) => setTimeout(resolve, durationMs));
    const epoch = toEpoch(++this.#epoch);
    const lanes: LaneReport[] = [];
    for (const [trial, state] of [...this.#states]) {
      const next = nextState(state, epoch);
      if (next === null) {
        this.#states.delete(trial);
        this.#ends.set(trial, { trial, kind: "diverged", epoch });
        lanes.push({ trial, kind: "diverged" });
        continue;
      }
      this.#states.set(trial, next);
      lanes.push({ trial, kind: "measured", metrics: metricsOf(next) });
    }
    const record = { epoch, durationMs, lanes };
    self.postMessage({ type: "epoch", job: this.#id, record, laneSteps: lanes.length });
  }

  #save(): void {
    this.#wantsCheckpoint = false;
    if (this.#epoch === this.#savedEpoch || this.#states.size === 0) return;
    this.#savedEpoch = this.#epoch;
    this.#post("checkpoint", [...this.#states]);
  }

  #copy(): void {
    for (const part of this.#copies) {
      const lanes = [...this.#states].filter(([trial]) => part.includes(trial));
      if (lanes.length > 0) this.#post("copied", lanes);
    }
    this.#copies = [];
  }

  #post(type: "checkpoint" | "copied", lanes: readonly (readonly [TrialId, number])[]): void {
    const saved: Saved = { seed: this.#pack.seed, epoch: this.#epoch, lanes };
    const bytes = new Uint8Array(new TextEncoder().encode(JSON.stringify(saved)));
    const trials = lanes.map(([trial]) => trial);
    const epoch = toEpoch(this.#epoch);
    self.postMessage({ type, job: this.#id, epoch, trials, bytes }, [bytes.buffer]);
  }
}

let current: { readonly id: number; readonly job: ToyJob } | null = null;

async function train(id: number, pack: PackJob): Promise<void> {
  const job = new ToyJob(id, pack);
  current = { id, job };
  const outcome = await job.run();
  current = null;
  self.postMessage({ type: "ended", job: id, outcome });
}

self.onmessage = ({ data }) => {
  if (data.type === "setUp") {
    const backend = { name: "cpu", reason: "it trains in miniature", refused: [] };
    return self.postMessage({ type: "ready", backend });
  }
  if (data.type === "train") return void train(data.job, data.pack);
  if (current?.id !== data.job) return;
  if (data.type === "stopLanes") current.job.stopLanes(data.trials, data);
  if (data.type === "copyLanes") current.job.copyLanes(data.parts);
  if (data.type === "drain") current.job.drain();
  if (data.type === "abort") current.job.abort();
};
