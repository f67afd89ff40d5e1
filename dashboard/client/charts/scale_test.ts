import assert from "node:assert/strict";
import { axisTicks, logTicks } from "./scale.ts";

Deno.test("logTicks() are powers of ten where these suffice, else steps between them", () => {
  assert.deepEqual(logTicks(0.001, 1, 8), [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1]);
  assert.deepEqual(logTicks(1e-8, 1, 5), [1e-8, 1e-6, 1e-4, 1e-2, 1]);
  assert.deepEqual(logTicks(10, 60, 8), [10, 20, 50]);
  assert.deepEqual(logTicks(20, 26, 5), [20, 22, 24, 26]);
});

Deno.test("axisTicks() places numbers by their scale and choices at equal distances", () => {
  const number = { kind: "number", name: "x", hasAbsent: false } as const;
  assert.deepEqual(
    axisTicks({ ...number, scale: "log", min: 1, max: 100 }, 3),
    [{ at: 0, label: "1" }, { at: 0.5, label: "10" }, { at: 1, label: "100" }],
  );
  assert.deepEqual(axisTicks({ ...number, scale: "linear", min: 2, max: 2 }, 3), [
    { at: 0.5, label: "2" },
  ]);
  const choices = { kind: "choices", name: "x", values: ["a", "b"], hasAbsent: false } as const;
  assert.deepEqual(axisTicks(choices, 8), [{ at: 0.25, label: "a" }, { at: 0.75, label: "b" }]);
});
