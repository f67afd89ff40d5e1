import assert from "node:assert/strict";
import fc from "fast-check";
import type { SweepEvent } from "../domain/sweep_event.ts";
import { SweepLedger } from "../domain/sweep_ledger.ts";
import { parseConfigurationId } from "../domain/ids.ts";
import { journalOf } from "../../tests/support/journals.ts";
import { conclude } from "./conclusion.ts";
import { GrowingLeaderboard } from "./growing_leaderboard.ts";
import { leaderboard } from "./leaderboard.ts";

/** The events of a made-up sweep whose results are rounded, so that some of them are equal. */
function eventsOf(
  { seed, configurations, replicates }: {
    readonly seed: number;
    readonly configurations: number;
    readonly replicates: number;
  },
): readonly SweepEvent[] {
  const options = { seed, configurations, spec: { replicates }, epochs: 2 };
  const journal = journalOf({ ...options, lossRate: 0.1, failureRate: 0.1 });
  return [...journal].flatMap(({ events }) => events).map((event) =>
    event.type === "trialCompleted" && event.objective.kind === "finite"
      ? {
        ...event,
        objective: { kind: "finite", value: Number(event.objective.value.toFixed(2)) },
      } as const
      : event
  );
}

Deno.test("GrowingLeaderboard.rows() are at any time those of a leaderboard made anew", () => {
  const sweep = fc.record({
    seed: fc.nat(),
    configurations: fc.integer({ min: 1, max: 12 }),
    replicates: fc.integer({ min: 1, max: 3 }),
    looks: fc.integer({ min: 1, max: 20 }),
  });
  fc.assert(
    fc.property(sweep, ({ looks, ...options }) => {
      const [created, ...events] = eventsOf(options);
      assert(created?.type === "sweepCreated");
      const ledger = new SweepLedger(created);
      const growing = new GrowingLeaderboard(ledger);
      for (const [number, event] of events.entries()) {
        ledger.apply(event);
        if (number % looks !== 0) continue;
        assert.deepEqual(growing.rows(), leaderboard(ledger));
        assert.deepEqual(conclude(ledger, growing.rows()), conclude(ledger));
      }
      // A race that drops some ranks everything anew.
      const dropped = [...new Set(ledger.trials.map(({ configuration }) => configuration))]
        .filter((configuration) => configuration % 2 === 1).map(parseConfigurationId);
      if (ledger.status !== "running") ledger.apply({ type: "sweepReopened", by: "operator" });
      const round = { round: 1, dropped, raised: [], replicates: options.replicates };
      ledger.apply({ type: "roundDecided", message: "", ...round });
      assert.deepEqual(growing.rows(), leaderboard(ledger));
      const inRace = growing.rows().findIndex(({ isDropped }) => isDropped);
      assert.ok(
        growing.rows().every(({ isDropped }, place) =>
          isDropped === (inRace >= 0 && place >= inRace)
        ),
      );
    }),
    { numRuns: 40 },
  );
});

Deno.test("conclude() says the same of hundreds of configurations with their leaderboard as without", () => {
  for (const replicates of [1, 2]) {
    const [created, ...events] = eventsOf({ seed: 5, configurations: 450, replicates });
    assert(created?.type === "sweepCreated");
    const ledger = new SweepLedger(created);
    for (const event of events) ledger.apply(event);
    assert.deepEqual(conclude(ledger, leaderboard(ledger)), conclude(ledger));
  }
});
