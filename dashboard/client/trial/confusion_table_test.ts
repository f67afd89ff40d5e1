import assert from "node:assert/strict";
import { confusionSentence } from "./confusion_table.tsx";

const CLASSES = ["3", "4", "9"].map((name) => ({ name }));
const words = (confusion: readonly (readonly number[])[]): string =>
  confusionSentence({ classes: CLASSES, confusion });

Deno.test("confusionSentence names the most frequent confusion and the share of what is right", () => {
  assert.equal(
    words([[350, 5, 5], [0, 346, 14], [3, 9, 348]]),
    "The most frequent confusion is 4 taken for 9: 14 of 360; 96.7 % of 1,080 examples are on the " +
      "diagonal.",
  );
});

Deno.test("confusionSentence says that pairs are equally frequent, and that nothing is confused", () => {
  assert.match(
    words([[8, 2, 0], [0, 10, 0], [0, 2, 8]]),
    /2 of 10 \(another pair as often\); 86\.7 %/,
  );
  assert.equal(
    words([[8, 0, 0], [0, 9, 0], [0, 0, 7]]),
    "100.0 % of 24 examples are on the diagonal: none is confused.",
  );
  assert.equal(words([[0, 0, 0], [0, 0, 0], [0, 0, 0]]), "There is no example to classify.");
});

Deno.test("confusionSentence rounds no mistake away, and no success", () => {
  assert.match(words([[99_999, 1, 0], [0, 0, 0], [0, 0, 0]]), /; 99\.9 % of 100,000 examples/);
  assert.match(words([[1, 9_999, 0], [0, 0, 0], [0, 0, 0]]), /; 0\.1 % of 10,000 examples/);
});
