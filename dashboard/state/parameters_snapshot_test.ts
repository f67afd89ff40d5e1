import assert from "node:assert/strict";
import fc from "fast-check";
import type { SweepId } from "../../core/domain/ids.ts";
import type { JournalEntry } from "../../core/domain/sweep_event.ts";
import { ArrayJournal } from "../../tests/support/array_journal.ts";
import { journalOf } from "../../tests/support/journals.ts";
import { LiveSweep } from "../live_sweep.ts";
import { liveImportance } from "./live_importance.ts";
import { parametersSnapshot } from "./parameters_snapshot.ts";

const ENTRIES: readonly JournalEntry[] = [...journalOf({
  configurations: 10,
  epochs: 3,
  lanes: 3,
  spec: { replicates: 2 },
  failureRate: 0.2,
  lossRate: 0.2,
})];

function sweepOf(): SweepId {
  const created = ENTRIES[0]?.events[0];
  assert.ok(created?.type === "sweepCreated");
  return created.sweep;
}

async function liveOf(entries: number, signal: AbortSignal) {
  const journal = new ArrayJournal(sweepOf());
  journal.grow(ENTRIES.slice(0, entries));
  const live = new LiveSweep(sweepOf(), { journal, signal });
  await live.ready;
  return { live, journal };
}

/** Everything that queries change. */
async function chartsOf(live: LiveSweep, query: string): Promise<unknown> {
  const { now: _now, asOf: _asOf, facts: _facts, progress: _progress, ...charts } =
    await parametersSnapshot(live, { query: new URLSearchParams(query), now: 0 });
  return charts;
}

const QUERIES = [
  "",
  "min.lr=0.01",
  "min.lr=0.01&max.lr=0.1",
  "top=50",
  "state=failed&state=completed",
  "q=trained<3",
  "q=replicate=0&min=0.5",
  "scale.lr=linear&flip.lr=1",
  "lines=2",
];

Deno.test("parametersSnapshot() is that of a sweep read afresh, however it grew and whatever was asked", async () => {
  const step = fc.record({
    grow: fc.integer({ min: 0, max: 12 }),
    queries: fc.array(fc.constantFrom(...QUERIES), { minLength: 1, maxLength: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), async (steps) => {
      const abort = new AbortController();
      const { signal } = abort;
      const { live, journal } = await liveOf(1, signal);
      let at = 1;
      for (const { grow, queries } of steps) {
        const until = Math.min(ENTRIES.length, at + grow);
        journal.grow(ENTRIES.slice(at, until));
        at = until;
        while (live.view.sequence < at) {
          await live.changed(live.version, { atMostMs: 10_000, signal });
        }
        const fresh = await liveOf(at, signal);
        for (const query of queries) {
          assert.deepEqual(
            await chartsOf(live, query),
            await chartsOf(fresh.live, query),
            `${at} ${query}`,
          );
        }
      }
      abort.abort();
      await live.finished;
    }),
    { numRuns: 25 },
  );
});

Deno.test("liveImportance() of a few results is that of all of them", async () => {
  const abort = new AbortController();
  const { live, journal } = await liveOf(1, abort.signal);
  journal.grow(ENTRIES.slice(1));
  while (live.view.sequence < ENTRIES.length) {
    const before = liveImportance(live);
    assert.equal(liveImportance(live), before, "estimated once");
    await live.changed(live.version, { atMostMs: 10_000, signal: abort.signal });
  }
  const { importance } = await parametersSnapshot(live, { query: new URLSearchParams(), now: 0 });
  const fresh = await liveOf(ENTRIES.length, abort.signal);
  assert.deepEqual(importance, liveImportance(fresh.live));
  assert.ok(importance.n > 0);
  abort.abort();
  await Promise.all([live.finished, fresh.live.finished]);
});

Deno.test("parametersSnapshot() of many trials is that of a moment ago at most, and of the end exactly", async () => {
  const entries = [...journalOf({ configurations: 2_100, epochs: 1, lanes: 100 })];
  const [first] = entries;
  assert.ok(first?.events[0]?.type === "sweepCreated");
  const { sweep } = first.events[0];
  const abort = new AbortController();
  const journal = new ArrayJournal(sweep);
  const half = Math.floor(entries.length / 2);
  journal.grow(entries.slice(0, half));
  const live = new LiveSweep(sweep, { journal, signal: abort.signal });
  await live.ready;
  const grow = async (from: number, to: number): Promise<void> => {
    journal.grow(entries.slice(from, to));
    while (live.view.sequence < to) {
      await live.changed(live.version, { atMostMs: 10_000, signal: abort.signal });
    }
  };
  const completedAt = async (now: number): Promise<number> => {
    const { counts } = await parametersSnapshot(live, { query: new URLSearchParams(), now });
    return counts.shown.completed + counts.shown.diverged;
  };
  const before = await completedAt(0);
  await grow(half, entries.length - 3);
  const { completed } = live.view.ledger.counts;
  assert.ok(completed > before);
  assert.equal(await completedAt(100), before, "a moment ago");
  // 0.05 ms for each of 2,100 trials have gone by: newer charts are made beside answers.
  assert.equal(await completedAt(106), before, "while newer ones are made");
  assert.equal(await completedAt(211), completed, "no answer is older than twice that");
  await grow(entries.length - 3, entries.length);
  assert.equal(await completedAt(212), 2_100, "the end");
  abort.abort();
  await live.finished;
});
