import assert from "node:assert/strict";
import { didYouMean, nearestName } from "./nearest_name.ts";

const NAMES = ["batch_size", "lr", "hidden_width", "depth", "epochs"];

Deno.test("nearestName() finds a name behind one slip of the fingers", () => {
  for (const typed of ["bacth_size", "batch_sise", "batchSize", "Batch-Size", "batch_siz"]) {
    assert.equal(nearestName(typed, NAMES), "batch_size", typed);
  }
  assert.equal(nearestName("rl", NAMES), "lr");
  assert.equal(nearestName("epoch", NAMES), "epochs");
});

Deno.test("nearestName() keeps silent where nothing is near", () => {
  for (const typed of ["dropout", "", "x".repeat(10_000), "momentum"]) {
    assert.equal(nearestName(typed, NAMES), null, typed.slice(0, 20));
  }
  assert.equal(nearestName("lr", []), null);
});

Deno.test("didYouMean() is empty where there is no suggestion", () => {
  assert.equal(didYouMean("dept", NAMES), '; did you mean "depth"?');
  assert.equal(didYouMean("dropout", NAMES), "");
});
