import assert from "node:assert/strict";
import { arrowOf } from "./cell_keys.ts";
import { nextSnapshot } from "./snapshot_controls.tsx";
import { chosenMistakes, countMistakes, TrialMistakes } from "./trial_mistakes.tsx";
import type { MistakeView } from "./trial_model.ts";

const mistake = (
  index: number,
  pair: readonly [number, number],
  confidence: number,
  loss: number | null = null,
): MistakeView => ({
  index,
  actual: "a",
  predicted: "b",
  pair,
  confidence,
  loss,
  leastLoss: null,
  image: null,
});

Deno.test("chosenMistakes() are those of a pair, by their loss or in the set's order", () => {
  const all = [mistake(9, [0, 1], 0.6), mistake(4, [1, 0], 0.8), mistake(7, [0, 1], 0.9)];
  const indexes = (pair: readonly [number, number] | null, sort: "loss" | "index") =>
    chosenMistakes(all, { pair, sort }).map(({ index }) => index);
  assert.deepEqual(indexes(null, "loss"), [7, 4, 9]);
  assert.deepEqual(indexes(null, "index"), [4, 7, 9]);
  assert.deepEqual(indexes([0, 1], "index"), [7, 9]);
  assert.deepEqual(indexes([2, 3], "loss"), []);
});

Deno.test("chosenMistakes() go by their own losses where all of them are known", () => {
  const known = [
    mistake(1, [0, 1], 0.9, 2.5),
    mistake(2, [0, 1], 0.8, 4),
    mistake(3, [0, 1], 0.7, 3),
  ];
  const indexes = (all: readonly MistakeView[]) =>
    chosenMistakes(all, { pair: null, sort: "loss" }).map(({ index }) => index);
  assert.deepEqual(indexes(known), [2, 3, 1]);
  assert.deepEqual(indexes([...known, mistake(4, [0, 1], 0.95)]), [4, 1, 2, 3]);
});

Deno.test("countMistakes() counts what is not on the diagonal, or one cell", () => {
  const matrix = [[90, 3, 1], [2, 80, 0], [0, 4, 70]];
  assert.equal(countMistakes(matrix, null), 10);
  assert.equal(countMistakes(matrix, [2, 1]), 4);
  assert.equal(countMistakes(matrix, [9, 9]), 0);
});

Deno.test("nextSnapshot() goes from the result to the first snapshot, and on to the result", () => {
  assert.deepEqual([2, 0, 1].map((place) => nextSnapshot(3, place)), [0, 1, 2]);
});

Deno.test("arrowOf() moves by one cell, and by none for other keys", () => {
  assert.deepEqual(arrowOf("ArrowLeft"), [0, -1]);
  assert.deepEqual(arrowOf("ArrowDown"), [1, 0]);
  assert.equal(arrowOf("x"), null);
});

Deno.test("TrialMistakes is no card where every example was classified rightly", () => {
  const props = {
    result: { kind: "stored", mistakes: [], mistaken: [[3, 0], [0, 4]], split: null },
    snapshot: { query: { pair: null, sort: "loss" } },
    hrefOf: () => "",
  } as unknown as Parameters<typeof TrialMistakes>[0];
  assert.equal(TrialMistakes(props), null);
  const wrong = { ...props, result: { ...props.result, mistaken: [[3, 1], [0, 4]] } };
  assert.notEqual(TrialMistakes(wrong), null);
});
