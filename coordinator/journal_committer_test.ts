import assert from "node:assert/strict";
import { parseTrialId } from "../core/domain/ids.ts";
import type { JournalEntry, SweepEvent } from "../core/domain/sweep_event.ts";
import { instant } from "../core/domain/units.ts";
import { JournalCommitter } from "./journal_committer.ts";

/** A journal in memory whose writes take until they are let through. */
function slowJournal() {
  const entries: JournalEntry[] = [];
  const waiting: (() => void)[] = [];
  const writer = {
    append: async (entry: JournalEntry) => {
      await new Promise<void>((resolve) => waiting.push(resolve));
      return entries.push(entry);
    },
  };
  return { entries, writer, letThrough: () => waiting.shift()?.() };
}

function cancelled(trial: number): SweepEvent {
  return { type: "trialCancelled", trial: parseTrialId(trial) };
}

async function turns(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve();
}

Deno.test("JournalCommitter.commit() answers only when the facts are written", async () => {
  const { entries, writer, letThrough } = slowJournal();
  const committer = new JournalCommitter(writer, () => instant(5));
  const end = new AbortController();
  const running = committer.run(end.signal);
  const done: string[] = [];
  committer.commit([cancelled(0)], () => done.push("a"));
  await turns();
  assert.equal(done.length, 0);
  // These arrive while the first is being written: they go together in the next entry.
  committer.commit([cancelled(1)], () => done.push("b"));
  committer.commit([], () => done.push("c"));
  committer.commit([cancelled(2)], () => done.push("d"));
  letThrough();
  await turns();
  assert.deepEqual(done, ["a"]);
  letThrough();
  await turns();
  assert.deepEqual(done, ["a", "b", "c", "d"]);
  assert.deepEqual(entries.map((entry) => entry.events.length), [1, 2]);
  end.abort();
  await running;
});

Deno.test("JournalCommitter.run() writes what was handed in before the abort", async () => {
  const { entries, writer, letThrough } = slowJournal();
  const committer = new JournalCommitter(writer, () => instant(5));
  const end = new AbortController();
  committer.commit([cancelled(0)]);
  end.abort();
  const running = committer.run(end.signal);
  await turns();
  letThrough();
  await running;
  assert.equal(entries.length, 1);
});

Deno.test("JournalCommitter.commit() splits a decision that no message could carry", async () => {
  const { entries, writer, letThrough } = slowJournal();
  const committer = new JournalCommitter(writer, () => instant(5));
  const end = new AbortController();
  const events = Array.from({ length: 2_500 }, (_, i) => cancelled(i));
  committer.commit(events);
  end.abort();
  const running = committer.run(end.signal);
  for (let i = 0; i < 3; i++) {
    await turns();
    letThrough();
  }
  await running;
  assert.deepEqual(entries.map((entry) => entry.events.length), [1000, 1000, 500]);
});
