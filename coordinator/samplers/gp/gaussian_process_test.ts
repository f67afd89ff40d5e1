import assert from "node:assert/strict";
import fc from "fast-check";
import { createRng } from "../../../core/domain/rng.ts";
import { fitKernel } from "./fit_kernel.ts";
import { conditionOn, type Measurements } from "./gaussian_process.ts";
import { climb } from "./lbfgs.ts";
import { cholesky, inverseOf, logDeterminant } from "./linear_algebra.ts";
import { logExpectedImprovement, logH } from "./log_expected_improvement.ts";
import { logPosterior, priorsOf } from "./log_posterior.ts";

interface Case {
  readonly rows: readonly (readonly number[])[];
  readonly values: readonly number[];
  readonly variance: number;
  readonly noise: number;
  readonly lengths: readonly number[];
  readonly logLikelihood: number;
  readonly gradient: readonly number[];
  readonly queries: readonly (readonly number[])[];
  readonly means: readonly number[];
  readonly sds: readonly number[];
}

const GOLDEN: {
  readonly cases: readonly Case[];
  readonly logH: readonly (readonly [z: number, logH: number])[];
} = JSON.parse(
  await Deno.readTextFile(new URL("testdata/gaussian_process.json", import.meta.url)),
);

function measurementsOf({ rows, values, lengths }: Case): Measurements {
  return {
    columns: { groups: lengths.map((_, index) => index), lengths: lengths.length },
    rows: rows.map((row) => Float64Array.from(row)),
    values,
  };
}

function near(actual: number | undefined, expected: number, relative = 1e-8): void {
  const error = Math.abs((actual ?? NaN) - expected);
  assert.ok(error <= relative * Math.max(1, Math.abs(expected)), `${actual} is not ${expected}`);
}

/** Without the prior: what scikit-learn computes. */
const FLAT = { mean: 0, sd: Infinity };

Deno.test("cholesky() factors what can be factored, and its inverse is one", () => {
  const entries = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), {
    minLength: 25,
    maxLength: 25,
  });
  fc.assert(fc.property(entries, (b) => {
    const n = 5;
    const a = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        for (let k = 0; k < n; k++) a[i * n + j]! += b[i * n + k]! * b[j * n + k]!;
      }
      a[i * n + i]! += 1;
    }
    const lower = a.slice();
    assert.ok(cholesky(lower, n));
    const inverse = inverseOf(lower, n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let k = 0; k < n; k++) {
          sum += a[i * n + k]! * inverse[Math.max(k, j) * n + Math.min(k, j)]!;
        }
        near(sum, i === j ? 1 : 0);
      }
    }
  }));
  assert.equal(cholesky(Float64Array.of(1, 0, 2, 1), 2), false);
  const known = Float64Array.of(4, 0, 2, 5);
  assert.ok(cholesky(known, 2));
  assert.deepEqual([...known], [2, 0, 1, 2]);
  near(logDeterminant(known, 2), Math.log(16));
});

Deno.test("conditionOn() believes what scikit-learn believes", () => {
  for (const golden of GOLDEN.cases) {
    const process = conditionOn(measurementsOf(golden), golden);
    near(process.logLikelihood, golden.logLikelihood);
    for (const [i, row] of measurementsOf(golden).rows.entries()) {
      near(process.fitted[i], process.predict(row).mean);
    }
    for (const [i, query] of golden.queries.entries()) {
      const { mean, sd } = process.predict(Float64Array.from(query));
      near(mean, golden.means[i]!);
      near(sd, golden.sds[i]!);
    }
  }
});

Deno.test("conditionOn() takes the same point any number of times, without noise too", () => {
  const row = Float64Array.of(0.5);
  const process = conditionOn({
    columns: { groups: [0], lengths: 1 },
    rows: [row, row, row],
    values: [1, 1, 1],
  }, { variance: 1, noise: 0, lengths: [1] });
  near(process.predict(row).mean, 1, 1e-6);
});

Deno.test("logPosterior() has scikit-learn's value and gradient where the prior is flat", () => {
  for (const golden of GOLDEN.cases) {
    const theta = [golden.variance, golden.noise, ...golden.lengths].map(Math.log);
    const { value, gradient } = logPosterior(measurementsOf(golden), theta.map(() => FLAT))(theta);
    near(value, golden.logLikelihood);
    for (const [i, expected] of golden.gradient.entries()) near(gradient[i], expected, 1e-7);
  }
});

Deno.test("logPosterior() has the gradient that differences give, with priors and shared scales", () => {
  const [golden] = GOLDEN.cases.slice(-1);
  assert.ok(golden);
  const measured = { ...measurementsOf(golden), columns: { groups: [0, 1, 1, 0], lengths: 2 } };
  const evaluate = logPosterior(measured, priorsOf(2));
  const theta = [0.3, -4, -0.5, 0.2];
  const { gradient } = evaluate(theta);
  for (const [i, slope] of gradient.entries()) {
    const at = (step: number) => evaluate(theta.with(i, theta[i]! + step)).value;
    near(slope, (at(1e-5) - at(-1e-5)) / 2e-5, 1e-5);
  }
});

Deno.test("climb() ends on the summit of a bent ridge, and at the bound where that is beyond it", () => {
  // Rosenbrock's function upside down.
  const ridge = ([x = 0, y = 0]: readonly number[]) => ({
    value: -((1 - x) ** 2 + 100 * (y - x * x) ** 2),
    gradient: [2 * (1 - x) + 400 * x * (y - x * x), -200 * (y - x * x)],
  });
  const { point } = climb(ridge, { start: [-1.2, 1], steps: 200, bound: 5 });
  near(point[0], 1, 2e-2);
  near(point[1], 1, 4e-2);
  const slope = ([x = 0]: readonly number[]) => ({ value: x, gradient: [1] });
  assert.deepEqual(climb(slope, { start: [0], steps: 200, bound: 5 }).point, [5]);
});

Deno.test("fitKernel() finds no noise in a smooth function, and short scales where it moves", () => {
  const rng = createRng(1);
  const rows = Array.from({ length: 40 }, () => Float64Array.of(rng.uniform(), rng.uniform()));
  const values = rows.map((row) => Math.SQRT2 * Math.sin(6 * row[0]!));
  const measured = { columns: { groups: [0, 1], lengths: 2 }, rows, values };
  const { lengths, noise } = fitKernel(measured, createRng(2));
  assert.ok(noise < 1e-4, `${noise}`);
  assert.ok(2 * lengths[0]! < lengths[1]!, `${lengths}`);
  const noisy = { ...measured, values: values.map((value) => value + 0.5 * rng.normal()) };
  const fitted = fitKernel(noisy, createRng(2)).noise;
  assert.ok(fitted > 0.1 && fitted < 0.5, `${fitted}`);
});

Deno.test("logH() is right to its last digits in the far tail", () => {
  for (const [z, expected] of GOLDEN.logH) near(logH(z), expected, 2e-13);
});

Deno.test("logExpectedImprovement() is the logarithm of the mean improvement", () => {
  // f normal with mean 1 and sd 2, best 0.5: by the sum over a fine grid.
  let sum = 0;
  for (let x = -15; x < 0.5; x += 1e-3) {
    sum += (0.5 - x) * Math.exp(-(((x - 1) / 2) ** 2) / 2) / (2 * Math.sqrt(2 * Math.PI)) * 1e-3;
  }
  near(logExpectedImprovement({ mean: 1, sd: 2 }, 0.5), Math.log(sum), 1e-3);
});
