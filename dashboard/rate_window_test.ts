import assert from "node:assert/strict";
import { instant } from "../core/domain/units.ts";
import { RateWindow } from "./rate_window.ts";

Deno.test("RateWindow.rates forgets what is older than a minute", () => {
  const window = new RateWindow();
  assert.equal(window.rates(), null);
  // A slow first five minutes, then a fast one.
  for (let second = 0; second <= 300; second++) {
    window.add({ at: instant(second * 1000), epochs: second, steps: 10 * second });
  }
  for (let second = 1; second <= 60; second++) {
    const at = instant((300 + second) * 1000);
    window.add({ at, epochs: 300 + 5 * second, steps: 3000 + 50 * second });
  }
  assert.deepEqual(window.rates(), { epochsPerSecond: 5, laneStepsPerSecond: 50 });
});

Deno.test("RateWindow.rates says nothing before any time has passed", () => {
  const window = new RateWindow();
  window.add({ at: instant(1000), epochs: 3, steps: 30 });
  assert.equal(window.rates(), null);
});
