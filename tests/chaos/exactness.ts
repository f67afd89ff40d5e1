/**
 * Whether trials were trained exactly: every epoch once, in order, from the right state. A journal
 * alone shows most of it; of miniature training every number is known without playing anything.
 */
import type { LaneReport, NewTrial, SweepEvent } from "../../core/domain/sweep_event.ts";
import type { TrialId } from "../../core/domain/ids.ts";
import type { StoredEntry } from "../../core/protocol/ports.ts";
import type { Scenario } from "./scenario.ts";
import { metricsOf, statesOf, type ToyState } from "./toy_training.ts";

/** Everything about the numbers of a journal that is wrong; empty if nothing is. */
export function exactnessProblems(
  entries: readonly StoredEntry[],
  scenario: Pick<Scenario, "seed" | "kind" | "epochs">,
): readonly string[] {
  const events = entries.flatMap(({ entry }) => entry.events);
  const asked = events.flatMap((event) => event.type === "trialsQueued" ? event.trials : []);
  return [
    ...askedTwice(asked),
    ...repeatedOtherwise(events),
    ...scenario.kind === "light" ? untrue(events, asked, scenario) : [],
  ];
}

/** Trials of the same configuration and replicate, or of configurations that do not differ. */
function askedTwice(trials: readonly NewTrial[]): readonly string[] {
  const seen = new Map<string, TrialId>();
  return trials.flatMap(({ trial, replicate, hyperparameters }) => {
    const name = JSON.stringify([replicate, Object.entries(hyperparameters).sort()]);
    const other = seen.get(name);
    seen.set(name, trial);
    return other === undefined ? [] : [`trial ${trial} asks for what trial ${other} asks for`];
  });
}

/** Epochs that a later attempt trained again, and measured otherwise; results unlike the last report. */
function repeatedOtherwise(events: readonly SweepEvent[]): readonly string[] {
  const problems: string[] = [];
  const measured = new Map<TrialId, Map<number, string>>();
  for (const event of events) {
    if (event.type === "epochReported") {
      for (const lane of event.lanes) {
        const epochs = measured.get(lane.trial) ?? new Map<number, string>();
        measured.set(lane.trial, epochs);
        const told = JSON.stringify(lane);
        const before = epochs.get(event.epoch) ?? told;
        epochs.set(event.epoch, told);
        if (before === told) continue;
        problems.push(`epoch ${event.epoch}, trained again, gave ${told} instead of ${before}`);
      }
    }
    if (event.type === "trialCompleted" && event.objective.kind === "finite") {
      const last = measured.get(event.trial)?.get(event.epoch);
      const lane: LaneReport | null = last === undefined ? null : JSON.parse(last);
      const value = lane?.kind === "measured" ? lane.metrics["val_loss"] : undefined;
      if (value === event.objective.value) continue;
      problems.push(`trial ${event.trial} ended with ${event.objective.value}, not ${value}`);
    }
  }
  return problems;
}

/** Reports and results that differ from training that nobody disturbed. */
function untrue(
  events: readonly SweepEvent[],
  asked: readonly NewTrial[],
  { seed, epochs }: Pick<Scenario, "seed" | "epochs">,
): readonly string[] {
  const truth = new Map(asked.map((trial) => [trial.trial, statesOf(seed, trial, epochs)]));
  const problems: string[] = [];
  const expect = (trial: TrialId, epoch: number, told: number | undefined): void => {
    const state: ToyState | undefined = truth.get(trial)?.[epoch - 1];
    const value = state === undefined || state === null ? undefined : metricsOf(state)["val_loss"];
    if (value !== told || state === undefined) {
      problems.push(`trial ${trial} has ${told} at epoch ${epoch}, undisturbed it is ${value}`);
    }
  };
  for (const event of events) {
    if (event.type === "epochReported") {
      for (const lane of event.lanes) {
        const told = lane.kind === "measured" ? lane.metrics["val_loss"] : undefined;
        expect(lane.trial, event.epoch, told);
      }
    }
    if (event.type === "trialCompleted") {
      const { trial, epoch, objective } = event;
      expect(trial, epoch, objective.kind === "finite" ? objective.value : undefined);
    }
  }
  return problems;
}
