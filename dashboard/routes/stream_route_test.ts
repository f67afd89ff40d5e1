import assert from "node:assert/strict";
import { parseSweepId } from "../../core/domain/ids.ts";
import {
  type JournalServer,
  openDashboard,
  startJournalServer,
  type TestDashboard,
} from "../../tests/support/dashboards.ts";
import { EventReader } from "../../tests/support/event_reader.ts";
import { journalOf } from "../../tests/support/journals.ts";
import { type Batch, parseBatch } from "../client/live/batch.ts";
import type { MetricsUpdate, StateUpdate } from "../client/model.ts";
import { serveDashboard } from "../serve_dashboard.ts";

const sweep = parseSweepId("grown-1");
const entries = [...journalOf({ configurations: 8, epochs: 4, failureRate: 0.5 })];

interface Served extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
}

/** On a real socket: who hangs up is noticed there, or nowhere. */
function serve(server: JournalServer, options: { readonly maxStreams?: number } = {}): Served {
  const dashboard: TestDashboard = openDashboard(server, undefined, options);
  const { url, port, finished } = serveDashboard(dashboard.app, {
    hostname: "127.0.0.1",
    port: 0,
    signal: dashboard.signal,
  });
  return {
    url,
    port,
    [Symbol.asyncDispose]: async () => {
      dashboard[Symbol.dispose]();
      await finished;
    },
  };
}

const open = async ({ url }: Served, topics: string): Promise<EventReader> =>
  new EventReader(await fetch(`${url}api/v1/stream?topics=${encodeURIComponent(topics)}`));

/** Batches until one has all that is looked for. */
async function until(reader: EventReader, isIt: (batch: Batch) => boolean): Promise<Batch[]> {
  const batches: Batch[] = [];
  for (let event = await reader.next(20_000); event !== null; event = await reader.next(20_000)) {
    if (event.type !== "news") continue;
    const batch = parseBatch(event);
    batches.push(batch);
    if (isIt(batch)) return batches;
  }
  throw new Error(`Cannot find the batch: there came ${batches.length} others`);
}

const has = (type: string) => ({ messages }: Batch) => messages.some((one) => one.type === type);
const pointsIn = (batches: readonly Batch[]): number =>
  batches.flatMap(({ messages }) => messages).reduce((sum, { type, data }) => {
    if (type !== "metrics") return sum;
    const update: MetricsUpdate = JSON.parse(data);
    return sum + update.points.length;
  }, 0);
const asOf = async ({ url }: Served): Promise<string> => {
  const { asOf } = await (await fetch(`${url}api/v1/sweeps/${sweep}/snapshot`)).json();
  return asOf;
};

Deno.test("streamRoute tells of several topics in one stream, and who serves them", async () => {
  await using server = await startJournalServer();
  await server.write(sweep, entries.slice(0, 6));
  await using served = serve(server);
  const after = await asOf(served);
  await using reader = await open(
    served,
    `sweeps,fleet,news/${sweep}@${after},sweep/${sweep}/0@${after}`,
  );
  const hello = await reader.next();
  assert.equal(hello?.type, "hello");
  assert.deepEqual(JSON.parse(hello.data), { version: "0.0.0-test", script: null });
  const seen = new Set<string>();
  const first = await until(reader, ({ topic }) => seen.add(topic).size === 4);
  assert.ok(!first.some(has("resync")));
  await server.write(sweep, entries.slice(6, 12));
  let points = 0;
  let isTold = false;
  const grown = await until(reader, (batch) => {
    points += pointsIn([batch]);
    isTold ||= batch.topic === `news/${sweep}`;
    return isTold && points >= pointsOf(6, 12);
  });
  assert.equal(points, pointsOf(6, 12), "each once, and none under the topic without points");
  const news = grown.filter(({ topic }) => topic === `news/${sweep}`);
  const sections: StateUpdate = JSON.parse(news[0]?.messages[0]?.data ?? "{}");
  assert.equal(typeof sections.progress?.epochsTrained, "number");
  assert.equal(sections.leaderboard, undefined);
});

const pointsOf = (from: number, to: number): number =>
  entries.slice(from, to).flatMap(({ events }) => events)
    .reduce((sum, event) => sum + (event.type === "epochReported" ? event.lanes.length : 0), 0);

Deno.test("streamRoute resumes each topic where its client is, after any interruption", async () => {
  await using server = await startJournalServer();
  await server.write(sweep, entries.slice(0, 4));
  await using served = serve(server);
  let place = await asOf(served);
  let told = 0;
  for (const [from, to] of [[4, 9], [9, 10], [10, 20], [20, entries.length]] as const) {
    await server.write(sweep, entries.slice(from, to));
    await using reader = await open(served, `sweep/${sweep}@${place},sweeps`);
    const batches = await until(reader, ({ id }) => Number(id?.split(".")[1]) >= to);
    assert.ok(!batches.some(has("resync")));
    told += pointsIn(batches);
    place = batches.findLast(({ id }) => id !== null)?.id ?? place;
  }
  assert.equal(told, pointsOf(4, entries.length));
});

Deno.test("streamRoute stays open when a sweep is over, and tells when somebody reopens it", async () => {
  await using server = await startJournalServer();
  await server.write(sweep, entries);
  await using served = serve(server);
  await using reader = await open(served, `news/${sweep}@${await asOf(served)}`);
  const [first] = await until(reader, has("end"));
  assert.ok(first !== undefined);
  const by = "alice@example";
  await server.write(sweep, [{
    v: 1,
    at: entries.at(-1)!.at,
    events: [{ type: "sweepReopened", by }],
  }]);
  const batch = (await until(reader, has("state"))).at(-1);
  const state: StateUpdate = JSON.parse(batch?.messages[0]?.data ?? "{}");
  assert.equal(state.progress?.status === "completed", false);
  assert.ok(!has("end")(batch!));
});

Deno.test("streamRoute says that a sweep is not there, and tells of it once it is", async () => {
  await using server = await startJournalServer();
  await using served = serve(server);
  await using reader = await open(served, `news/${sweep}`);
  const [stale] = await until(reader, has("stale"));
  assert.match(stale?.messages[0]?.data ?? "", /Cannot find sweep/);
  await server.write(sweep, entries.slice(0, 5));
  const batch = (await until(reader, has("state"))).at(-1);
  assert.equal(batch?.messages[0]?.type, "fresh");
});

Deno.test("streamRoute serves so many streams and no more, until somebody hangs up", async () => {
  await using server = await startJournalServer();
  await server.write(sweep, entries.slice(0, 5));
  await using served = serve(server, { maxStreams: 3 });
  const paths = ["?topics=sweeps", `?sweep=${sweep}`, "?fleet"];
  const readers = await Promise.all(
    paths.map(async (path) => new EventReader(await fetch(`${served.url}api/v1/stream${path}`))),
  );
  for (const reader of readers) assert.ok(await reader.next() !== null);
  const refused = await fetch(`${served.url}api/v1/stream?topics=fleet`);
  assert.equal(refused.status, 503);
  assert.equal(refused.headers.get("retry-after"), "5");
  assert.match((await refused.json()).detail, /Cannot open a stream: 3 are open/);
  for (const reader of readers) await reader[Symbol.asyncDispose]();
  // Hanging up is noticed when the server's socket is closed, not before.
  for (let isFree = false; !isFree;) {
    const response = await fetch(`${served.url}api/v1/stream?topics=fleet`);
    isFree = response.status === 200;
    await response.body?.cancel();
  }
});

Deno.test("streamRoute refuses what it cannot read before it begins", async () => {
  await using server = await startJournalServer();
  await using served = serve(server);
  for (
    const topics of [
      "",
      "nonsense",
      "sweep/no.id",
      "sweep/a-1/10001",
      Array(201).fill("fleet").join(),
    ]
  ) {
    const response = await fetch(
      `${served.url}api/v1/stream?topics=${encodeURIComponent(topics)}`,
    );
    assert.equal(response.status, 400, topics.slice(0, 20));
    assert.equal(response.headers.get("content-type"), "application/problem+json");
    await response.body?.cancel();
  }
});

Deno.test("streamRoute gives nobody a seat who only asks for the headers", async () => {
  await using server = await startJournalServer();
  await server.write(sweep, entries.slice(0, 5));
  await using served = serve(server, { maxStreams: 1 });
  for (const query of ["", "?fleet", `?sweep=${sweep}`, "?topics=fleet"]) {
    const looked = await fetch(`${served.url}api/v1/stream${query}`, { method: "HEAD" });
    assert.equal(looked.status, 200, query);
    assert.equal(looked.headers.get("content-type"), "text/event-stream");
  }
  await using reader = await open(served, "fleet");
  assert.equal((await reader.next())?.type, "hello");
});

Deno.test("streamRoute ends every kind of stream for a client that stays and does not read", async () => {
  await using server = await startJournalServer();
  await server.write(sweep, entries.slice(0, 6));
  using dashboard = openDashboard(server, undefined, { maxStreams: 1, stallMs: 200 });
  // The only seat is free again once the one before has been ended, unread as it is.
  for (const query of ["", "?fleet", `?sweep=${sweep}`, `?topics=sweeps,fleet`, ""]) {
    const ask = () => dashboard.app.request(`/api/v1/stream${query}`);
    let answer = await ask();
    for (let i = 0; i < 400 && answer.status === 503; i++) {
      await answer.body?.cancel();
      await new Promise((resolve) => setTimeout(resolve, 50));
      answer = await ask();
    }
    assert.equal(answer.status, 200, `before ${query}`);
  }
});
