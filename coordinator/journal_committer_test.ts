import assert from "node:assert/strict";
import { parseConfigurationId, parsePackId, parseTrialId } from "../core/domain/ids.ts";
import type { JournalEntry, SweepEvent } from "../core/domain/sweep_event.ts";
import { bytes, instant } from "../core/domain/units.ts";
import { encode, MessageTooLargeError } from "../core/protocol/codec.ts";
import type { JournalWriter } from "../core/protocol/ports.ts";
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

/** A journal that takes messages of so many bytes. */
function narrowJournal(limit: number) {
  const entries: JournalEntry[] = [];
  const append = async (entry: JournalEntry) => {
    await Promise.resolve();
    encode(entry, { limit: bytes(limit) });
    return entries.push(entry);
  };
  return { entries, writer: { append } };
}

async function committed(writer: JournalWriter, events: readonly SweepEvent[]): Promise<void> {
  const committer = new JournalCommitter(writer, () => instant(5));
  committer.commit(events);
  await committer.run(AbortSignal.abort());
}

Deno.test("JournalCommitter.run() halves what the server's limit does not take, in order", async () => {
  const { entries, writer } = narrowJournal(4_096);
  const trials = Array.from({ length: 300 }, (_, i) => ({
    trial: parseTrialId(i),
    configuration: parseConfigurationId(i),
    replicate: 0,
    hyperparameters: { activation: "tanh", lr: i / 1000 },
  }));
  const packs = trials.map(({ trial }, i) => ({ pack: parsePackId(i), trials: [trial] }));
  const ends = trials.map(({ trial }) => cancelled(trial));
  await committed(writer, [
    { type: "trialsQueued", trials },
    { type: "packsQueued", packs },
    ...ends,
  ]);
  const events = entries.flatMap((entry) => entry.events);
  const told = <T>(pick: (event: SweepEvent) => readonly T[]): readonly T[] => events.flatMap(pick);
  assert.deepEqual(told((event) => event.type === "trialsQueued" ? event.trials : []), trials);
  assert.deepEqual(told((event) => event.type === "packsQueued" ? event.packs : []), packs);
  assert.deepEqual(events.slice(-300), ends);
});

Deno.test("JournalCommitter.run() throws at a single fact that no message can hold", async () => {
  const { entries, writer } = narrowJournal(100);
  const loud: SweepEvent = { type: "sweepPaused", by: "x".repeat(200) };
  await assert.rejects(committed(writer, [cancelled(0), loud]), MessageTooLargeError);
  assert.equal(entries.length, 1);
});
