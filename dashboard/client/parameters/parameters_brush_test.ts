import assert from "node:assert/strict";
import { brushedFields } from "./parameters_brush.ts";

Deno.test("brushedFields() are the values at both ends, by the axis' scale", () => {
  const axis = { axis: "lr", scale: "log", min: "0.001", max: "1" };
  assert.deepEqual(brushedFields(axis, [2 / 3, 1 / 3]), { kind: "range", min: "0.01", max: "0.1" });
  const linear = { axis: "", scale: "linear", min: "0", max: "2" };
  assert.deepEqual(brushedFields(linear, [-1, 0.25]), { kind: "range", min: "0", max: "0.5" });
});

Deno.test("brushedFields() are the choices inside, as ends where they are numbers", () => {
  const numbers = { axis: "width", values: "[8,16,32]" };
  assert.deepEqual(brushedFields(numbers, [0.4, 1]), { kind: "range", min: "16", max: "32" });
  const words = { axis: "kind", values: '["relu","tanh",true]' };
  assert.deepEqual(brushedFields(words, [0, 0.6]), { kind: "choices", chosen: ["relu", "tanh"] });
  assert.equal(brushedFields(words, [0.2, 0.3]), null);
});
