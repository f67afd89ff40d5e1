import assert from "node:assert/strict";
import { normalCdf, normalQuantile } from "./normal_distribution.ts";

/** Quantiles to 16 digits, from SciPy 1.17.1's `norm.ppf`. */
const TABLE: readonly (readonly [probability: number, x: number])[] = [
  [1e-20, -9.262340089798409],
  [1e-5, -4.264890793922825],
  [0.025, -1.9599639845400545],
  [0.2, -0.8416212335729142],
  [0.5, 0],
  [0.9, 1.2815515655446004],
  [0.999999, 4.753424308817087],
];

function isNear(a: number, b: number, relative: number): boolean {
  return Math.abs(a - b) <= relative * Math.max(Math.abs(b), 1e-300);
}

Deno.test("normalQuantile() agrees with the table", () => {
  for (const [probability, x] of TABLE) {
    assert.ok(isNear(normalQuantile(probability), x, 1e-14), `${probability}`);
  }
  assert.equal(normalQuantile(0), -Infinity);
  assert.equal(normalQuantile(1), Infinity);
});

Deno.test("normalCdf() is the inverse of normalQuantile(), in the far tail too", () => {
  for (const [probability] of TABLE) {
    assert.ok(isNear(normalCdf(normalQuantile(probability)), probability, 1e-12), `${probability}`);
  }
  assert.ok(isNear(normalCdf(-10), 7.61985302416047e-24, 1e-12));
});
