import assert from "node:assert/strict";
import fc from "fast-check";
import { epochsEvery, rungEpochs, rungsBeforeEnd } from "./rungs.ts";

Deno.test("rungEpochs() has the rung at exact powers that a floored logarithm loses", () => {
  const floored = (ratio: number, eta: number): number =>
    Math.floor(Math.log(ratio) / Math.log(eta));
  assert.equal(floored(243, 3), 4);
  assert.deepEqual(rungEpochs({ minEpochs: 1, maxEpochs: 243, eta: 3 }), [1, 3, 9, 27, 81, 243]);
  assert.equal(floored(1000, 10), 2);
  assert.deepEqual(rungEpochs({ minEpochs: 1, maxEpochs: 1000, eta: 10 }), [1, 10, 100, 1000]);
  assert.deepEqual(rungEpochs({ minEpochs: 2, maxEpochs: 486, eta: 3 }).length, 6);
});

Deno.test("rungEpochs() ends at the last rung that is no later than the end", () => {
  assert.deepEqual(rungEpochs({ minEpochs: 1, maxEpochs: 100, eta: 3 }), [1, 3, 9, 27, 81]);
  assert.deepEqual(rungEpochs({ minEpochs: 5, maxEpochs: 5, eta: 2 }), [5]);
  assert.deepEqual(rungEpochs({ minEpochs: 5, maxEpochs: 4, eta: 2 }), []);
  assert.deepEqual(rungsBeforeEnd({ minEpochs: 1, maxEpochs: 9, eta: 3 }), [1, 3]);
  assert.deepEqual(rungsBeforeEnd({ minEpochs: 9, maxEpochs: 9, eta: 3 }), []);
});

Deno.test("rungEpochs() has one rung more for each power of η, for every η", () => {
  fc.assert(fc.property(
    fc.integer({ min: 2, max: 12 }),
    fc.integer({ min: 0, max: 11 }),
    fc.integer({ min: 1, max: 50 }),
    (eta, power, minEpochs) => {
      const maxEpochs = minEpochs * eta ** power;
      const epochs = rungEpochs({ minEpochs, maxEpochs, eta });
      assert.equal(epochs.length, power + 1);
      assert.equal(epochs.at(-1), maxEpochs);
      if (power > 0) {
        assert.equal(rungEpochs({ minEpochs, maxEpochs: maxEpochs - 1, eta }).length, power);
      }
    },
  ));
});

Deno.test("rungEpochs() refuses what is no integer, and a factor that would never end", () => {
  assert.throws(() => rungEpochs({ minEpochs: 1, maxEpochs: 9, eta: 1 }), {
    name: "RangeError",
    message: "Cannot schedule trials: the reduction factor is 1; it must be an integer >= 2",
  });
  assert.throws(() => rungEpochs({ minEpochs: 0, maxEpochs: 9, eta: 3 }), /the first rung is 0/);
  assert.throws(() => rungEpochs({ minEpochs: 1, maxEpochs: 1.5, eta: 3 }), /of a trial is 1.5/);
});

Deno.test("epochsEvery() has the multiples before the end, of a wider interval where they are too many", () => {
  assert.deepEqual(epochsEvery(3, { maxEpochs: 9 }), [3, 6]);
  assert.deepEqual(epochsEvery(3, { maxEpochs: 10 }), [3, 6, 9]);
  assert.deepEqual(epochsEvery(9, { maxEpochs: 9 }), []);
  assert.deepEqual(epochsEvery(1, { maxEpochs: 10, most: 4 }), [3, 6, 9]);
  assert.equal(epochsEvery(1, { maxEpochs: 1001, most: 1000 }).length, 1000);
  assert.deepEqual(epochsEvery(1, { maxEpochs: 1002, most: 1000 }).slice(0, 2), [2, 4]);
  assert.throws(() => epochsEvery(0, { maxEpochs: 9 }), RangeError);
});
