import assert from "node:assert/strict";
import { createRng } from "../../domain/rng.ts";
import { estimateMean } from "../../domain/statistics.ts";
import { judgeNumber, predictionInterval, verdictCounts } from "./number_verdict.ts";

Deno.test("predictionInterval() equals mean ± t · sd · √(1 + 1/n), by hand", () => {
  // 1, 2, 3: mean 2, sd 1, t(0.975, 2) = 4.3027, √(4/3) = 1.1547.
  const [lower, upper] = predictionInterval(estimateMean([1, 2, 3])) ?? [];
  assert.ok(Math.abs((lower ?? 0) - (2 - 4.302653 * 1.1547005)) < 1e-5, `${lower}`);
  assert.ok(Math.abs((upper ?? 0) - (2 + 4.302653 * 1.1547005)) < 1e-5, `${upper}`);
  assert.equal(predictionInterval(estimateMean([1])), null);
});

Deno.test("predictionInterval() holds the next run in 95 % of 2,000 simulated experiments", () => {
  for (const n of [3, 20]) {
    const rng = createRng(13, "prediction", n);
    let held = 0;
    for (let i = 0; i < 2000; i++) {
      const ends = predictionInterval(estimateMean(Array.from({ length: n }, () => rng.normal())));
      const next = rng.normal();
      if (ends !== null && ends[0] <= next && next <= ends[1]) held++;
    }
    assert.ok(held >= 1860 && held <= 1940, `n = ${n}: ${held} of 2,000`);
  }
});

Deno.test("judgeNumber() says reproduced, not reproduced, undecided or not tested", () => {
  const judge = (published: number, values: readonly number[]) =>
    judgeNumber("q", { published, values }).verdict;
  assert.equal(judge(0.81, [0.8, 0.82, 0.81]), "reproduced");
  assert.equal(judge(0.9, [0.8, 0.82, 0.81]), "not reproduced");
  assert.equal(judge(0.81, [0.81]), "undecided");
  assert.equal(judge(0.81, []), "not tested");
  // Published numbers are rounded: 2/3 is published as 0.6667.
  assert.equal(judge(0.6667, [2 / 3, 2 / 3]), "reproduced");
  assert.equal(judge(0.6668, [2 / 3, 2 / 3]), "not reproduced");
});

Deno.test("verdictCounts() leave out what was not tested", () => {
  const verdicts = [[1, 1, 1.1], [9], []].map((values) =>
    judgeNumber("q", { published: 1, values })
  );
  assert.equal(
    verdictCounts(verdicts),
    "1 of 1 published numbers are reproduced; 2 are not tested or undecided.",
  );
});
