import assert from "node:assert/strict";
import { initialLayers } from "./initial_layers.ts";

const SHAPE = { seed: 1, replicate: 0, inputs: 400, hiddenWidth: 25, depth: 2, classes: 3 };

Deno.test("initialLayers() makes depth + 1 layers that fit together", () => {
  const shapes = initialLayers(SHAPE).map(({ inputs, outputs, weights, bias }) => {
    assert.equal(weights.length, inputs * outputs);
    assert.equal(bias.length, outputs);
    return [inputs, outputs];
  });
  assert.deepEqual(shapes, [[400, 25], [25, 25], [25, 3]]);
});

Deno.test("initialLayers() draws uniformly from ±1/√fan-in", () => {
  for (const { inputs, weights, bias } of initialLayers(SHAPE)) {
    const bound = 1 / Math.sqrt(inputs);
    for (const value of [...weights, ...bias]) assert.ok(Math.abs(value) <= bound);
  }
  const { weights } = initialLayers(SHAPE)[0]!;
  const mean = weights.reduce((sum, w) => sum + w, 0) / weights.length;
  const variance = weights.reduce((sum, w) => sum + (w - mean) ** 2, 0) / weights.length;
  // Uniform on ±b: mean 0, variance b²/3; 10,000 draws leave an error of about 1 %.
  assert.ok(Math.abs(mean) < 0.002);
  assert.ok(Math.abs(variance / (1 / 400 / 3) - 1) < 0.05);
});

Deno.test("initialLayers() is a function of seed and replicate", () => {
  assert.deepEqual(initialLayers(SHAPE), initialLayers(SHAPE));
  assert.notDeepEqual(initialLayers(SHAPE), initialLayers({ ...SHAPE, replicate: 1 }));
  assert.notDeepEqual(initialLayers(SHAPE), initialLayers({ ...SHAPE, seed: 2 }));
});

Deno.test("initialLayers() refuses a network without hidden layers or units", () => {
  assert.throws(() => initialLayers({ ...SHAPE, depth: 0 }), RangeError);
  assert.throws(() => initialLayers({ ...SHAPE, hiddenWidth: 2.5 }), RangeError);
});
