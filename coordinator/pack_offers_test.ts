import assert from "node:assert/strict";
import { parseAttempt, parsePackId, parseWorkerId } from "../core/domain/ids.ts";
import { SweepLedger } from "../core/domain/sweep_ledger.ts";
import { specOf, sweepCreated } from "../tests/support/specs.ts";
import { PackOffers } from "./pack_offers.ts";
import { UnpackedTrials } from "./packing/unpacked_trials.ts";
import { planTrials } from "./plan_trials.ts";

/** A sweep of four packs that nobody holds. */
function queuedSweep(): SweepLedger {
  const ledger = new SweepLedger(sweepCreated(specOf()));
  for (const events of planTrials(ledger)) events.forEach((event) => ledger.apply(event));
  const packs = new UnpackedTrials(ledger).form({ packs: Infinity, slots: 1 });
  ledger.apply({ type: "packsQueued", packs });
  return ledger;
}

Deno.test("PackOffers.take() offers every free pack once", () => {
  const ledger = queuedSweep();
  const offers = new PackOffers();
  assert.deepEqual(offers.take(ledger), [0, 1, 2, 3]);
  assert.deepEqual(offers.take(ledger), []);
});

Deno.test("PackOffers.take() offers a forgotten pack again", () => {
  const ledger = queuedSweep();
  const offers = new PackOffers();
  offers.take(ledger);
  offers.forget(parsePackId(2));
  assert.deepEqual(offers.take(ledger), [2]);
});

Deno.test("PackOffers.take() offers nothing of a paused sweep", () => {
  const ledger = queuedSweep();
  ledger.apply({ type: "sweepPaused", by: "test" });
  assert.deepEqual(new PackOffers().take(ledger), []);
});

Deno.test("PackOffers.take() offers a pack anew each time that it becomes free, but not while held", () => {
  const ledger = queuedSweep();
  const offers = new PackOffers();
  offers.take(ledger);
  const held = { pack: parsePackId(1), attempt: parseAttempt(1) };
  ledger.apply({
    type: "packLeased",
    ...held,
    worker: parseWorkerId("w"),
    backend: "cpu",
    delivery: { sequence: 1, count: 1 },
  });
  offers.forget(parsePackId(1));
  assert.deepEqual(offers.take(ledger), []);
  ledger.apply({ type: "packReleased", ...held, cause: { kind: "leaseExpired" } });
  assert.deepEqual(offers.take(ledger), [1]);
  assert.deepEqual(offers.take(ledger), []);
});

Deno.test("PackOffers.take() offers what became free during a pause after it", () => {
  const ledger = queuedSweep();
  const offers = new PackOffers();
  ledger.apply({ type: "sweepPaused", by: "test" });
  offers.take(ledger);
  ledger.apply({ type: "sweepResumed", by: "test" });
  assert.deepEqual(offers.take(ledger), [0, 1, 2, 3]);
});
