/** The history of a sweep, judged event by event by what came before, without the ledger's own rules. */
import type { Attempt, PackId, TrialId } from "../../core/domain/ids.ts";
import type { SweepEvent } from "../../core/domain/sweep_event.ts";

/** What the journal is compared with. */
export interface Expected {
  /** Trials that the sweep file asks for. */
  readonly trials: number;
  /** How far each of them is trained. */
  readonly epochs: number;
}

/** The events of one sweep, one after the other. */
export class History {
  readonly #expected: Expected;
  /** The attempt that may speak; null when it was released. */
  readonly #holders = new Map<PackId, Attempt | null>();
  readonly #attempts = new Map<PackId, Attempt>();
  /** The last report of each trial, and in which attempt of which pack it came. */
  readonly #reports = new Map<TrialId, { readonly holding: string; readonly epoch: number }>();
  readonly #checkpoints = new Map<TrialId, { readonly holding: string; readonly epoch: number }>();
  /** The epoch of the checkpoint that each trial had when its last attempt began. */
  readonly #begunAt = new Map<TrialId, number>();
  readonly #packs = new Map<PackId, readonly TrialId[]>();
  readonly #completed = new Map<TrialId, number>();
  #isOver = false;

  constructor(expected: Expected) {
    this.#expected = expected;
  }

  /** What is wrong with the next event, or null. */
  judge(event: SweepEvent): string | null {
    if (this.#isOver && event.type !== "lateMessageRejected") {
      return `${event.type} after the sweep's end`;
    }
    const formed = "packs" in event ? event.packs : "into" in event ? event.into : [];
    for (const { pack, trials } of formed) this.#packs.set(pack, trials);
    if (event.type === "lanesDetached") this.#leave(event);
    switch (event.type) {
      case "packLeased":
        return this.#lease(event);
      case "packReleased":
      case "packSplit":
        return this.#release(event);
      case "checkpointStored":
      case "lanesDetached":
        return this.#speaker(event) ?? this.#checkpoint(event);
      case "epochReported":
        return this.#speaker(event) ?? this.#report(event);
      case "trialCompleted":
        return this.#speaker(event) ?? this.#complete(event);
      case "trialFailed":
      case "trialCancelled":
        return `${event.type} of trial ${event.trial}`;
      case "sweepEnded":
        this.#isOver = true;
        return null;
      default:
        return null;
    }
  }

  /** Trials without a result. */
  missing(): readonly string[] {
    const all = Array.from({ length: this.#expected.trials }, (_, trial) => trial as TrialId);
    return all.filter((trial) => !this.#completed.has(trial))
      .map((trial) => `trial ${trial} was never completed`);
  }

  #lease({ pack, attempt }: Extract<SweepEvent, { type: "packLeased" }>): string | null {
    const last = this.#attempts.get(pack) ?? 0;
    const holder = this.#holders.get(pack) ?? null;
    this.#attempts.set(pack, attempt);
    this.#holders.set(pack, attempt);
    for (const trial of this.#packs.get(pack) ?? []) {
      this.#begunAt.set(trial, this.#checkpoints.get(trial)?.epoch ?? 0);
    }
    if (holder !== null) return `pack ${pack} was leased while attempt ${holder} held it`;
    return attempt === last + 1 ? null : `pack ${pack}: attempt ${attempt} after ${last}`;
  }

  #release(event: Extract<SweepEvent, { type: "packReleased" | "packSplit" }>): string | null {
    const problem = this.#speaker(event);
    this.#holders.set(event.pack, null);
    return problem;
  }

  #leave({ pack, trials }: Extract<SweepEvent, { type: "lanesDetached" }>): void {
    const all = this.#packs.get(pack) ?? [];
    this.#packs.set(pack, all.filter((trial) => !trials.includes(trial)));
  }

  #speaker(
    { type, pack, attempt }: { readonly type: string; readonly pack: PackId; attempt: Attempt },
  ): string | null {
    const holder = this.#holders.get(pack) ?? null;
    return holder === attempt
      ? null
      : `${type} of attempt ${attempt} of pack ${pack}, which ${holder ?? "nobody"} holds`;
  }

  /**
   * Epochs follow one another from the last checkpoint before the attempt. One that has to start over
   * says again what is known; that is passed over.
   */
  #report(event: Extract<SweepEvent, { type: "epochReported" }>): string | null {
    const { epoch, lanes } = event;
    const holding = holdingOf(event);
    for (const { trial } of lanes) {
      const last = this.#lastEpoch(trial, holding);
      this.#reports.set(trial, { holding, epoch });
      if (epoch !== last + 1) return `trial ${trial} reported epoch ${epoch} after ${last}`;
    }
    return null;
  }

  /** A checkpoint holds nothing that is unknown, and no attempt goes back to an older one. */
  #checkpoint(
    event: Extract<SweepEvent, { type: "checkpointStored" | "lanesDetached" }>,
  ): string | null {
    const { epoch, trials } = event;
    const holding = holdingOf(event);
    for (const trial of trials) {
      const last = this.#checkpoints.get(trial);
      this.#checkpoints.set(trial, { holding, epoch });
      if (epoch > this.#lastEpoch(trial, holding)) {
        return `trial ${trial} has a checkpoint of epoch ${epoch}, which it has not reported`;
      }
      if (last?.holding === holding && epoch < last.epoch) {
        return `trial ${trial} has a checkpoint of epoch ${epoch} after one of ${last.epoch}`;
      }
    }
    return null;
  }

  /** How far a trial is in an attempt. */
  #lastEpoch(trial: TrialId, holding: string): number {
    const report = this.#reports.get(trial);
    return report?.holding === holding ? report.epoch : this.#begunAt.get(trial) ?? 0;
  }

  #complete(
    { trial, epoch, objective }: Extract<SweepEvent, { type: "trialCompleted" }>,
  ): string | null {
    const times = (this.#completed.get(trial) ?? 0) + 1;
    this.#completed.set(trial, times);
    if (times > 1) return `trial ${trial} was completed ${times} times`;
    const { epochs } = this.#expected;
    // A trial that diverges ends there.
    if (objective.kind === "diverged" && epoch <= epochs) return null;
    return epoch === epochs ? null : `trial ${trial} ended at epoch ${epoch} of ${epochs}`;
  }
}

/** Names an attempt of a pack. */
function holdingOf(
  { pack, attempt }: { readonly pack: PackId; readonly attempt: Attempt },
): string {
  return `${pack}.${attempt}`;
}
