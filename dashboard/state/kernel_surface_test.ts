import assert from "node:assert/strict";
import golden from "./testdata/kernel_surface.json" with { type: "json" };
import { kernelSurface, scottBandwidths, type SurfaceColumns } from "./kernel_surface.ts";

const points = columnsOf({ x: golden.x, y: golden.y, value: golden.values });

function columnsOf(columns: Record<keyof SurfaceColumns, readonly number[]>): SurfaceColumns {
  const { x, y, value } = columns;
  return { x: Float64Array.from(x), y: Float64Array.from(y), value: Float64Array.from(value) };
}

function assertNear(actual: readonly number[], expected: readonly number[], within: number): void {
  assert.equal(actual.length, expected.length);
  actual.forEach((value, at) =>
    assert.ok(Math.abs(value - expected[at]!) < within, `${at}: ${value}`)
  );
}

Deno.test("kernelSurface() is the local constant regression that statsmodels fits", () => {
  const { columns, rows, bandwidths: [hx = 0, hy = 0] } = golden;
  const { values } = kernelSurface(points, { columns, rows, bandwidths: [hx, hy] });
  assertNear(values, golden.surface, 1e-9);
});

Deno.test("kernelSurface() takes very many points together, and stays near", () => {
  const { columns, rows, bandwidths: [hx = 0, hy = 0] } = golden;
  const often = (values: readonly number[]) => Array.from({ length: 100 }, () => values).flat();
  const many = columnsOf({
    x: often(golden.x),
    y: often(golden.y),
    value: often(golden.values),
  });
  const { values } = kernelSurface(many, { columns, rows, bandwidths: [hx, hy] });
  assertNear(values, golden.surface, 1e-9);
});

Deno.test("kernelSurface() knows where nothing is near: more than two bandwidths from the only point", () => {
  const { values, isSupported } = kernelSurface(columnsOf({ x: [0], y: [0], value: [0.7] }), {
    columns: 5,
    rows: 2,
    bandwidths: [0.13, 0.4],
  });
  // Nodes lie at 0, 0.25, 0.5 …; 2 × 0.13 reaches the second, the upper row is 2.5 bandwidths away.
  assert.deepEqual(isSupported, [
    true,
    true,
    false,
    false,
    false,
    false,
    false,
    false,
    false,
    false,
  ]);
  assert.equal(values[1], 0.7);
});

Deno.test("scottBandwidths() is σ n^(−1/6), with a usual width where nothing varies", () => {
  assertNear(scottBandwidths(points), golden.scott, 1e-12);
  assert.deepEqual(scottBandwidths(columnsOf({ x: [0.5], y: [0.5], value: [1] })), [0.1, 0.1]);
});
