import assert from "node:assert/strict";
import fc from "fast-check";
import type { JournalEntry, SweepEvent, SweepEventType } from "../../core/domain/sweep_event.ts";
import type { StoredEntry } from "../../core/protocol/ports.ts";
import { journalOf } from "../support/journals.ts";
import { fold, journalProblems, stateOf } from "./invariants.ts";
import { orderProblems } from "./writers.ts";

const EPOCHS = 4;
const TRIALS = 6;

function journal(seed: number): readonly StoredEntry[] {
  const options = { seed, configurations: TRIALS, epochs: EPOCHS, lossRate: 0.2 };
  return stored(
    [...journalOf({ ...options, spec: { replicates: 1, maxAttempts: 100 } })],
  );
}

function stored(entries: readonly JournalEntry[]): readonly StoredEntry[] {
  return entries.map((entry, index) => ({ sequence: index + 1, entry }));
}

/** The journal with the n-th event of a type replaced by what `change` makes of it. */
function altered(
  entries: readonly StoredEntry[],
  type: SweepEventType,
  change: (event: SweepEvent) => readonly SweepEvent[],
): readonly StoredEntry[] {
  let isDone = false;
  return entries.map(({ sequence, entry }) => ({
    sequence,
    entry: {
      ...entry,
      events: entry.events.flatMap((event) => {
        if (isDone || event.type !== type) return [event];
        isDone = true;
        return change(event);
      }),
    },
  }));
}

const expected = { trials: TRIALS, epochs: EPOCHS };

Deno.test("journalProblems finds nothing wrong with journals in which packs are lost", () => {
  fc.assert(fc.property(fc.nat({ max: 10_000 }), (seed) => {
    assert.deepEqual(journalProblems(journal(seed), expected), []);
  }));
});

Deno.test("fold gives the same state wherever the journal is cut", () => {
  fc.assert(fc.property(fc.nat({ max: 10_000 }), fc.nat(), (seed, place) => {
    const entries = journal(seed);
    const cut = 1 + place % entries.length;
    const view = fold(entries.slice(cut), fold(entries.slice(0, cut)));
    assert.equal(stateOf(view), stateOf(fold(entries)));
  }));
});

Deno.test("journalProblems tells a trial that is lost, completed twice, or too short", () => {
  const good = journal(1);
  const lost = altered(good, "trialCompleted", () => []);
  assert.match(journalProblems(lost, expected).join("\n"), /trial \d was never completed/);
  const twice = altered(good, "trialCompleted", (event) => [event, event]);
  assert.match(journalProblems(twice, expected).join("\n"), /was completed 2 times/);
  const short = journalProblems(good, { ...expected, epochs: EPOCHS + 1 });
  assert.match(short.join("\n"), /ended at epoch 4 of 5/);
  const more = journalProblems(good, { ...expected, trials: TRIALS + 1 });
  assert.match(more.join("\n"), /6 trials were asked for instead of 7/);
});

Deno.test("journalProblems tells reports of a fenced attempt and attempts out of order", () => {
  const good = journal(1);
  const attempted = (by: number) => (event: SweepEvent): readonly SweepEvent[] =>
    "attempt" in event ? [{ ...event, attempt: event.attempt + by as typeof event.attempt }] : [];
  const late = altered(good, "epochReported", attempted(1));
  assert.match(journalProblems(late, expected).join("\n"), /epochReported of attempt 2/);
  const skipped = altered(good, "packLeased", attempted(1));
  assert.match(journalProblems(skipped, expected).join("\n"), /attempt 2 after 0/);
  const twice = altered(good, "epochReported", (event) => [event, event]);
  assert.match(journalProblems(twice, expected).join("\n"), /reported epoch 1 after 1/);
});

Deno.test("journalProblems tells what is written after the sweep's end", () => {
  const good = journal(1);
  const after = altered(
    good,
    "sweepEnded",
    (event) => [event, { type: "sweepPaused", by: "somebody" }],
  );
  assert.match(journalProblems(after, expected).join("\n"), /sweepPaused after the sweep's end/);
});

Deno.test("orderProblems tells a writer that comes back and an entry written twice", () => {
  assert.deepEqual(orderProblems(["a.1", "a.2", "b.1", "b.3"]), []);
  assert.deepEqual(orderProblems(["a.1", "b.1", "a.2"]), ["writer a came back"]);
  assert.deepEqual(orderProblems(["a.1", "a.1"]), ["entry a.1 was written twice"]);
});
