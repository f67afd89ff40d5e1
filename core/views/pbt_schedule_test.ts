import assert from "node:assert/strict";
import type { Hyperparameters } from "../domain/hyperparameters.ts";
import { parseConfigurationId, parseTrialId } from "../domain/ids.ts";
import type { SweepEvent } from "../domain/sweep_event.ts";
import { epoch } from "../domain/units.ts";
import { pbtSchedule } from "./pbt_schedule.ts";

const [A, B, C] = [parseTrialId(0), parseTrialId(1), parseTrialId(2)];

const QUEUED: SweepEvent = {
  type: "trialsQueued",
  trials: [A, B, C].map((trial) => ({
    trial,
    configuration: parseConfigurationId(trial),
    replicate: 0,
    hyperparameters: { lr: 1 + trial },
  })),
};

function exploited(
  trial: typeof A,
  { donor, at, hyperparameters }: {
    readonly donor: typeof A;
    readonly at: number;
    readonly hyperparameters: Hyperparameters;
  },
): SweepEvent {
  return {
    type: "trialExploited",
    trial,
    donor,
    checkpoint: { epoch: epoch(at), artifact: "checkpoint", lane: donor },
    hyperparameters,
    message: "",
  };
}

Deno.test("pbtSchedule() is one step where nothing was taken over", () => {
  assert.deepEqual(pbtSchedule([QUEUED], B), [{ epoch: 0, trial: B, hyperparameters: { lr: 2 } }]);
  assert.throws(() => pbtSchedule([], B), {
    name: "RangeError",
    message: "Cannot find trial 1 in the journal",
  });
});

Deno.test("pbtSchedule() follows the weights through donors of donors, as they were at the time", () => {
  const events = [
    QUEUED,
    exploited(B, { donor: A, at: 4, hyperparameters: { lr: 1.2 } }),
    exploited(C, { donor: B, at: 8, hyperparameters: { lr: 1.44 } }),
    // What happens to B and A after that is not in the weights of C.
    exploited(A, { donor: C, at: 12, hyperparameters: { lr: 5 } }),
    exploited(B, { donor: A, at: 16, hyperparameters: { lr: 6 } }),
  ];
  const toC = [
    { epoch: 0, trial: A, hyperparameters: { lr: 1 } },
    { epoch: 4, trial: B, hyperparameters: { lr: 1.2 } },
    { epoch: 8, trial: C, hyperparameters: { lr: 1.44 } },
  ];
  assert.deepEqual(pbtSchedule(events, C), toC);
  const toA = [...toC, { epoch: 12, trial: A, hyperparameters: { lr: 5 } }];
  assert.deepEqual(pbtSchedule(events, A), toA);
  assert.deepEqual(pbtSchedule(events, B), [
    ...toA,
    { epoch: 16, trial: B, hyperparameters: { lr: 6 } },
  ]);
});

Deno.test("pbtSchedule() drops what a trial did itself before it took another's weights over", () => {
  const events = [
    QUEUED,
    exploited(B, { donor: A, at: 4, hyperparameters: { lr: 1.2 } }),
    exploited(B, { donor: C, at: 8, hyperparameters: { lr: 3.6 } }),
    exploited(B, { donor: C, at: 8, hyperparameters: { lr: 2.4 } }),
  ];
  assert.deepEqual(pbtSchedule(events, B), [
    { epoch: 0, trial: C, hyperparameters: { lr: 3 } },
    { epoch: 8, trial: B, hyperparameters: { lr: 2.4 } },
  ]);
});
