import assert from "node:assert/strict";
import { schedulerWords } from "./scheduler_words.ts";

Deno.test("schedulerWords() names the scheduler and its settings without braces", () => {
  assert.equal(
    schedulerWords({ type: "asha", variant: "promotion", minEpochs: 2, eta: 3 }),
    "asha · variant promotion · min_epochs 2 · eta 3",
  );
});

Deno.test("schedulerWords() keeps a list of numbers together", () => {
  const words = schedulerWords({
    type: "pbt",
    interval: 4,
    quantile: 0.25,
    resample: 0.1,
    factors: [0.8, 1.2],
  });
  assert.match(words, /factors \[0\.8, 1\.2\]$/);
  assert.match(words, /^pbt · interval 4 · /);
});
