import assert from "node:assert/strict";
import { brushedFields, reordered } from "./parameters_brush.ts";

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

Deno.test("brushedFields() turns an axis round that stands on its head", () => {
  const axis = { axis: "lr", scale: "linear", min: "0", max: "1", flipped: "" };
  assert.deepEqual(brushedFields(axis, [0.75, 1]), { kind: "range", min: "0", max: "0.25" });
});

Deno.test("reordered() drops an axis where it was let go, at either end too", () => {
  const order = ["a", "b", "c", "d"];
  assert.deepEqual(reordered(order, "a", 2.4), ["b", "c", "a", "d"]);
  assert.deepEqual(reordered(order, "d", -3), ["d", "a", "b", "c"]);
  assert.deepEqual(reordered(order, "b", 9), ["a", "c", "d", "b"]);
  assert.deepEqual(reordered(order, "c", 2.2), order);
});
