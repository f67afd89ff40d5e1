/** How fast the leased packs go, and which of their lanes were asked to leave for idle slots. */
import type { Attempt, PackId, TrialId, WorkerId } from "../../core/domain/ids.ts";
import { parseMlpHyperparameters } from "../../core/domain/mlp_parameters.ts";
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import type { Pack, SweepLedger } from "../../core/domain/sweep_ledger.ts";
import { fuseKey } from "./fuse_key.ts";
import { paceOf, type Part, splitTail, type TailPack } from "./split_tail.ts";

/** Reports that a pace is taken from: the last ones, because lanes leave and machines get busy. */
const WINDOW = 3;

/** Slots without a pack, and whose they are. */
export interface IdleSlots {
  readonly count: number;
  readonly workers: readonly WorkerId[];
}

interface Course {
  readonly attempt: Attempt;
  readonly worker: WorkerId;
  /** What its lanes have in common: only paces of one key can be compared. */
  readonly key: string;
  readonly epoch: number;
  /** Lanes that had not diverged by the last report. */
  readonly lanes: readonly TrialId[];
  /** What the reports took since the first one, the last at the end. */
  readonly taken: readonly { readonly epochs: number; readonly ms: number }[];
}

/**
 * The reports of the leased packs. Nothing of it is journalled: who is asked to leave has not left,
 * and a new coordinator takes the next reports and asks anew.
 */
export class TailWatch {
  readonly #ledger: SweepLedger;
  readonly #courses = new Map<PackId, Course>();
  /** By fuse key: the last pace that each worker showed. */
  readonly #paces = new Map<string, Map<WorkerId, number>>();
  /** Parts that were asked for and have not left yet: the same answer until they have. */
  readonly #asked = new Map<
    PackId,
    { readonly attempt: Attempt; readonly parts: readonly Part[] }
  >();

  constructor(ledger: SweepLedger) {
    this.#ledger = ledger;
  }

  /** Takes a fact in; the ledger may have it already. */
  follow(event: SweepEvent): void {
    if (event.type === "epochReported") this.#report(event);
    else if (event.type === "lanesDetached") this.#leave(event.pack, event.trials);
  }

  /**
   * The lanes of a pack that should leave it now. The caller has seen that nothing waits for a slot
   * besides the packs that are queued.
   */
  partsToDetach(pack: Pack, idle: IdleSlots): readonly Part[] {
    const asked = this.#asked.get(pack.id);
    if (asked !== undefined && this.#isHeld(pack.id, asked.attempt)) {
      return this.#stillLive(pack.id, asked.parts);
    }
    // Before all else, because most reports come while no slot is idle.
    if (idle.count <= 0 || this.#ledger.queuedPacks.size > 0) return [];
    if (this.#ledger.status !== "running") return [];
    // What it would not get of all idle slots it gets of no share of them: most reports end here,
    // and cost the same however many packs are being trained.
    const own = this.#tailPack(pack.id, idle.workers);
    if (own === null || !splitTail([own], idle.count).has(pack.id)) return [];
    this.#forgetOver();
    const promised = [...this.#asked.values()].reduce((sum, { parts }) => sum + parts.length, 0);
    if (idle.count <= promised) return [];
    const free = [...this.#courses.keys()].filter((id) => !this.#asked.has(id));
    const packs = free.map((id) => this.#tailPack(id, idle.workers)).filter((one) => one !== null);
    const parts = splitTail(packs, idle.count - promised).get(pack.id) ?? [];
    const attempt = this.#courses.get(pack.id)?.attempt;
    if (parts.length > 0 && attempt !== undefined) this.#asked.set(pack.id, { attempt, parts });
    return parts;
  }

  #report({ pack, attempt, epoch, lanes, durationMs }: ReportedEpoch): void {
    const { state } = this.#ledger.pack(pack);
    if (state.status !== "leased" || state.attempt !== attempt) return;
    // Its packs have one lane each, and nobody knows how many epochs it makes.
    if (this.#ledger.spec.task.dataset === "module") return;
    const before = this.#courses.get(pack);
    const isSame = before?.attempt === attempt;
    // The first report of an attempt includes what starting takes: it only says where it stands.
    const taken = isSame && epoch > before.epoch
      ? [...before.taken, { epochs: epoch - before.epoch, ms: durationMs }].slice(-WINDOW)
      : [];
    const live = lanes.filter(({ kind }) => kind === "measured").map(({ trial }) => trial);
    const [first] = live;
    if (first === undefined) return void this.#courses.delete(pack);
    const { worker } = state;
    const key = isSame ? before.key : fuseKey(this.#ledger.trial(first).hyperparameters);
    this.#courses.set(pack, { attempt, worker, key, epoch, lanes: live, taken });
    const pace = this.#paceOf(pack);
    if (pace === null) return;
    const known = this.#paces.get(key) ?? new Map<WorkerId, number>();
    this.#paces.set(key, known.set(worker, pace));
  }

  #leave(pack: PackId, trials: readonly TrialId[]): void {
    const left = new Set(trials);
    const asked = this.#asked.get(pack);
    const parts = asked?.parts.filter((part) => !part.some((trial) => left.has(trial))) ?? [];
    if (asked === undefined || parts.length === 0) this.#asked.delete(pack);
    else this.#asked.set(pack, { ...asked, parts });
    const course = this.#courses.get(pack);
    if (course === undefined) return;
    // What it took with more lanes says little of what it takes now.
    const lanes = course.lanes.filter((trial) => !left.has(trial));
    this.#courses.set(pack, { ...course, lanes, taken: [] });
  }

  #forgetOver(): void {
    for (const [id, { attempt }] of this.#courses) {
      if (!this.#isHeld(id, attempt)) this.#courses.delete(id);
    }
    for (const [id, { attempt }] of this.#asked) {
      if (!this.#isHeld(id, attempt)) this.#asked.delete(id);
    }
  }

  #isHeld(id: PackId, attempt: Attempt): boolean {
    const { state } = this.#ledger.pack(id);
    return state.status === "leased" && state.attempt === attempt;
  }

  #stillLive(id: PackId, parts: readonly Part[]): readonly Part[] {
    const live = new Set(this.#courses.get(id)?.lanes);
    return parts.map((part) => part.filter((trial) => live.has(trial)))
      .filter((part) => part.length > 0);
  }

  #paceOf(id: PackId): number | null {
    const course = this.#courses.get(id);
    if (course === undefined || course.taken.length === 0) return null;
    const epochs = course.taken.reduce((sum, one) => sum + one.epochs, 0);
    const ms = course.taken.reduce((sum, one) => sum + one.ms, 0);
    return paceOf(ms / epochs, course.lanes.length);
  }

  /** Null while its reports say too little. */
  #tailPack(id: PackId, idle: readonly WorkerId[]): TailPack | null {
    const course = this.#courses.get(id);
    const pace = this.#paceOf(id);
    const [first] = course?.lanes ?? [];
    if (course === undefined || pace === null || first === undefined) return null;
    const { hyperparameters, target } = this.#ledger.trial(first);
    const { epochs } = parseMlpHyperparameters(hyperparameters);
    const known = this.#paces.get(course.key);
    // Whichever of them takes a part, it may be the slowest; one that was never seen is like this.
    const idlePace = Math.max(0, ...idle.map((worker) => known?.get(worker) ?? pace));
    const isIdleKnown = idle.every((worker) => known?.has(worker));
    const epochsLeft = Math.min(epochs, target ?? epochs) - course.epoch;
    return { pack: id, lanes: course.lanes, epochsLeft, pace, idlePace, isIdleKnown };
  }
}

type ReportedEpoch = Extract<SweepEvent, { type: "epochReported" }>;
