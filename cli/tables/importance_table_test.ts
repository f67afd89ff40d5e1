import assert from "node:assert/strict";
import type { Importance } from "../../core/domain/importance/importance.ts";
import { importanceTable, interactionsTable } from "./importance_table.ts";

const FOUND: Importance = {
  estimator: "ped-anova",
  n: 1_200,
  diverged: 2,
  resamples: 200,
  parameters: [
    { name: "lr", share: 0.75, interval: [0.5, 0.91234], raw: 0.3, active: 1_200 },
    { name: "hidden_width", share: 0.25, interval: [0, 0.4], raw: 0.1, active: 1_200 },
    { name: "momentum", share: 0, interval: null, raw: 0, active: 0 },
  ],
  notes: ["2 diverged configurations count as the worst finite value"],
};

Deno.test("importanceTable() states the estimator, n, shares, intervals and notes", () => {
  assert.deepEqual(importanceTable(FOUND, { width: 120, unicode: true }), [
    "PED-ANOVA: what makes a configuration one of the best 10 %; 1,200 configurations; " +
    "intervals from 200 bootstrap resamples",
    "",
    "parameter      share     95 % interval",
    "lr            75.0 %  50.0 % to 91.2 %  ██████████████████",
    "hidden_width  25.0 %   0.0 % to 40.0 %  ██████",
    "momentum       0.0 %                 –",
    "",
    "2 diverged configurations count as the worst finite value.",
  ]);
});

Deno.test("importanceTable() leaves the bars out where there is no room, and writes ASCII", () => {
  const lines = importanceTable(FOUND, { width: 44, unicode: false });
  assert.equal(lines[3], "lr            75.0 %  50.0 % to 91.2 %  ...");
  assert.equal(lines[5], "momentum       0.0 %                 -  ...");
  const wide = importanceTable(FOUND, { width: 80, unicode: false });
  assert.match(wide[3] ?? "", / {2}#{18}$/);
});

Deno.test("importanceTable() has something to say where nothing varies", () => {
  const none = { ...FOUND, estimator: "fanova", n: 1, resamples: 0, parameters: [], notes: [] };
  const lines = importanceTable(none as Importance, { width: 80, unicode: true });
  assert.deepEqual(lines, [
    "fANOVA: what the objective depends on over the whole space; 1 configuration",
    "",
    "No parameter varies.",
  ]);
});

Deno.test("interactionsTable() shows the strongest pairs, and how many there are", () => {
  const names = ["a", "b"] as const;
  const pairs = Array.from({ length: 12 }, (_, i) => ({ names, fraction: 0.5 - i / 100 }));
  const lines = interactionsTable(pairs, { width: 80, unicode: true });
  assert.match(lines[1] ?? "", /10 of 12 pairs$/);
  assert.equal(lines[4], "a × b       50.0 %");
  assert.equal(lines.length, 14);
  assert.deepEqual(interactionsTable([], { width: 80, unicode: true }), []);
});
