/**
 * Sweeps that nothing goes well for: workers crash, die with their packs and run out of memory, lanes
 * leave and diverge, ends are told twice, and somebody pauses, extends, retries, enqueues and stops. All of
 * it is drawn from a seed, by step, so that a coordinator that is killed meets the same.
 */
import { ownCheckpoint } from "../../worker/starting_point.ts";
import { supersededCheckpoints } from "../../coordinator/decisions/superseded_checkpoints.ts";
import { parseTrialId, parseWorkerId, type TrialId } from "../../core/domain/ids.ts";
import { parseMlpHyperparameters } from "../../core/domain/mlp_parameters.ts";
import { createRng, type Rng } from "../../core/domain/rng.ts";
import type { LaneReport } from "../../core/domain/sweep_event.ts";
import type { SweepSpec } from "../../core/domain/sweep_spec.ts";
import { type Epoch, epoch, milliseconds } from "../../core/domain/units.ts";
import type { ApiReplies, AttemptRef, LaneOutcome } from "../../core/protocol/messages.ts";
import { checkpointArtifact, detachedArtifact } from "../../core/protocol/subjects.ts";
import { DeciderWorld } from "./decider_world.ts";
import { metricsAt } from "./simulated_search.ts";

type Grant = Extract<ApiReplies["claim"], { type: "granted" }>;

interface Held {
  readonly ref: AttemptRef;
  readonly grant: Grant;
  readonly live: Set<TrialId>;
  readonly diverged: Map<TrialId, Epoch>;
  epoch: number;
  /** The checkpoint that goes when there is a newer one. */
  current: string | null;
}

const MOST_STEPS = 20_000;
const SLOTS = 3;

/** A sweep with its workers and its meddlers. */
export class MeddledSearch {
  readonly world: DeciderWorld;
  readonly #seed: number;
  readonly #store = new Set<string>();
  readonly #slots: (Held | null)[] = Array.from({ length: SLOTS }, () => null);
  #meddled = 0;

  constructor(
    { spec, seed, killAfter = [] }: {
      readonly spec: SweepSpec;
      readonly seed: number;
      readonly killAfter?: readonly number[];
    },
  ) {
    this.#seed = seed;
    this.world = new DeciderWorld({ spec, killAfter });
  }

  /**
   * Runs the sweep to its end.
   * @throws {Error} If it does not come to one, or a worker is sent to what is not there.
   */
  run(): this {
    for (let step = 0; !this.world.isOver; step++) {
      if (step > MOST_STEPS) throw new Error("Cannot end the sweep: nothing goes on");
      const rng = createRng(this.#seed, "meddled step", step);
      if (rng.uniform() < 0.03) this.#meddle(rng);
      else this.#work(rng.below(SLOTS), rng);
      for (const artifact of supersededCheckpoints(this.world.ledger)) this.#store.delete(artifact);
    }
    return this;
  }

  #meddle(rng: Rng): void {
    const { world } = this;
    const { id: sweep, spec, status } = world.ledger;
    const head = { v: 1, sweep, by: "test" } as const;
    if (status === "paused") return void world.ask("control", { ...head, action: "resume" });
    // A sweep that somebody always wants more of has no end.
    if (++this.#meddled > 12) return;
    switch (rng.below(6)) {
      case 0: {
        const replicates = spec.replicates + (rng.below(3) === 0 ? 1 : 0);
        const runCap = (spec.runCap ?? 0) + 1 + rng.below(4);
        return void world.ask("extend", { ...head, spec: { ...spec, runCap, replicates } });
      }
      case 1: {
        const hyperparameters = { lr: 0.01 * (1 + rng.below(5)), hidden_width: 4 + rng.below(4) };
        return void world.ask("enqueue", { ...head, hyperparameters });
      }
      case 2:
        return void world.ask("retry", { ...head, trials: null });
      case 3:
        return void world.ask("stopTrials", { ...head, trials: this.#some(rng) });
      case 4:
        return void world.ask("drain", { ...head, worker: parseWorkerId(`w-${rng.below(2)}`) });
      default:
        return void world.ask("control", { ...head, action: "pause" });
    }
  }

  /** One or two trials, whatever they do. */
  #some(rng: Rng): readonly TrialId[] {
    const { trials } = this.world.ledger;
    return Array.from({ length: 1 + rng.below(2) }, () => parseTrialId(rng.below(trials.length)));
  }

  #work(slot: number, rng: Rng): void {
    const held = this.#slots[slot] ?? null;
    if (held === null) this.#slots[slot] = this.#claim(`w-${slot}`);
    else if (!this.#goOn(held, rng, this.#isBad(slot))) this.#slots[slot] = null;
  }

  /** Of some sweeps' workers one crashes at every turn, and is given no more packs one day. */
  #isBad(slot: number): boolean {
    return slot === 0 && this.#seed % 3 === 0;
  }

  #claim(worker: string): Held | null {
    const claimed = this.world.claim(worker);
    if (claimed === null) return null;
    const { ref, grant } = claimed;
    const starts = new Set(grant.lanes.map(({ checkpoint }) => checkpoint?.epoch ?? 0));
    const gone = grant.lanes.filter(({ checkpoint }) =>
      checkpoint !== null && !this.#store.has(checkpoint.artifact)
    );
    if (starts.size > 1 || gone.length > 0) {
      throw new Error(`Cannot go on with pack ${ref.pack}: ${JSON.stringify(grant.lanes)}`);
    }
    const live = new Set(grant.lanes.map(({ trial }) => trial));
    const current = ownCheckpoint(ref, grant.lanes);
    return { ref, grant, live, diverged: new Map(), epoch: [...starts][0] ?? 0, current };
  }

  /** An epoch, the end, or something worse; false when the pack is done with. */
  #goOn(held: Held, rng: Rng, isBad: boolean): boolean {
    const { ref, grant, live } = held;
    const chance = rng.uniform();
    if (chance < 0.02) {
      this.world.expire(ref.pack);
      return false;
    }
    // What has left for an idle slot fits there.
    const isDetached = held.current?.includes("-from-") === true;
    if (chance < 0.05 || isBad) {
      const kind = isDetached || isBad || rng.below(2) === 0 ? "exception" : "outOfMemory";
      this.world.ask("failed", { ...ref, reason: { kind, message: "it went wrong" } });
      return false;
    }
    const { epochs } = parseMlpHyperparameters(grant.lanes[0]?.hyperparameters ?? {});
    const last = Math.min(grant.until ?? epochs, epochs);
    if (held.epoch >= last || live.size === 0) return this.#finish(held, { last, epochs, rng });
    if (!this.#train(held)) return false;
    if (held.epoch >= last || live.size === 0) return true;
    if (chance < 0.3) return this.#save(held);
    return chance < 0.33 && live.size > 1 ? this.#detach(held) : true;
  }

  #train(held: Held): boolean {
    const { ref, grant, live, diverged } = held;
    const at = epoch(++held.epoch);
    const lanes = grant.lanes.filter(({ trial }) => live.has(trial)).map((lane): LaneReport => {
      const { trial, hyperparameters, replicate } = lane;
      const metrics = metricsAt(hyperparameters, { replicate, at, seed: this.#seed });
      if (metrics !== null) return { trial, kind: "measured", metrics };
      diverged.set(trial, at);
      live.delete(trial);
      return { trial, kind: "diverged" };
    });
    const told = this.world.report(ref, [{ epoch: at, durationMs: milliseconds(1), lanes }]);
    if (told === null) return false;
    for (const { trial, decision } of told) {
      if (decision !== "stop") continue;
      live.delete(trial);
      diverged.delete(trial);
    }
    return true;
  }

  #save(held: Held): boolean {
    const { ref, live } = held;
    const at = epoch(held.epoch);
    const artifact = checkpointArtifact(this.world.ledger.id, { ...ref, epoch: at });
    this.#store.add(artifact);
    const body = { ...ref, epoch: at, artifact, trials: [...live] };
    if (this.world.ask("checkpointed", body).type !== "accepted") return false;
    this.#replace(held, artifact);
    return true;
  }

  #detach({ ref, live, epoch: now }: Held): boolean {
    const trials = [...live].slice(1);
    const [first] = trials;
    if (first === undefined) return true;
    const at = epoch(now);
    const artifact = detachedArtifact(this.world.ledger.id, { ...ref, epoch: at, first });
    this.#store.add(artifact);
    const told = this.world.ask("detached", { ...ref, epoch: at, artifact, trials });
    for (const trial of trials) live.delete(trial);
    return told.type === "accepted";
  }

  #finish(
    held: Held,
    { last, epochs, rng }: { readonly last: number; readonly epochs: number; readonly rng: Rng },
  ): false {
    const { ref, grant, live, diverged } = held;
    const at = epoch(last);
    const artifact = checkpointArtifact(this.world.ledger.id, { ...ref, epoch: at });
    const isPaused = last < epochs && live.size > 0;
    if (isPaused) this.#store.add(artifact);
    const lanes = grant.lanes.flatMap((lane): readonly LaneOutcome[] => {
      const { trial, hyperparameters, replicate } = lane;
      const lost = diverged.get(trial);
      if (lost !== undefined) return [{ trial, kind: "diverged", epoch: lost }];
      if (!live.has(trial)) return [];
      const metrics = metricsAt(hyperparameters, { replicate, at, seed: this.#seed }) ?? {};
      return isPaused
        ? [{ trial, kind: "paused", epoch: at, metrics, artifact }]
        : [{ trial, kind: "trained", epoch: at, metrics, result: null, model: null }];
    });
    // Now and then the worker dies when all is stored and nothing is said, or says it twice.
    if (rng.below(20) === 0) this.world.expire(ref.pack);
    else for (let n = rng.below(5) === 0 ? 2 : 1; n > 0; n--) this.world.finish(ref, lanes);
    const isTold = this.world.ledger.pack(ref.pack).state.status === "over";
    if (isTold) this.#replace(held, isPaused ? artifact : null);
    return false;
  }

  #replace(held: Held, artifact: string | null): void {
    if (held.current !== null && held.current !== artifact) this.#store.delete(held.current);
    held.current = artifact;
  }
}
