import assert from "node:assert/strict";
import { chartScale, linearTicks, rangeOf, tickText } from "./chart_scale.ts";
import { heatTable } from "./heat_table.ts";
import { intervalChart } from "./interval_chart.ts";
import { lineChart } from "./line_chart.ts";

Deno.test("linearTicks() are round numbers inside the range", () => {
  assert.deepEqual(linearTicks([0, 1], 5), [0, 0.2, 0.4, 0.6, 0.8, 1]);
  assert.deepEqual(linearTicks([0.79, 0.853], 5), [0.8, 0.82, 0.84]);
  assert.deepEqual(linearTicks([3, 3], 5), [3]);
});

Deno.test("chartScale() puts the ends of a range on the ends of the axis, ratios on a log axis", () => {
  const x = chartScale([0, 10], { from: 100, to: 0, ticks: 5 });
  assert.deepEqual([x.at(0), x.at(5), x.at(10)], [100, 50, 0]);
  const log = chartScale([0.01, 1], { from: 0, to: 100, ticks: 5, log: true });
  assert.deepEqual([log.at(0.1), log.ticks], [50, [0.01, 0.1, 1]]);
  assert.deepEqual(rangeOf([1, NaN, 3], 0.5), [0, 4]);
  assert.deepEqual([tickText(50_000), tickText(-0.5), tickText(0.00025)], [
    "50,000",
    "−0.5",
    "2.5e-4",
  ]);
});

Deno.test("lineChart() draws the mean, the band and what is alone; nothing for a log of zero", () => {
  const points = [{ x: 1, y: 4 }, { x: 2, y: 2 }];
  const band = [{ x: 1, lower: 3, upper: 5 }, { x: 2, lower: -1, upper: 3 }];
  const single = { label: "b", colour: 9, points: [{ x: 1, y: 3 }], band: [] };
  const chart = { title: "T<", xLabel: "epoch", yLabel: "loss" };
  const text = String(
    lineChart({ ...chart, series: [{ label: "a", colour: 0, points, band }, single] }),
  );
  assert.equal(text.match(/<polyline/g)?.length, 1);
  assert.equal(text.match(/<polygon/g)?.length, 1);
  assert.match(text, /<circle class="dot c1"/);
  assert.match(text, /aria-label="T&lt;"/);
  const log = String(lineChart({
    ...chart,
    isLog: true,
    series: [{ label: "a", colour: 0, points: [...points, { x: 3, y: 0 }], band }],
  }));
  assert.doesNotMatch(log, /NaN|Infinity/);
  assert.equal(/<polyline[^>]*points="([^"]*)"/.exec(log)?.[1]?.split(" ").length, 2);
});

Deno.test("intervalChart() has a row for each mean, a diamond for a number of others, none for nothing", () => {
  const rows = [
    { label: "a", mean: 1, ci95: [0, 2] as const, outer: [-1, 3] as const, mark: 2.5 },
    { label: "b".repeat(200), mean: 1, ci95: null },
  ];
  const text = String(intervalChart(rows, { title: "T", xLabel: "x" }));
  assert.equal(text.match(/<g class="row/g)?.length, 2);
  assert.equal(text.match(/class="whisker/g)?.length, 2);
  assert.equal(text.match(/class="mark"/g)?.length, 1);
  assert.match(text, /…<\/text>/);
  assert.equal(intervalChart([], { title: "T", xLabel: "x" }), null);
});

Deno.test("heatTable() shades by the share of the row and writes counts where there is room", () => {
  const text = String(heatTable([[3, 1], [0, 0]], { classes: ["<a>", "b"], title: "T" }));
  assert.match(text, /class="right"[^>]*fill-opacity="0.75"/);
  assert.match(text, /class="wrong"[^>]*fill-opacity="0.25"/);
  assert.match(text, />3<\/text>/);
  assert.match(text, /&lt;a&gt;/);
  const many = Array.from({ length: 30 }, () => new Array<number>(30).fill(1));
  const classes = many.map((_, index) => `c${index}`);
  assert.doesNotMatch(String(heatTable(many, { classes, title: "T" })), /c7/);
});
