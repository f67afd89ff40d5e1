import assert from "node:assert/strict";
import { epoch } from "../../domain/units.ts";
import { logLines, minibatches, thinned } from "./log_lines.ts";

Deno.test("logLines() writes the lab's own lines", () => {
  const points = [
    { epoch: epoch(1), metrics: { train_loss: 1.0986 } },
    { epoch: epoch(250), metrics: { train_loss: 0.0712, val_loss: 0.5584 } },
  ];
  assert.deepEqual(logLines(points, { train: 12, validation: 3 }), [
    "[1,    12] loss: 1.099",
    "[250,    12] loss: 0.071",
    "[250,     3] val loss: 0.558",
  ]);
});

Deno.test("logLines() equals the log of the lab's report, line by line", () => {
  const losses = [[0.075, 0.589], [0.075, 0.514], [0.074, 0.525], [0.074, 0.546], [0.074, 0.573]];
  const points = losses.map(([train = NaN, validation = NaN], index) => ({
    epoch: epoch(241 + index),
    metrics: { train_loss: train, val_loss: validation },
  }));
  // 1,500 training and 300 validation images in minibatches of 128.
  const batches = { train: minibatches(1500, 128), validation: minibatches(300, 128) };
  assert.equal(
    logLines(points, batches).join("\n"),
    `[241,    12] loss: 0.075
[241,     3] val loss: 0.589
[242,    12] loss: 0.075
[242,     3] val loss: 0.514
[243,    12] loss: 0.074
[243,     3] val loss: 0.525
[244,    12] loss: 0.074
[244,     3] val loss: 0.546
[245,    12] loss: 0.074
[245,     3] val loss: 0.573`,
  );
});

Deno.test("minibatches() counts the last, smaller one, and a batch of everything as one", () => {
  assert.deepEqual(
    [minibatches(1500, 128), minibatches(300, 128), minibatches(1500, 2 ** 31 - 1)],
    [12, 3, 1],
  );
});

Deno.test("thinned() keeps the first and the last at equal distances", () => {
  assert.deepEqual(thinned([0, 1, 2, 3, 4, 5, 6, 7, 8], 3), [0, 4, 8]);
  assert.deepEqual(thinned([0, 1], 3), [0, 1]);
});
