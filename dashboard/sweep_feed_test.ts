import assert from "node:assert/strict";
import fc from "fast-check";
import { parseSweepId, type SweepId } from "../core/domain/ids.ts";
import type { JournalEntry } from "../core/domain/sweep_event.ts";
import { instant } from "../core/domain/units.ts";
import { openDashboard, startJournalServer } from "../tests/support/dashboards.ts";
import { EventReader } from "../tests/support/event_reader.ts";
import { journalOf } from "../tests/support/journals.ts";
import type { MetricsUpdate, OverviewSnapshot, StateUpdate } from "./client/model.ts";
import type { StreamEvent } from "./client/live/live_stream.ts";
import { LiveSweep } from "./live_sweep.ts";
import { RecentPoints } from "./recent_points.ts";
import { type FeedMessage, sweepFeed } from "./sweep_feed.ts";

type App = ReturnType<typeof openDashboard>["app"];

const pointsOf = (entries: readonly JournalEntry[]): readonly string[] =>
  entries.flatMap(({ events }) => events).flatMap((event) =>
    event.type === "epochReported"
      ? event.lanes.map(({ trial }) => `${trial} ${event.attempt} ${event.epoch}`)
      : []
  );

/** Points carry no attempt: what is told is compared by trial and epoch, in order. */
const withoutAttempt = (points: readonly string[]): readonly string[] =>
  points.map((point) => point.replace(/ \d+ /, " "));

const told = (events: readonly StreamEvent[]): readonly string[] =>
  events.filter(({ type }) => type === "metrics").flatMap(({ data }) => {
    const update: MetricsUpdate = JSON.parse(data);
    return update.points.map(({ trial, epoch }) => `${trial} ${epoch}`);
  });

async function connect(app: App, sweep: SweepId, lastId: string | null): Promise<EventReader> {
  const headers = new Headers(lastId === null ? {} : { "last-event-id": lastId });
  return new EventReader(await app.request(`/api/v1/stream?sweep=${sweep}`, { headers }));
}

Deno.test("sweepFeed tells every point once however often and wherever a client is cut off", async () => {
  await using server = await startJournalServer();
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.nat(1000),
      fc.array(fc.record({ entries: fc.nat(12), events: fc.nat(3) }), { maxLength: 4 }),
      async (seed, cuts) => {
        const sweep = parseSweepId(`cut-${run++}`);
        const entries = [...journalOf({ sweep, seed, configurations: 4, lossRate: 0.1 })];
        await server.write(sweep, entries.slice(0, 1));
        using dashboard = openDashboard(server);
        const snapshot: OverviewSnapshot = await (await dashboard.app.request(
          `/api/v1/sweeps/${sweep}/snapshot`,
        )).json();
        let lastId: string | null = snapshot.asOf;
        let written = 1;
        const events: StreamEvent[] = [];
        for (const cut of cuts) {
          await using reader = await connect(dashboard.app, sweep, lastId);
          if (reader.status === 204) break; // cut after the very last event: nothing is missing
          await server.write(sweep, entries.slice(written, written + cut.entries));
          written += cut.entries;
          for (let count = 0; count < cut.events; count++) {
            const event = await reader.next(100);
            if (event === null || event.type === "end") break;
            events.push(event);
            lastId = event.lastId ?? lastId;
          }
        }
        await server.write(sweep, entries.slice(written));
        await using reader = await connect(dashboard.app, sweep, lastId);
        if (reader.status !== 204) events.push(...await reader.until("end"));
        assert.ok(!events.some(({ type }) => type === "resync"));
        assert.deepEqual(told(events), withoutAttempt(pointsOf(entries)));
        const last = events.findLast(({ type }) => type === "state");
        const state: StateUpdate = JSON.parse(last?.data ?? "{}");
        assert.equal(state.progress?.counts.completed, 4);
      },
    ),
    { numRuns: 12 },
  );
});

Deno.test("sweepFeed asks for a new start when the id is foreign, malformed, or from the future", async () => {
  await using server = await startJournalServer();
  const sweep = parseSweepId("grown-1");
  await server.write(sweep, [...journalOf()].slice(0, 8));
  using dashboard = openDashboard(server);
  const { asOf } = await (await dashboard.app.request("/api/v1/sweeps/grown-1/snapshot")).json();
  const [epoch] = asOf.split(".");
  for (const id of ["0123456789abcdef.3", "nonsense", `${epoch}.999999`]) {
    await using reader = await connect(dashboard.app, sweep, id);
    const [first, second] = [await reader.next(), await reader.next()];
    assert.deepEqual([first?.type, second?.type], ["resync", "state"], id);
    assert.equal(second?.lastId, asOf);
  }
});

Deno.test("sweepFeed ends with the sweep, and a client that knows all is told to stop asking", async () => {
  await using server = await startJournalServer();
  const sweep = parseSweepId("grown-1");
  await server.write(sweep, journalOf());
  using dashboard = openDashboard(server);
  await using reader = await connect(dashboard.app, sweep, null);
  const end = (await reader.until("end")).at(-1);
  assert.equal(await reader.next(), null);
  const again = await dashboard.app.request(`/api/v1/stream?sweep=grown-1&after=${end?.lastId}`);
  assert.equal(again.status, 204);
});

Deno.test("sweepFeed gives a slow client larger batches, then a new start, and holds nothing for it", async () => {
  await using server = await startJournalServer();
  const sweep = parseSweepId("grown-1");
  const entries = [...journalOf({ configurations: 16, epochs: 20 })];
  await server.write(sweep, entries.slice(0, 3));
  const ending = new AbortController();
  const recent = new RecentPoints({ capacity: 40, batch: 40 });
  const live = new LiveSweep(sweep, {
    journal: server.transport.journal,
    signal: ending.signal,
    recent: () => recent,
  });
  await live.ready;
  const feed = sweepFeed(live, {
    after: `${live.epoch}.${live.view.sequence}`,
    extent: { kind: "all", limit: 50 },
    workers: () => Promise.resolve([]),
    clock: () => instant(0),
    signal: ending.signal,
    intervalMs: 1,
  });
  const next = async (): Promise<readonly FeedMessage[]> => {
    const { value, done } = await feed.next();
    assert.ok(!done);
    return value;
  };
  const types = (messages: readonly FeedMessage[]): readonly string[] =>
    messages.map(({ type }) => type);
  const caughtUp = async (sequences: number): Promise<void> => {
    const deadline = AbortSignal.timeout(30_000);
    while (live.view.sequence < sequences) {
      deadline.throwIfAborted();
      await live.changed(live.version, { atMostMs: 1_000, signal: deadline });
    }
  };
  assert.deepEqual(types(await next()), ["state"]);
  // Not reading while ten entries come: one batch holds them all.
  await server.write(sweep, entries.slice(3, 13));
  await caughtUp(13);
  const batch = await next();
  assert.deepEqual(types(batch), ["state", "metrics"]);
  const metrics = batch.find((message) => message.type === "metrics");
  const update: MetricsUpdate = JSON.parse(metrics?.body ?? "{}");
  assert.equal(update.points.length, pointsOf(entries.slice(3, 13)).length);
  // Not reading while far more comes than the log holds.
  await server.write(sweep, entries.slice(13, 100));
  await caughtUp(100);
  assert.ok(recent.size <= 40);
  assert.equal((await next())[0]?.type, "resync");
  ending.abort();
  await feed.return(undefined);
  await live.finished;
});
