import assert from "node:assert/strict";
import { SweepView } from "../../core/views/sweep_view.ts";
import type { JournalEntry } from "../../core/domain/sweep_event.ts";
import {
  completed,
  entryAt,
  EVENTFUL_SWEEP,
  eventfulJournal,
  HOSTILE_MESSAGE,
  leased,
  planned,
} from "../../tests/support/eventful_journal.ts";
import { chromeTrace } from "./chrome_trace.ts";
import { PackAttempts } from "./pack_attempts.ts";
import {
  MOST_BARS,
  MOST_WORKERS,
  parseTimelineQuery,
  timeline,
  type TimelineSource,
} from "./timeline.ts";

const WHOLE = { from: null, to: null };

function sourceOf(entries: readonly JournalEntry[], endsAt = 100_000): TimelineSource {
  const attempts = new PackAttempts();
  let view: SweepView | null = null;
  for (const [index, entry] of entries.entries()) {
    const stored = { sequence: index + 1, entry };
    if (view === null) view = new SweepView(stored);
    else view.apply(stored);
    attempts.apply(entry, { at: view.updatedAt, ledger: view.ledger });
  }
  return { attempts: attempts.all, startedAt: 0, endsAt };
}

Deno.test("PackAttempts tells who trained what when, in which slot, and how it ended", () => {
  const { attempts } = sourceOf(eventfulJournal());
  assert.deepEqual(
    attempts.map((one) => [
      `${one.pack}.${one.attempt}`,
      `${one.worker}/${one.slot}`,
      one.lanes,
      one.startedAt / 1000,
      one.heardAt / 1000,
      one.endedAt === null ? null : one.endedAt / 1000,
      one.outcome,
    ]),
    [
      ["0.1", "alder-1/0", 2, 10, 10, 40, "completed"],
      ["1.1", "alder-1/1", 2, 10, 15, 40, "lost"],
      ["2.1", "birch-2/0", 2, 20, 20, 50, "returned"],
      ["2.2", "birch-2/0", 2, 55, 55, 60, "failed"],
      ["3.1", "alder-1/0", 2, 60, 60, 70, "split"],
      ["4.1", "birch-2/0", 2, 71, 71, 80, "stopped"],
      ["5.1", "birch-2/0", 1, 81, 81, 85, "failed"],
      ["1.2", "alder-1/0", 2, 90, 100, null, "running"],
    ],
  );
  assert.equal(attempts[3]?.message, `exception: ${HOSTILE_MESSAGE}`);
});

Deno.test("PackAttempts has a sweep's end stop what still goes on", () => {
  const end = { type: "sweepEnded", outcome: "cancelled", by: "somebody" } as const;
  const { attempts } = sourceOf([...eventfulJournal(), entryAt(110, [end])]);
  const last = attempts.at(-1);
  assert.deepEqual([last?.outcome, last?.endedAt], ["stopped", 110_000]);
});

Deno.test("timeline reckons how busy each worker was, a lost one up to its last word", () => {
  const page = timeline(sourceOf(eventfulJournal()), WHOLE);
  assert.deepEqual(page.window, [0, 100_000]);
  assert.deepEqual(page.byOutcome, {
    completed: 1,
    running: 1,
    lost: 1,
    returned: 1,
    failed: 2,
    split: 1,
    stopped: 1,
  });
  assert.deepEqual([page.packs, page.inWindow, page.drawn, page.again], [6, 8, 8, 2]);
  const [alder, birch] = page.workers;
  // Two slots of 90 s each: 30 + 10 + 10 s in one, 5 s in the other.
  assert.equal(alder?.busyShare, 55 / 180);
  // One slot of 80 s: 30 + 5 + 9 + 4 s.
  assert.equal(birch?.busyShare, 48 / 80);
  assert.equal(page.busyShare, (55 + 48) / (180 + 80));
  assert.deepEqual(alder.rows.map(({ busy }) => busy), [
    [[10_000, 40_000], [60_000, 70_000], [90_000, 100_000]],
    [[10_000, 15_000]],
  ]);
});

Deno.test("timeline shows a window, from the start or before the end", () => {
  const source = sourceOf(eventfulJournal());
  const middle = timeline(source, { from: 45, to: 58 });
  assert.deepEqual(middle.workers.map(({ worker }) => worker), ["birch-2"]);
  assert.equal(middle.busyShare, 8 / 13);
  const last = timeline(source, { from: -5, to: null });
  assert.deepEqual(last.window, [95_000, 100_000]);
  assert.deepEqual([last.inWindow, last.total, last.busyShare], [1, 8, 1]);
  assert.equal(timeline(source, { from: 500, to: null }).inWindow, 0);
  assert.throws(() => timeline(source, { from: 5, to: 5 }), /Cannot show the time from 5 to 5 s/);
});

Deno.test("parseTimelineQuery reads seconds and refuses the rest", () => {
  const read = (query: string): unknown => parseTimelineQuery(new URLSearchParams(query));
  assert.deepEqual(read("from=-600&to="), { from: -600, to: null });
  assert.deepEqual(read("from=1.5&to=20"), { from: 1.5, to: 20 });
  for (const query of ["from=x", "to=1e9", "from=--1", "to=1.2345"]) {
    assert.throws(() => read(query), /must be a number of seconds/, query);
  }
});

Deno.test("timeline stays small for 20,000 attempts and hides none of the work", () => {
  const packs = 20_000;
  const workers = 2 * MOST_WORKERS;
  const entries = [entryAt(0, planned(packs, 1))];
  for (let pack = 0; pack < packs; pack++) {
    const worker = `w-${pack % workers}`;
    entries.push(entryAt(pack, [leased(pack, 1, worker)]));
    // One takes twice as long as the others.
    entries.push(entryAt(pack + (pack === 119 ? 1 : 0.5), [completed(pack, pack, 1)]));
  }
  const source = sourceOf(entries, 1000 * packs);
  const page = timeline(source, WHOLE);
  assert.deepEqual([page.inWindow, page.workersInWindow], [packs, workers]);
  assert.equal(page.workers.length, MOST_WORKERS);
  assert.ok(page.drawn <= MOST_BARS && page.drawn > 0, `${page.drawn}`);
  for (const { rows } of page.workers) assert.ok(rows[0]!.busy.length >= 100);
  assert.ok(JSON.stringify(page).length < 600_000);
  const near = timeline(source, { from: 0, to: 50 });
  assert.deepEqual([near.drawn, near.inWindow], [50, 50]);
  const trace = JSON.parse([...chromeTrace(source, { sweep: EVENTFUL_SWEEP })].join(""));
  assert.equal(trace.traceEvents.filter(({ ph }: { ph: string }) => ph === "X").length, packs);
});

Deno.test("chromeTrace has a process for each worker, a thread for each slot, microseconds", () => {
  const source = sourceOf(eventfulJournal());
  const trace = JSON.parse([...chromeTrace(source, { sweep: EVENTFUL_SWEEP })].join(""));
  const named = trace.traceEvents.filter(({ ph }: { ph: string }) => ph === "M");
  assert.deepEqual(
    named.map(({ pid, tid, args }: Record<string, unknown>) => [pid, tid, args]),
    [
      [1, undefined, { name: "alder-1" }],
      [1, 1, { name: "slot 1" }],
      [1, 2, { name: "slot 2" }],
      [2, undefined, { name: "birch-2" }],
      [2, 1, { name: "slot 1" }],
    ],
  );
  const lost = trace.traceEvents.find(({ cat }: { cat?: string }) => cat === "lost");
  assert.deepEqual([lost.ts, lost.dur, lost.pid, lost.tid], [10_000_000, 30_000_000, 1, 2]);
  assert.deepEqual(lost.args, {
    pack: 1,
    attempt: 1,
    lanes: 2,
    delivery: 1,
    outcome: "lost",
    backend: "wasm",
    message: "the lease expired",
  });
  assert.equal(trace.displayTimeUnit, "ms");
});
