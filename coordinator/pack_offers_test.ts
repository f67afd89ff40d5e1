import assert from "node:assert/strict";
import { parsePackId } from "../core/domain/ids.ts";
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
