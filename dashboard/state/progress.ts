/** How far a sweep is and how long the rest takes. */
import { isOver } from "../../core/domain/sweep.ts";
import type { SweepLedger } from "../../core/domain/sweep_ledger.ts";
import { workedMs } from "../../core/domain/sweep_times.ts";
import { isTerminal } from "../../core/domain/trial.ts";
import { eventText } from "../../core/views/event_text.ts";
import type { Progress } from "../client/model.ts";
import type { LiveSweep } from "../live_sweep.ts";

/** The progress of a live sweep. */
export function progress(live: LiveSweep): Progress {
  const { view } = live;
  const { ledger } = view;
  const over = isOver(ledger.status);
  const status = ledger.status === "running" && live.isAbandoned ? "interrupted" : ledger.status;
  const rates = over || status === "interrupted" ? null : live.rates.rates();
  const left = status === "running" ? epochsLeft(ledger) : 0;
  const speed = rates?.epochsPerSecond ?? 0;
  const isModule = ledger.spec.task.dataset === "module";
  const mean = meanSpeeds(live);
  return {
    status,
    counts: ledger.counts,
    updatedAt: view.updatedAt,
    endedAt: view.endedAt,
    idleMs: view.sweepTimes.idleMs,
    etaMs: left > 0 && speed > 0 ? Math.round(1000 * left / speed) : null,
    epochsTrained: view.epochsTrained,
    // What a step of the user's module is only they know: none is counted.
    laneStepsPerSecond: isModule
      ? null
      : over
      ? mean?.steps ?? null
      : rates?.laneStepsPerSecond ?? null,
    epochsPerMinute: over ? mean?.epochs ?? null : perMinute(rates?.epochsPerSecond ?? null),
    trouble: live.trouble,
    deed: deed(live),
  };
}

function deed({ view, events: { lastDeed } }: LiveSweep): Progress["deed"] {
  if (lastDeed === null) return null;
  return { text: eventText(view.ledger, lastDeed.event), at: lastDeed.at };
}

interface Speeds {
  readonly steps: number;
  readonly epochs: number | null;
}

function meanSpeeds({ view }: LiveSweep): Speeds | null {
  const seconds = workedMs(view.sweepTimes) / 1000;
  if (seconds <= 0) return null;
  return { steps: view.laneSteps / seconds, epochs: perMinute(view.epochsTrained / seconds) };
}

function perMinute(perSecond: number | null): number | null {
  return perSecond === null ? null : 60 * perSecond;
}

/** Epochs still to train: an upper bound, because a trial may end early. */
function epochsLeft(ledger: SweepLedger): number {
  let left = 0;
  for (const { state, hyperparameters, checkpoint } of ledger.trials) {
    if (isTerminal(state.status)) continue;
    const done = state.status === "running" ? state.epoch : checkpoint?.epoch ?? 0;
    const epochs = hyperparameters["epochs"];
    left += Math.max(0, (typeof epochs === "number" ? epochs : 1) - done);
  }
  return left;
}
