import assert from "node:assert/strict";
import { contourChart, gridValue, regionAbove } from "./contour.ts";

function surface(columns: number, rows: number, values: readonly number[]) {
  const axis = (count: number) => ({ min: 0, max: count - 1, count });
  return { kind: "surface" as const, x: axis(columns), y: axis(rows), values, points: [] };
}

/** The area that a path covers, by the shoelace formula over its rings. */
function areaOf(path: string): number {
  return path.split("Z").filter((ring) => ring !== "").reduce((sum, ring) => {
    const places = ring.slice(1).split("L").map((place) => place.split(" ").map(Number));
    const twice = places.reduce((total, [x = 0, y = 0], index) => {
      const [nextX = 0, nextY = 0] = places[(index + 1) % places.length] ?? [];
      return total + x * nextY - nextX * y;
    }, 0);
    return sum + Math.abs(twice) / 2;
  }, 0);
}

const place = (column: number, row: number): string => `${column} ${row}`;

Deno.test("regionAbove() cuts a slope where it passes the threshold", () => {
  const slope = surface(3, 2, [0, 1, 2, 0, 1, 2]);
  assert.equal(areaOf(regionAbove(slope, { threshold: 0.5, place })), 1.5);
  assert.equal(areaOf(regionAbove(slope, { threshold: 0, place })), 2);
  assert.equal(regionAbove(slope, { threshold: 2.1, place }), "");
});

Deno.test("regionAbove() joins whole cells of a row into one ring", () => {
  const flat = surface(5, 2, new Array(10).fill(1));
  assert.equal(regionAbove(flat, { threshold: 0.5, place }), "M0 0L4 0L4 1L0 1Z");
});

Deno.test("regionAbove() keeps a corner as a triangle", () => {
  const corner = surface(2, 2, [1, 0, 0, 0]);
  assert.equal(areaOf(regionAbove(corner, { threshold: 0.5, place })), 0.125);
});

Deno.test("contourChart() draws ten bands and every example", () => {
  const points = [{ x: 0, y: 0, label: 0 }, { x: 1, y: 1, label: 1 }];
  const text = String(contourChart({ ...surface(2, 2, [0, 1, 1, 0]), points }, { title: "T" }));
  assert.equal(text.match(/class="band-\d/g)?.length, 10);
  assert.equal(text.match(/<circle/g)?.length, 2);
  assert.doesNotMatch(text, /NaN|undefined|Infinity/);
  assert.equal(gridValue({ min: -1, max: 1, count: 5 }, 1), -0.5);
});
