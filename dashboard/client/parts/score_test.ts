import assert from "node:assert/strict";

import { renderHtml } from "../../pages/render_html.ts";
import type { LeaderRow } from "../model.ts";
import { IntervalMark, scoreDomain } from "./score.tsx";

Deno.test("scoreDomain() leaves the worst beyond its end where they would make dots of the others", () => {
  const near = [0.93, 0.92, 0.91].map((mean) => row(mean, 0.01));
  const domain = scoreDomain([...near, row(0.1, 0.01)]);
  assert.deepEqual(domain, [0.9, 0.94]);
  const far = renderHtml(IntervalMark({ score: row(0.1, 0.01).score, domain }));
  assert.match(far, /M9 3l-4 4 4 4/);
  assert.doesNotMatch(far, /circle/);
  assert.match(far, /0\.1000, 95 % interval 0\.0900 to 0\.1100/);
});

Deno.test("scoreDomain() spans all where they are of one size", () => {
  const rows = [0.93, 0.92, 0.91, 0.9].map((mean) => row(mean, 0.01));
  assert.deepEqual(scoreDomain(rows), [0.89, 0.94]);
  assert.deepEqual(scoreDomain([]), [0, 1]);
});

function row(mean: number, half: number): LeaderRow {
  const round = (value: number): number => Number(value.toFixed(4));
  return {
    score: { mean, sd: half, n: 5, ci95: [round(mean - half), round(mean + half)], estimator: "t" },
  } as unknown as LeaderRow;
}
