import assert from "node:assert/strict";
import { parseTrialId, type TrialId } from "../../core/domain/ids.ts";
import type { SchedulerSpec } from "../../core/domain/scheduler_spec.ts";
import type { LaneReport, Metrics } from "../../core/domain/sweep_event.ts";
import type { SweepSpec } from "../../core/domain/sweep_spec.ts";
import { epoch, milliseconds } from "../../core/domain/units.ts";
import type { AttemptRef } from "../../core/protocol/messages.ts";
import { DeciderWorld } from "../../tests/support/decider_world.ts";
import { specOf } from "../../tests/support/specs.ts";

const STOPPING: SchedulerSpec = { type: "asha", variant: "stopping", minEpochs: 1, eta: 3 };

/** One pack of three lanes, held by a worker. */
function held(change: Partial<SweepSpec> = {}) {
  const world = new DeciderWorld({
    spec: specOf({
      maxLanes: 3,
      scheduler: STOPPING,
      parameters: [
        { name: "lr", domain: { kind: "values", values: [0.1, 0.2, 0.3] } },
        { name: "epochs", domain: { kind: "values", values: [9] } },
      ],
      ...change,
    }),
  });
  const claimed = world.claim("w");
  assert.ok(claimed !== null);
  return { world, ...claimed };
}

const lane = (trial: number, metrics: Metrics): LaneReport => ({
  trial: parseTrialId(trial),
  kind: "measured",
  metrics,
});
const accuracy = (trial: number, val_accuracy: number) => lane(trial, { val_accuracy });

function report(world: DeciderWorld, ref: AttemptRef, at: number, ...lanes: readonly LaneReport[]) {
  const decisions = world.report(ref, [{ epoch: epoch(at), durationMs: milliseconds(1), lanes }]);
  return decisions?.map(({ decision }) => decision);
}

const statuses = ({ ledger }: DeciderWorld) => ledger.trials.map(({ state }) => state.status);

Deno.test("decideReport() judges lanes at a watched epoch, all of them by what all had reached", () => {
  const { world, ref, grant } = held();
  assert.deepEqual(grant.waitAfter, [1, 3]);
  const first = [accuracy(0, 0.2), accuracy(1, 0.9), accuracy(2, 0.5)];
  assert.deepEqual(report(world, ref, 1, ...first), ["stop", "continue", "stop"]);
  assert.deepEqual(statuses(world), ["pruned", "running", "pruned"]);
  const told = world.entries.at(-1)?.map(({ type }) => type);
  const pruned = ["trialPruned", "trialPruned"];
  const rungs = ["rungReached", "rungReached", "rungReached"];
  assert.deepEqual(told, ["epochReported", ...rungs, ...pruned]);
  assert.deepEqual(report(world, ref, 1, ...first), ["stop", "continue", "stop"], "asked again");
  assert.deepEqual(report(world, ref, 2, accuracy(1, 0.8)), ["stop", "continue", "stop"]);
  assert.deepEqual(world.ledger.trials[1]?.rungs, [{ epoch: 1, values: [0.9] }]);
});

Deno.test("decideReport() judges a worker that does not wait at the rung that it has passed", () => {
  const { world, ref } = held();
  const epochs = [1, 2].map((at) => ({
    epoch: epoch(at),
    durationMs: milliseconds(1),
    lanes: [accuracy(0, 0.2), accuracy(1, 0.9), accuracy(2, 0.5)],
  }));
  world.report(ref, epochs);
  const [entry] = world.entries.slice(-1);
  const second = entry?.findLast((event) => event.type === "epochReported");
  assert.ok(second?.type === "epochReported" && second.epoch === 2);
  assert.deepEqual(second.lanes.map(({ trial }) => trial), [1], "the others had ended");
  report(world, ref, 5, accuracy(1, 0.7));
  assert.deepEqual(world.ledger.trials[1]?.rungs?.map((rung) => rung.epoch), [1, 3]);
});

Deno.test("decideReport() fails a lane that reaches a rung without the objective, and says so", () => {
  const { world, ref } = held();
  const lanes = [lane(0, { val_loss: 1 }), accuracy(1, 0.9), accuracy(2, 0.8)];
  assert.equal(report(world, ref, 1, ...lanes)?.[0], "stop");
  const { state } = world.ledger.trial(parseTrialId(0));
  assert.ok(state.status === "failed");
  assert.match(state.reason.message, /it reported no "val_accuracy", only val_loss/);
});

Deno.test("decideReport() counts what diverged as the worst at the next rung, and leaves its end to it", () => {
  const { world, ref } = held();
  report(world, ref, 1, accuracy(0, 0.9), accuracy(1, 0.9), accuracy(2, 0.9));
  const diverged: LaneReport = { trial: parseTrialId(0), kind: "diverged" };
  report(world, ref, 2, diverged, accuracy(1, 0.9), accuracy(2, 0.9));
  const { rungs, state } = world.ledger.trial(parseTrialId(0));
  assert.deepEqual(rungs?.at(-1), { epoch: 3, values: [null] });
  assert.equal(state.status, "running");
  world.finish(ref, [{ trial: parseTrialId(0), kind: "diverged", epoch: epoch(2) }]);
  assert.equal(world.ledger.trial(parseTrialId(0)).state.status, "completed");
});

Deno.test("a holder whose lanes were all stopped is told so, and ends in peace", () => {
  const { world, ref } = held({ maxLanes: 1 });
  const second = world.claim("v");
  assert.ok(second !== null);
  report(world, ref, 1, accuracy(0, 0.9));
  assert.deepEqual(report(world, second.ref, 1, accuracy(1, 0.1)), ["stop"]);
  const { length } = world.entries;
  assert.equal(world.ask("renew", second.ref).type, "accepted");
  assert.deepEqual(report(world, second.ref, 1, accuracy(1, 0.1)), ["stop"]);
  world.finish(second.ref, []);
  assert.equal(world.entries.length, length, "nothing is news");
});

const PROMOTION: SchedulerSpec = { ...STOPPING, variant: "promotion" };

Deno.test("decideFinished() lets lanes wait where they were asked to, and nowhere else", () => {
  const { world, ref, grant } = held({ scheduler: PROMOTION });
  assert.equal(grant.until, 1);
  const artifact = `sweeps/small-1/packs/${ref.pack}/attempt-1/epoch-1.safetensors`;
  const paused = (trial: TrialId, at: number, name: string) => ({
    trial,
    kind: "paused" as const,
    epoch: epoch(at),
    metrics: { val_accuracy: 0.5 },
    artifact: name,
  });
  const [one, two, three] = [0, 1, 2].map(parseTrialId);
  world.finish(ref, [
    paused(one!, 1, artifact),
    paused(two!, 2, artifact),
    paused(three!, 1, "sweeps/other/packs/0/attempt-1/epoch-1.safetensors"),
  ]);
  const [waits, ...failed] = world.ledger.trials.map(({ state }) => state);
  // The only one left of its rung goes on to the end.
  assert.ok(waits?.status === "queued" || waits?.status === "paused", waits?.status);
  const reasons = failed.map((state) => state?.status === "failed" ? state.reason.message : "");
  assert.match(reasons[0] ?? "", /paused at epoch 2, and had been asked to pause at 1/);
  assert.match(reasons[1] ?? "", /its weights are not its pack's checkpoint/);
});

Deno.test("a stop cancels trials that wait, and a pause promotes nobody into training", () => {
  const { world, ref } = held({ scheduler: PROMOTION });
  const artifact = `sweeps/small-1/packs/${ref.pack}/attempt-1/epoch-1.safetensors`;
  const sweep = world.ledger.id;
  world.ask("control", { v: 1, sweep, action: "pause", by: "test" });
  world.finish(
    ref,
    [0.3, 0.9, 0.5].map((val_accuracy, trial) => ({
      trial: parseTrialId(trial),
      kind: "paused",
      epoch: epoch(1),
      metrics: { val_accuracy },
      artifact,
    })),
  );
  assert.deepEqual(statuses(world), ["paused", "queued", "paused"]);
  assert.equal(world.claim("w"), null, "no pack is formed");
  world.ask("control", { v: 1, sweep, action: "resume", by: "test" });
  const claimed = world.claim("w");
  assert.equal(claimed?.grant.until, 3);
  assert.deepEqual(
    claimed?.grant.lanes.map(({ trial, checkpoint }) => [trial, checkpoint?.epoch]),
    [
      [1, 1],
    ],
  );
  world.ask("control", { v: 1, sweep, action: "stop", by: "test" });
  assert.deepEqual(statuses(world), ["cancelled", "cancelled", "cancelled"]);
  assert.equal(world.ledger.status, "cancelled");
});

Deno.test("a failed trial that is retried goes on to the target that it had", () => {
  const { world, ref } = held({ scheduler: PROMOTION, maxAttempts: 1, maxLanes: 1 });
  world.ask("failed", { ...ref, reason: { kind: "exception", message: "it threw" } });
  assert.deepEqual(statuses(world), ["failed", "queued", "queued"]);
  const again = { v: 1, sweep: world.ledger.id, trials: null, by: "test" } as const;
  assert.equal(world.ask("retry", again).type, "accepted");
  const grants = [world.claim("a"), world.claim("b"), world.claim("c")];
  const granted = grants.map((one) => one?.grant.lanes[0]?.trial).toSorted();
  assert.deepEqual(granted.filter((trial) => trial !== undefined).length >= 2, true);
  for (const one of grants) if (one !== null) assert.equal(one.grant.until, 1);
});
