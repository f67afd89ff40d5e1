import assert from "node:assert/strict";
import { schemaOf } from "./sweep_schema.ts";

const facts = {
  metric: "val_loss",
  testMetric: null,
  otherObjectives: [],
  parameters: [{ name: "lr", value: "0.1, 0.2" }, { name: "depth", value: "1" }],
};

Deno.test("schemaOf() tells sweeps by the names of parameters and objectives, not by values", () => {
  const other = {
    ...facts,
    parameters: [{ name: "depth", value: "3" }, { name: "lr", value: "1" }],
  };
  assert.equal(schemaOf(other), schemaOf(facts));
  assert.notEqual(schemaOf({ ...facts, metric: "val_accuracy" }), schemaOf(facts));
  assert.notEqual(schemaOf({ ...facts, parameters: [] }), schemaOf(facts));
  assert.match(schemaOf(facts), /^[0-9a-z]{1,7}$/);
});
