import assert from "node:assert/strict";
import { isWorthCompacting } from "./compaction.ts";

Deno.test("isWorthCompacting() says yes below half, or when the steps left repay it", () => {
  const cases: readonly [lanes: number, live: number, stepsLeft: number, due: boolean][] = [
    [4, 4, 1e6, false],
    [4, 1, 1, true],
    [4, 1, 0, false],
    [4, 2, 1, false],
    [4, 3, 24, false],
    [4, 3, 25, true],
    [64, 63, 100, false],
    [64, 63, 1000, true],
  ];
  for (const [lanes, live, stepsLeft, due] of cases) {
    assert.equal(isWorthCompacting({ lanes, live, stepsLeft }), due, `${[lanes, live, stepsLeft]}`);
  }
});
