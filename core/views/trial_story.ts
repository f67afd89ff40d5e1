/** Why a trial was tried, and what decided how far it came: read off the journal, step by step. */
import type { TrialId } from "../domain/ids.ts";
import { lossOf } from "../domain/objective.ts";
import type { ProposalNote } from "../domain/observation.ts";
import type { SweepEvent } from "../domain/sweep_event.ts";
import { objectivesOf, type SweepSpec } from "../domain/sweep_spec.ts";
import type { TrialStatus } from "../domain/trial.ts";
import { objective as objectiveText } from "./quantities.ts";

/** How a trial stood at a rung among those that had come there by then. */
export interface RungStanding {
  readonly epoch: number;
  /** The first objective; null: it was not finite. */
  readonly value: number | null;
  /** From 1; equal values share it. Null where several objectives rank by fronts. */
  readonly rank: number | null;
  readonly of: number;
}

/** One step of a trial's way. */
export type StoryStep =
  | { readonly kind: "asked"; readonly target: number | null; readonly bracket: number | null }
  | { readonly kind: "rung"; readonly standing: RungStanding; readonly isPause: boolean }
  | {
    readonly kind: "promoted";
    readonly target: number | null;
    readonly standing: RungStanding | null;
  }
  | {
    readonly kind: "pruned";
    readonly epoch: number;
    readonly rung: number;
    readonly message: string;
  }
  | { readonly kind: "exploited"; readonly donor: TrialId; readonly message: string }
  | { readonly kind: "ended"; readonly status: TrialStatus; readonly message: string };

/** A trial's story. */
export interface TrialStory {
  /** Null: its place in the plan says everything. */
  readonly proposal: ProposalNote | null;
  readonly steps: readonly StoryStep[];
}

/** Folds events up to the journal's end; the events of other trials are what it is compared with. */
export class StoryReader {
  readonly #trial: TrialId;
  readonly #spec: SweepSpec;
  /** By epoch: the losses of all trials that have come there. */
  readonly #losses = new Map<number, Map<TrialId, number>>();
  readonly #steps: StoryStep[] = [];
  #proposal: ProposalNote | null = null;

  constructor(trial: TrialId, spec: SweepSpec) {
    this.#trial = trial;
    this.#spec = spec;
  }

  get story(): TrialStory {
    return { proposal: this.#proposal, steps: [...this.#steps] };
  }

  /** Takes the next event in. */
  apply(event: SweepEvent): void {
    if (event.type === "trialsQueued") return this.#ask(event);
    if (event.type === "rungReached" || event.type === "trialPaused") this.#note(event);
    if (!("trial" in event) || event.trial !== this.#trial) return;
    const step = this.#stepOf(event);
    if (step !== null) this.#steps.push(step);
  }

  #ask({ trials }: Extract<SweepEvent, { type: "trialsQueued" }>): void {
    const own = trials.find(({ trial }) => trial === this.#trial);
    if (own === undefined) return;
    this.#proposal = own.proposal ?? null;
    this.#steps.push({ kind: "asked", target: own.target ?? null, bracket: own.bracket ?? null });
  }

  #note(
    { trial, epoch, values }: Extract<SweepEvent, { type: "rungReached" | "trialPaused" }>,
  ): void {
    const losses = this.#losses.get(epoch) ?? new Map<TrialId, number>();
    this.#losses.set(epoch, losses);
    losses.set(trial, lossOf(values[0] ?? null, this.#spec.metric.goal));
  }

  #standing(epoch: number, value: number | null): RungStanding {
    const losses = this.#losses.get(epoch) ?? new Map<TrialId, number>();
    const own = lossOf(value, this.#spec.metric.goal);
    const better = [...losses.values()].filter((loss) => loss < own).length;
    const rank = objectivesOf(this.#spec).length > 1 ? null : better + 1;
    return { epoch, value, rank, of: losses.size };
  }

  #stepOf(event: Extract<SweepEvent, { readonly trial: TrialId }>): StoryStep | null {
    switch (event.type) {
      case "rungReached":
      case "trialPaused": {
        const standing = this.#standing(event.epoch, event.values[0] ?? null);
        return { kind: "rung", standing, isPause: event.type === "trialPaused" };
      }
      case "trialPromoted": {
        const last = this.#steps.findLast((step) => step.kind === "rung");
        const standing = last === undefined
          ? null
          : this.#standing(last.standing.epoch, last.standing.value);
        return { kind: "promoted", target: event.target, standing };
      }
      case "trialPruned":
        return { ...event, kind: "pruned" };
      case "trialExploited":
        return { kind: "exploited", donor: event.donor, message: event.message };
      case "trialCompleted": {
        const { objective, epoch } = event;
        const message = `${this.#spec.metric.name} ${
          objectiveText(objective)
        } after epoch ${epoch}`;
        return { kind: "ended", status: "completed", message };
      }
      case "trialFailed":
        return { kind: "ended", status: "failed", message: event.reason.message };
      case "trialCancelled":
        return {
          kind: "ended",
          status: "cancelled",
          message: event.by === undefined ? "somebody stopped the sweep" : `stopped by ${event.by}`,
        };
      case "trialRetried":
        return null;
      default:
        return event satisfies never;
    }
  }
}
