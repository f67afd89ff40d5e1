import assert from "node:assert/strict";
import { DeciderWorld } from "../../tests/support/decider_world.ts";
import { specOf } from "../../tests/support/specs.ts";
import type { TrialId } from "../../core/domain/ids.ts";
import type { LaneReport } from "../../core/domain/sweep_event.ts";
import { epoch, milliseconds } from "../../core/domain/units.ts";
import { checkpointArtifact } from "../../core/protocol/subjects.ts";

type Claimed = NonNullable<ReturnType<DeciderWorld["claim"]>>;

/** A pack of four whose first `diverged` lanes have diverged at epoch 2, and are in no checkpoint. */
function halfLost(
  { diverged, change = {} }: {
    readonly diverged: number;
    readonly change?: Parameters<typeof specOf>[0];
  },
) {
  const world = new DeciderWorld({ spec: specOf({ maxLanes: 4, ...change }) });
  const claimed = world.claim("w");
  assert.ok(claimed !== null);
  const { ref, grant } = claimed;
  const trials = grant.lanes.map(({ trial }) => trial);
  const report = (at: number, lanes: readonly LaneReport[]) =>
    world.report(ref, [{ epoch: epoch(at), durationMs: milliseconds(1), lanes }]);
  const measured = (trial: TrialId): LaneReport => ({
    trial,
    kind: "measured",
    metrics: { val_accuracy: 0.5 },
  });
  report(1, trials.map(measured));
  const live = trials.slice(diverged);
  report(2, [
    ...trials.slice(0, diverged).map((trial) => ({ trial, kind: "diverged" }) as const),
    ...live.map(measured),
  ]);
  if (live.length > 0) {
    const artifact = checkpointArtifact(world.ledger.id, { ...ref, epoch: epoch(2) });
    world.ask("checkpointed", { ...ref, epoch: epoch(2), artifact, trials: live });
  }
  return { world, ref, live };
}

const EPOCHS = {
  parameters: [
    { name: "lr", domain: { kind: "values", values: [0.05, 0.1, 0.2, 0.5] } },
    { name: "epochs", domain: { kind: "values", values: [9] } },
  ],
} as const;

const FAILED = { kind: "exception", message: "it threw" } as const;
const TOO_LARGE = { kind: "outOfMemory", message: "too large" } as const;

const startOf = (claimed: Claimed | null) =>
  claimed?.grant.lanes.map(({ trial, checkpoint }) => [trial, checkpoint?.epoch]);

Deno.test("divergedLanes() lets a lost pack go on from its checkpoint, without those that diverged", () => {
  const { world, ref } = halfLost({ diverged: 1, change: EPOCHS });
  world.expire(ref.pack);
  const { state } = world.ledger.trials[0] ?? {};
  assert.deepEqual(state, { status: "completed", epoch: 2, objective: { kind: "diverged" } });
  assert.deepEqual(startOf(world.claim("v")), [[1, 2], [2, 2], [3, 2]]);
});

Deno.test("divergedLanes() are in neither half of a pack that is split", () => {
  const { world, ref } = halfLost({ diverged: 2, change: EPOCHS });
  world.ask("failed", { ...ref, reason: TOO_LARGE });
  assert.deepEqual(startOf(world.claim("v")), [[2, 2]]);
  assert.deepEqual(startOf(world.claim("w")), [[3, 2]]);
  assert.equal(world.ledger.counts.completed, 2);
});

Deno.test("divergedLanes() end the pack and the sweep, where nobody else is left", () => {
  const { world, ref } = halfLost({ diverged: 4, change: EPOCHS });
  const failed = () => world.ask("failed", { ...ref, reason: FAILED }).type;
  assert.equal(failed(), "accepted");
  assert.equal(world.ledger.status, "completed");
  assert.equal(world.ledger.counts.completed, 4);
  const ends = world.entries.flat().filter(({ type }) => type === "sweepEnded");
  assert.equal(ends.length, 1);
});

Deno.test("divergedLanes() fail nobody, and the last attempt of the others still does", () => {
  const { world, ref } = halfLost({ diverged: 1, change: { ...EPOCHS, maxAttempts: 1 } });
  world.ask("failed", { ...ref, reason: FAILED });
  assert.equal(world.ledger.counts.completed, 1);
  assert.equal(world.ledger.counts.failed, 3);
  assert.equal(world.ledger.status, "completed");
});

Deno.test("divergedLanes() are granted to nobody who takes over their lost lease", () => {
  const { world, ref } = halfLost({ diverged: 1, change: EPOCHS });
  const delivery = { sequence: ref.pack + 1, count: 2 };
  const granted = world.ask("claim", { ...ref, backend: "cpu", delivery });
  assert.equal(granted.type, "granted");
  assert.deepEqual(startOf({ ref, grant: granted as Claimed["grant"] }), [[1, 2], [2, 2], [3, 2]]);
});

Deno.test("divergedLanes() tell the rung at which others wait that they will never be better there", () => {
  const scheduler = { type: "asha", variant: "promotion", minEpochs: 3, eta: 2 } as const;
  const { world, ref } = halfLost({ diverged: 1, change: { ...EPOCHS, scheduler } });
  world.expire(ref.pack);
  assert.deepEqual(world.ledger.trials[0]?.rungs, [{ epoch: 3, values: [null] }]);
});
