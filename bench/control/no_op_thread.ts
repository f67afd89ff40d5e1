/** A training thread that trains nothing: it measures made-up numbers as fast as it can be heard. */
import { epoch, milliseconds } from "../../core/domain/units.ts";
import type { Metrics } from "../../core/domain/sweep_event.ts";
import type { EpochRecord } from "../../core/protocol/messages.ts";
import type { PackJob, ThreadMessage, ThreadRequest } from "../../worker/thread_messages.ts";

interface ThreadScope {
  onmessage: ((event: MessageEvent<ThreadRequest>) => void) | null;
  readonly postMessage: (message: ThreadMessage) => void;
}

declare const self: ThreadScope;

self.onmessage = ({ data }) => {
  if (data.type === "setUp") {
    const backend = { name: "none", reason: "nothing is computed", refused: [] };
    self.postMessage({ type: "ready", backend });
  }
  if (data.type === "train") pretend(data.job, data.pack);
};

function pretend(job: number, { lanes }: PackJob): void {
  const epochs = Number(lanes[0]?.hyperparameters.epochs ?? 1);
  for (let n = 1; n <= epochs; n++) {
    const record: EpochRecord = {
      epoch: epoch(n),
      durationMs: milliseconds(12.5),
      lanes: lanes.map(({ trial }) => ({ trial, kind: "measured", metrics: madeUpMetrics() })),
    };
    self.postMessage({ type: "epoch", job, record, laneSteps: lanes.length });
  }
  const outcomes = lanes.map(({ trial }) => ({
    trial,
    kind: "trained" as const,
    result: null,
    model: null,
    epoch: epoch(epochs),
    metrics: { ...madeUpMetrics(), test_loss: Math.random(), test_accuracy: Math.random() },
  }));
  self.postMessage({ type: "ended", job, outcome: { kind: "trained", lanes: outcomes } });
}

/** As long on the wire as real ones: all digits of a random number. */
function madeUpMetrics(): Metrics {
  return { train_loss: Math.random(), val_loss: Math.random(), val_accuracy: Math.random() };
}
