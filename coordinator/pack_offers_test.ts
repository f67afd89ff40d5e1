import assert from "node:assert/strict";
import { parsePackId } from "../core/domain/ids.ts";
import { SweepLedger } from "../core/domain/sweep_ledger.ts";
import { specOf, sweepCreated } from "../tests/support/specs.ts";
import { PackOffers } from "./pack_offers.ts";
import { planNextTrials } from "./plan_trials.ts";

/** A sweep of 30 packs that nobody holds. */
function queuedSweep(): SweepLedger {
  const values = Array.from({ length: 30 }, (_, i) => (i + 1) / 100);
  const spec = specOf({ parameters: [{ name: "lr", domain: { kind: "values", values } }] });
  const ledger = new SweepLedger(sweepCreated(spec));
  for (const event of planNextTrials(ledger)) ledger.apply(event);
  return ledger;
}

Deno.test("PackOffers.take() keeps two packs a slot in the queue, and four without a worker", () => {
  const ledger = queuedSweep();
  const offers = new PackOffers();
  assert.deepEqual(offers.take(ledger, 0), [0, 1, 2, 3]);
  assert.deepEqual(offers.take(ledger, 0), []);
  assert.deepEqual(offers.take(ledger, 3), [4, 5]);
});

Deno.test("PackOffers.take() offers a forgotten pack again", () => {
  const ledger = queuedSweep();
  const offers = new PackOffers();
  offers.take(ledger, 0);
  offers.forget(parsePackId(2));
  assert.deepEqual(offers.take(ledger, 0), [2]);
});

Deno.test("PackOffers.take() offers nothing of a paused sweep", () => {
  const ledger = queuedSweep();
  ledger.apply({ type: "sweepPaused", by: "test" });
  assert.deepEqual(new PackOffers().take(ledger, 5), []);
});
