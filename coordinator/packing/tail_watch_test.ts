import assert from "node:assert/strict";
import {
  type Attempt,
  parseAttempt,
  parsePackId,
  parseWorkerId,
  type TrialId,
} from "../../core/domain/ids.ts";
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import { SweepLedger } from "../../core/domain/sweep_ledger.ts";
import { epoch, milliseconds } from "../../core/domain/units.ts";
import { planAll } from "../../tests/support/planned.ts";
import { specOf, sweepCreated } from "../../tests/support/specs.ts";
import { type IdleSlots, TailWatch } from "./tail_watch.ts";

const BUSY = parseWorkerId("busy");
const ONE: IdleSlots = { count: 1, workers: [parseWorkerId("idle")] };

/** A hundred epochs of two packs of four lanes, both leased by one worker, and who watches them. */
function watched() {
  const parameters = [
    { name: "lr", domain: { kind: "values", values: [0.1, 0.2, 0.3, 0.4] } },
    { name: "hidden_width", domain: { kind: "values", values: [8, 16] } },
    { name: "epochs", domain: { kind: "values", values: [100] } },
  ] as const;
  const ledger = new SweepLedger(sweepCreated(specOf({ maxLanes: 4, parameters })));
  const watch = new TailWatch(ledger);
  const record = (event: SweepEvent): void => {
    ledger.apply(event);
    watch.follow(event);
  };
  planAll(ledger);
  const lease = (pack: number): void =>
    record({
      type: "packLeased",
      pack: parsePackId(pack),
      attempt: parseAttempt(ledger.packs[pack]!.attempts + 1),
      worker: BUSY,
      backend: "cpu",
      delivery: { sequence: pack + 1, count: 1 },
    });
  const held = (pack: number): { pack: typeof ledger.packs[0]["id"]; attempt: Attempt } => ({
    pack: parsePackId(pack),
    attempt: parseAttempt(ledger.packs[pack]!.attempts),
  });
  const report = (pack: number, at: number, diverged: readonly TrialId[] = []): void =>
    record({
      type: "epochReported",
      ...held(pack),
      epoch: epoch(at),
      lanes: ledger.packs[pack]!.trials.map((trial) =>
        diverged.includes(trial)
          ? { trial, kind: "diverged" }
          : { trial, kind: "measured", metrics: {} }
      ),
      durationMs: milliseconds(200),
    });
  const detach = (pack: number, trials: readonly TrialId[]): void =>
    record({
      type: "lanesDetached",
      ...held(pack),
      epoch: epoch(2),
      artifact: "a",
      trials,
      into: [{ pack: parsePackId(ledger.packs.length), trials }],
    });
  const release = (pack: number): void =>
    record({ type: "packReleased", ...held(pack), cause: { kind: "leaseExpired" } });
  const parts = (pack: number, idle = ONE) => watch.partsToDetach(ledger.packs[pack]!, idle);
  lease(0);
  lease(1);
  return { ledger, lease, report, detach, release, parts };
}

Deno.test("TailWatch asks half of a pack to leave once two reports say how fast it is", () => {
  const { ledger, report, parts } = watched();
  assert.deepEqual(parts(0), []);
  report(0, 1);
  assert.deepEqual(parts(0), [], "the first report includes the start");
  report(0, 2);
  assert.deepEqual(parts(0, { count: 0, workers: [] }), []);
  assert.deepEqual(parts(0), [ledger.packs[0]!.trials.slice(2)]);
});

Deno.test("TailWatch gives the same answer until the lanes have left, and each slot away once", () => {
  const { ledger, report, parts, detach, lease } = watched();
  for (const at of [1, 2]) for (const pack of [0, 1]) report(pack, at);
  const asked = parts(0);
  assert.equal(asked.length, 1);
  report(0, 3);
  assert.deepEqual(parts(0), asked);
  assert.deepEqual(parts(0, { count: 0, workers: [] }), asked, "presence may lag behind");
  assert.deepEqual(parts(1), [], "the slot is promised");
  detach(0, asked[0]!);
  assert.deepEqual([parts(0), parts(1)], [[], []], "a pack waits for the slot");
  lease(2);
  assert.equal(parts(1).length, 1);
  assert.deepEqual(parts(0), [], "how fast two lanes are is not known yet");
  assert.equal(ledger.packs.length, 3);
});

Deno.test("TailWatch asks no lane that has diverged, and nobody whose attempt is over", () => {
  const { ledger, report, parts, release, lease } = watched();
  report(0, 1);
  report(0, 2);
  const [part] = parts(0);
  assert.equal(part?.length, 2);
  report(0, 3, part.slice(0, 1));
  assert.deepEqual(parts(0), [part.slice(1)]);
  release(0);
  lease(0);
  report(0, 1);
  assert.deepEqual(parts(0), [], "another attempt says anew how fast it is");
  assert.equal(ledger.packs.length, 2);
});
