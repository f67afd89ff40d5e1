import assert from "node:assert/strict";
import { sampleSweep } from "../../tests/support/sample_sweep.ts";
import { advance, newRace, raceOf, settle } from "../../tests/support/races.ts";
import { conclude, MOST_COMPARED, tiedWithBest } from "./conclusion.ts";

/** A sweep of 12 configurations × 8 replicates with the given objective of each trial; it is over. */
function sweepWith(
  accuracyOf: (configuration: number, replicate: number) => number,
  { isOver = true } = {},
) {
  const sample = sampleSweep({ replicates: 8 });
  for (let trial = 0; trial < 96; trial++) {
    sample.lease(trial, 1000 * trial, "w-1");
    sample.complete(trial, 1000 * trial + 900, accuracyOf(Math.floor(trial / 8), trial % 8));
  }
  if (isOver) {
    sample.append(96_000, { type: "sweepEnded", outcome: "completed", by: "coordinator" });
  }
  return sample.view.ledger;
}

/** Numbers without pattern in [0, 1), the same in every run. */
function noise(configuration: number, replicate: number): number {
  const x = Math.sin(12.9898 * (configuration + 1) + 78.233 * (replicate + 1)) * 43758.5453;
  return x - Math.floor(x);
}

Deno.test("conclude() names the winner, the test and n when the best is told from all others", () => {
  const ledger = sweepWith((c, r) => 0.5 + (c === 7 ? 0.3 : 0) + 0.05 * noise(c, r));
  const { winner, sentences, selection } = conclude(ledger);
  assert.equal(winner, 7);
  assert.match(
    sentences[0] ?? "",
    /^Configuration 7 is better than all 11 others: p (≤|<) 0\.0\d+, paired t test over common seeds, n = 8, Holm's correction for 11\.$/,
  );
  assert.equal(selection?.flattery, 0);
});

Deno.test("conclude() says how many cannot be told apart, what would tell, and what is selection", () => {
  const { winner, sentences, selection, standings } = conclude(
    sweepWith((c, r) => 0.5 + 0.2 * noise(c, r)),
  );
  assert.equal(winner, null);
  const tied = standings.slice(1).filter(({ isTied }) => isTied).length;
  assert.match(sentences[0] ?? "", new RegExp(`^No winner: ${tied} other configurations cannot`));
  assert.match(sentences[0] ?? "", /About \d+ more replicates? of each would tell/);
  assert.ok((selection?.flattery ?? 0) > 0);
  assert.match(sentences[1] ?? "", /best of 12: .* owed to the choice.*n = 8/);
});

Deno.test("conclude() says of a sweep that goes on what it came to so far", () => {
  const running = { isOver: false };
  const clear = conclude(sweepWith((c, r) => (c === 7 ? 0.8 : 0.5) + 0.05 * noise(c, r), running));
  assert.match(clear.sentences[0] ?? "", /^Configuration 7 is better than all 11 others so far: p/);
  const even = (c: number, r: number) => 0.5 + 0.2 * noise(c, r);
  const [tied, best] = conclude(sweepWith(even, running)).sentences;
  assert.match(tied ?? "", /^No winner so far: \d+ other configurations cannot be told/);
  assert.match(best ?? "", /^The best mean so far, 0\.\d+, is that of the best of 12/);
  for (const sentence of conclude(sweepWith(even)).sentences) {
    assert.doesNotMatch(sentence, /so far/);
  }
});

Deno.test("conclude() has nothing to say of single runs", () => {
  const sample = sampleSweep();
  for (const trial of [0, 1]) {
    sample.lease(trial, trial, "w-1");
    sample.complete(trial, trial + 1, 0.5 + trial / 10);
  }
  assert.deepEqual(conclude(sample.view.ledger).sentences, []);
  assert.equal(conclude(sample.view.ledger).winner, null);
});

Deno.test("conclude() compares the best 200 of many configurations, and says so", () => {
  const ledger = newRace(raceOf(230, { racing: undefined }));
  advance(ledger);
  settle(ledger, ({ configuration, replicate }) => configuration + noise(configuration, replicate));
  const { standings, sentences, winner } = conclude(ledger);
  assert.equal(standings.length, MOST_COMPARED);
  assert.deepEqual([standings[0]?.configuration, standings.at(-1)?.configuration], [229, 30]);
  assert.equal(sentences.at(-1), "Only the best 200 of 230 configurations are compared.");
  assert.equal(winner, null);
});

Deno.test("conclude() calls those tied that are still in a race, and its winner when one is left", () => {
  const ledger = newRace(raceOf(3));
  advance(ledger);
  settle(
    ledger,
    ({ configuration, replicate }) => 20 * configuration + noise(configuration, replicate),
  );
  const running = conclude(ledger);
  assert.equal(running.winner, null);
  assert.deepEqual([...tiedWithBest(running)], [2, 1, 0]);
  assert.match(
    running.sentences[0] ?? "",
    /^The race goes on: after 0 rounds 2 of 2 others cannot be told from the best so far\.$/,
  );
  advance(ledger);
  const over = conclude(ledger);
  assert.equal(ledger.status, "completed");
  assert.equal(over.winner, 2);
  assert.equal(tiedWithBest(over).size, 0);
  assert.doesNotMatch(over.sentences.join(" "), /so far/);
  assert.match(
    over.sentences[0] ?? "",
    /^Configuration 2 is better than all 2 others: a race of 1 round \(paired t or exact sign-flip/,
  );
});
