import assert from "node:assert/strict";
import type uPlot from "uplot";
import type { DrawnView } from "./lines_axes.ts";
import { drawMarks } from "./lines_series.ts";

Deno.test("drawMarks() leaves the pen as it was: uPlot draws its next grid without taking it up anew", () => {
  const kept: { strokeStyle: string; lineWidth: number }[] = [];
  const pens: string[] = [];
  const ctx = {
    strokeStyle: "grid",
    lineWidth: 1,
    save: () => void kept.push({ strokeStyle: ctx.strokeStyle, lineWidth: ctx.lineWidth }),
    restore: () => void Object.assign(ctx, kept.pop()),
    beginPath: () => {},
    moveTo: () => {},
    lineTo: () => {},
    stroke: () => void pens.push(ctx.strokeStyle),
  };
  const plot = { ctx, bbox: { top: 0 }, valToPos: (x: number) => x } as unknown as uPlot;
  const view = { lines: [{ marks: [{ x: 1, n: 1 }] }], range: [0, 2] } as unknown as DrawnView;
  Object.assign(globalThis, { devicePixelRatio: 1 });
  drawMarks(plot, view, (name) => name);
  assert.equal(pens.length, 1);
  assert.notEqual(pens[0], "grid");
  assert.deepEqual([ctx.strokeStyle, ctx.lineWidth], ["grid", 1]);
});
