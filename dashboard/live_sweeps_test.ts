import assert from "node:assert/strict";
import { parseConfigurationId, parseSweepId, parseTrialId } from "../core/domain/ids.ts";
import type { JournalEntry } from "../core/domain/sweep_event.ts";
import { instant } from "../core/domain/units.ts";
import type { JournalReader } from "../core/protocol/ports.ts";
import { startJournalServer } from "../tests/support/dashboards.ts";
import { journalOf } from "../tests/support/journals.ts";
import { LiveSweep, SweepAbsentError } from "./live_sweep.ts";
import { LiveSweeps } from "./live_sweeps.ts";

const sweep = parseSweepId("grown-1");

/** The same journals, with a count of what is followed. */
function counting(
  journal: JournalReader,
): { readonly journal: JournalReader; count: () => number } {
  let following = 0;
  const follow: JournalReader["follow"] = async function* (id, options) {
    following++;
    try {
      yield* journal.follow(id, options);
    } finally {
      following--;
    }
  };
  return {
    journal: {
      sweeps: (options) => journal.sweeps(options),
      lengths: (options) => journal.lengths(options),
      read: (id, options) => journal.read(id, options),
      lastSequence: (id, options) => journal.lastSequence(id, options),
      last: (id, options) => journal.last(id, options),
      streamEpoch: (options) => journal.streamEpoch(options),
      follow,
    },
    count: () => following,
  };
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = AbortSignal.timeout(30_000);
  while (!condition()) {
    deadline.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

Deno.test("LiveSweeps.watch follows a journal once for all, and lets go when nobody watches", async () => {
  await using server = await startJournalServer();
  await server.write(sweep, [...journalOf()].slice(0, 4));
  const ending = new AbortController();
  const { journal, count } = counting(server.transport.journal);
  const { presence } = server.transport;
  const clock = () => instant(Date.now());
  const live = new LiveSweeps({ journal, presence, clock, signal: ending.signal, idleMs: 20 });
  const watched = await Promise.all([live.watch(sweep), live.watch(sweep), live.watch(sweep)]);
  assert.equal(new Set(watched.map((one) => one.sweep)).size, 1);
  await until(() => count() === 1);
  watched[0]?.[Symbol.dispose]();
  watched[0]?.[Symbol.dispose]();
  watched[1]?.[Symbol.dispose]();
  assert.equal(live.size, 1);
  watched[2]?.[Symbol.dispose]();
  await until(() => live.size === 0 && count() === 0);
  ending.abort();
});

Deno.test("LiveSweeps.watch asks anew for a sweep that was not there before", async () => {
  await using server = await startJournalServer();
  const ending = new AbortController();
  const clock = () => instant(Date.now());
  const live = new LiveSweeps({ ...server.transport, clock, signal: ending.signal });
  await assert.rejects(live.watch(sweep), SweepAbsentError);
  await server.write(sweep, [...journalOf()].slice(0, 1));
  const watched = await live.watch(sweep);
  assert.equal(watched.sweep.view.ledger.counts.queued, 6);
  const { finished } = watched.sweep;
  ending.abort();
  await finished;
});

Deno.test("LiveSweeps.rows says of a running sweep that it is interrupted when nobody coordinates it", async () => {
  await using server = await startJournalServer();
  await server.write(sweep, [...journalOf()].slice(0, 4));
  const ending = new AbortController();
  const clock = () => instant(Date.now());
  const live = new LiveSweeps({ ...server.transport, clock, signal: ending.signal });
  const statusOf = async () => {
    const [row] = await live.rows();
    assert.ok(row?.kind === "readable");
    return row.progress.status;
  };
  assert.equal(await statusOf(), "interrupted");
  // Somebody takes it over: the page notices by itself.
  const calls = server.transport.serveApi(sweep).calls({ signal: ending.signal });
  const serving = (async () => {
    for await (const call of calls) {
      if (call.verb === "ping") call.respond({ type: "pong", coordinator: "c" });
    }
  })();
  using watched = await live.watch(sweep);
  const deadline = AbortSignal.timeout(60_000);
  while (await statusOf() !== "running") {
    deadline.throwIfAborted();
    await watched.sweep.changed(watched.sweep.version, { atMostMs: 100, signal: deadline });
  }
  ending.abort();
  await serving;
  await watched.sweep.finished;
});

Deno.test("LiveSweeps makes a row once for all who look at the same time, and again for news", async () => {
  await using server = await startJournalServer();
  const entries = [...journalOf()];
  await server.write(sweep, entries.slice(0, 4));
  const ending = new AbortController();
  let asked = 0;
  const { journal, presence } = server.transport;
  const lengths: JournalReader["lengths"] = (options) => {
    asked++;
    return journal.lengths(options);
  };
  let now = instant(1_000);
  const live = new LiveSweeps({
    journal: { ...counting(journal).journal, lengths },
    presence,
    clock: () => now,
    signal: ending.signal,
  });
  await live.rows();
  asked = 0;
  now = instant(3_000);
  const lists = await Promise.all([live.rowsLately(), live.rowsLately(), live.rowsLately()]);
  assert.equal(new Set(lists).size, 1);
  assert.equal(asked, 1);
  const [row] = lists[0] ?? [];
  now = instant(5_000);
  assert.equal((await live.rowsLately())[0], row, "nothing has happened: the same row");
  await server.write(sweep, entries.slice(4, 8));
  const deadline = AbortSignal.timeout(30_000);
  while ((await live.rowsLately())[0] === row) {
    deadline.throwIfAborted();
    now = instant(now + 2_000);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  ending.abort();
});

Deno.test("LiveSweep lets others have their turn while it reads a journal that is all there", async () => {
  const entries = [...journalOf({ configurations: 64, epochs: 12 })];
  const ending = new AbortController();
  // Nothing in here waits for anything, as when the server has sent it all already.
  const journal: JournalReader = {
    sweeps: () => Promise.resolve([sweep]),
    lengths: () => Promise.resolve(new Map([[sweep, entries.length]])),
    lastSequence: () => Promise.resolve(entries.length),
    last: () => Promise.resolve(null),
    streamEpoch: () => Promise.resolve("epoch"),
    read: async function* () {
      for (const [index, entry] of entries.entries()) {
        yield await Promise.resolve({ sequence: index + 1, entry });
      }
    },
    follow: (id) => journal.read(id),
  };
  const live = new LiveSweep(sweep, { journal, signal: ending.signal });
  let isRead = false;
  const ready = live.ready.then(() => isRead = true);
  let turns = 0;
  while (!isRead) {
    await new Promise((resolve) => setTimeout(resolve));
    if (!isRead) turns++;
  }
  await ready;
  assert.equal(live.view.sequence, entries.length);
  assert.ok(turns > 2, `${turns} turns for others while ${entries.length} entries were read`);
  ending.abort();
  await live.finished;
});

Deno.test("LiveSweep goes on from where it was when the server comes back", async () => {
  await using server = await startJournalServer();
  const entries = [...journalOf()];
  await server.write(sweep, entries.slice(0, 4));
  const ending = new AbortController();
  const clock = () => instant(Date.now());
  const live = new LiveSweeps({ ...server.transport, clock, signal: ending.signal });
  using watched = await live.watch(sweep);
  await server.server.restart();
  await server.write(sweep, entries.slice(4));
  await until(() => watched.sweep.view.ledger.status === "completed");
  assert.equal(watched.sweep.trouble, null);
  await watched.sweep.finished;
  ending.abort();
});

/** The journal of a sweep that was extended by one trial after its end, and ran on. */
function reopened(): { readonly ended: readonly JournalEntry[]; readonly later: JournalEntry[] } {
  const ended = [...journalOf({ configurations: 1 })];
  const last = ended.at(-1) ?? assert.fail();
  const [created] = ended.flatMap(({ events }) => events);
  assert.ok(created?.type === "sweepCreated");
  const spec = { ...created.spec, replicates: 2 };
  const hour = 3_600_000;
  const trial = {
    trial: parseTrialId(1),
    configuration: parseConfigurationId(0),
    replicate: 1,
    hyperparameters: { lr: 0.1, hidden_width: 8, batch_size: 32, epochs: 4 },
  };
  const later: JournalEntry[] = [
    {
      v: 1,
      at: instant(last.at + hour),
      events: [{ type: "sweepReopened", by: "cli" }, { type: "sweepExtended", spec, by: "cli" }],
    },
    { v: 1, at: instant(last.at + hour + 1), events: [{ type: "trialsQueued", trials: [trial] }] },
  ];
  return { ended, later };
}

Deno.test("LiveSweeps shows a finished sweep as running again when it was extended", async () => {
  await using server = await startJournalServer();
  const { ended, later } = reopened();
  await server.write(sweep, ended);
  const ending = new AbortController();
  const clock = () => instant(Date.now());
  const live = new LiveSweeps({ ...server.transport, clock, signal: ending.signal });
  const [before] = await live.rows();
  assert.ok(before?.kind === "readable");
  assert.equal(before.progress.status, "completed");
  assert.equal((await live.rows())[0], before, "an unchanged journal is not read again");
  const first = await live.watch(sweep);
  await server.write(sweep, later);

  const [after] = await live.rows();
  assert.ok(after?.kind === "readable");
  assert.equal(after.progress.status, "running");
  assert.equal(after.progress.counts.asked, 2);
  // It stood still for an hour, which is not part of its time.
  assert.equal(after.progress.endedAt, null);
  assert.equal(after.progress.idleMs, 3_600_000);
  // Who has watched all the time sees it too, and it is followed live from here on.
  assert.equal(first.sweep.view.ledger.status, "running");
  const end: JournalEntry = {
    v: 1,
    at: instant(clock()),
    events: [
      { type: "trialCancelled", trial: parseTrialId(1) },
      { type: "sweepEnded", outcome: "cancelled", by: "test" },
    ],
  };
  await server.write(sweep, [end]);
  await until(() => first.sweep.view.ledger.status === "cancelled");
  await first.sweep.finished;
  ending.abort();
});

Deno.test("LiveSweeps.workers looks again on a clock that was set back", async () => {
  await using server = await startJournalServer();
  const ending = new AbortController();
  let now = 10_000_000;
  let asked = 0;
  const presence = {
    list: () => {
      asked++;
      return Promise.resolve([]);
    },
  };
  const live = new LiveSweeps({
    journal: server.transport.journal,
    presence: { ...server.transport.presence, ...presence },
    clock: () => instant(now),
    signal: ending.signal,
  });
  await live.workers();
  await live.workers();
  assert.equal(asked, 1, "of the same second");
  now -= 3_600_000;
  await live.workers();
  assert.equal(asked, 2);
  ending.abort();
});
