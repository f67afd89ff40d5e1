import assert from "node:assert/strict";
import { frontSweep } from "../../tests/support/front_sweep.ts";
import { paretoTable } from "./pareto_table.ts";
import { sweepDetails } from "./sweep_details.ts";

Deno.test("paretoTable() tells the front, what is not on it, and how the hypervolume grew", async (t) => {
  for (const width of [120, 60]) {
    await t.assertSnapshot(paretoTable(frontSweep(), { width }).join("\n"));
  }
});

Deno.test("paretoTable() says that nothing completed", () => {
  assert.deepEqual(paretoTable(frontSweep({ results: 0 }), { width: 80 }), [
    "Objectives: maximize val_accuracy, minimize train_loss",
    "No trial completed, so there is no front.",
  ]);
});

Deno.test("sweepDetails() says that a sweep has several objectives, and where its front is", () => {
  const lines = sweepDetails(frontSweep(), { width: 120, state: "running" });
  assert.ok(lines.includes(
    "2 objectives: maximize val_accuracy, minimize train_loss; ranked by the first, the front: " +
      "deno task trawl show digits-2f9k --front",
  ));
});
