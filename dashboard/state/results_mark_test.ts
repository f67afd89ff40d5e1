import assert from "node:assert/strict";
import fc from "fast-check";
import { importanceOf } from "../../core/views/importance.ts";
import { leaderboard } from "../../core/views/leaderboard.ts";
import { SweepView } from "../../core/views/sweep_view.ts";
import { journalOf } from "../../tests/support/journals.ts";
import { EventLog } from "./event_log.ts";
import { configurationPoints } from "./parameters_points.ts";
import { resultsMark } from "./results_mark.ts";

Deno.test("resultsMark() stays only as long as what charts are made of does", () => {
  const sweeps = fc.record({
    seed: fc.nat(),
    configurations: fc.integer({ min: 1, max: 5 }),
    replicates: fc.integer({ min: 1, max: 2 }),
  });
  fc.assert(
    fc.property(sweeps, ({ replicates, ...options }) => {
      const made = { ...options, spec: { replicates }, lossRate: 0.1, failureRate: 0.2 };
      const [first, ...rest] = [...journalOf(made)]
        .map((entry, index) => ({ sequence: index + 1, entry }));
      assert.ok(first !== undefined);
      const view = new SweepView(first);
      const events = new EventLog("maximize");
      events.add(first);
      const chartsAt = new Map<string, string>();
      for (const stored of rest) {
        view.apply(stored);
        events.add(stored);
        const { ledger } = view;
        const charts = JSON.stringify([
          configurationPoints(ledger, leaderboard(ledger)),
          importanceOf(ledger),
        ]);
        const mark = resultsMark({ epoch: "e", events });
        assert.equal(chartsAt.get(mark) ?? charts, charts);
        chartsAt.set(mark, charts);
      }
      assert.ok(chartsAt.size < rest.length, "reports leave it as it is");
    }),
    { numRuns: 15 },
  );
});
