import assert from "node:assert/strict";
import { parsePackId, parseWorkerId } from "../../core/domain/ids.ts";
import { SweepLedger } from "../../core/domain/sweep_ledger.ts";
import { epoch as toEpoch, milliseconds } from "../../core/domain/units.ts";
import type { AttemptRef } from "../../core/protocol/messages.ts";
import { checkpointArtifact } from "../../core/protocol/subjects.ts";
import { planAll } from "../../tests/support/planned.ts";
import { specOf, sweepCreated } from "../../tests/support/specs.ts";
import { createDeciders } from "./decide.ts";
import { decideCheckpoint } from "./decide_checkpoint.ts";

/** A ledger in which attempts of pack 0 come one after the other, and store checkpoints. */
function heldPack() {
  const ledger = new SweepLedger(sweepCreated(specOf()));
  planAll(ledger);
  const pack = parsePackId(0);
  const { trials } = ledger.pack(pack);
  const deciders = createDeciders(milliseconds(1_000));
  let count = 0;
  function claim(): AttemptRef {
    const head = { v: 1, sweep: ledger.id, pack, worker: parseWorkerId("a") } as const;
    const delivery = { sequence: 1, count: ++count };
    const { events, reply } = deciders.claim(ledger, { ...head, backend: "cpu", delivery });
    for (const event of events) ledger.apply(event);
    assert.ok(reply.type === "granted");
    return { ...head, attempt: reply.attempt };
  }
  function store(ref: AttemptRef, number: number): number | undefined {
    const epoch = toEpoch(number);
    const artifact = checkpointArtifact(ledger.id, { ...ref, epoch });
    const body = { ...ref, epoch, artifact, trials };
    const events = decideCheckpoint(ledger, ledger.pack(pack), body);
    for (const event of events) ledger.apply(event);
    return ledger.trial(trials[0]!).checkpoint?.epoch;
  }
  return { claim, store };
}

Deno.test("decideCheckpoint() never goes back to an older checkpoint of the same attempt", () => {
  const { claim, store } = heldPack();
  const ref = claim();
  assert.equal(store(ref, 1), 1);
  assert.equal(store(ref, 2), 2);
  assert.equal(store(ref, 1), 2, "a copy that came late");
  assert.equal(store(ref, 2), 2);
});

Deno.test("decideCheckpoint() takes the checkpoints of an attempt that had to start over", () => {
  const { claim, store } = heldPack();
  assert.equal(store(claim(), 2), 2);
  assert.equal(store(claim(), 1), 1);
});
