import assert from "node:assert/strict";
import fc from "fast-check";
import { type Connection, EventParser, readLiveStream, type StreamEvent } from "./live_stream.ts";

Deno.test("EventParser finds the same events however the text is cut", () => {
  const text = ': hello\n\nretry: 1000\n\nevent: state\nid: e.1\ndata: {"a":1}\n\n' +
    "event: metrics\r\nid: e.2\r\ndata: one\r\ndata: two\r\n\r\ndata: plain\n\n";
  const expected: readonly StreamEvent[] = [
    { type: "state", data: '{"a":1}', lastId: "e.1" },
    { type: "metrics", data: "one\ntwo", lastId: "e.2" },
    { type: "message", data: "plain", lastId: "e.2" },
  ];
  fc.assert(fc.property(fc.uniqueArray(fc.nat(text.length)), (cuts) => {
    const parser = new EventParser();
    const ends = [...cuts.sort((a, b) => a - b), text.length];
    const events = ends.flatMap((end, index) => parser.push(text.slice(ends[index - 1] ?? 0, end)));
    assert.deepEqual(events, expected);
  }));
});

interface Heard {
  readonly events: readonly string[];
  readonly connections: readonly Connection["state"][];
  readonly asked: readonly string[];
  readonly waits: readonly number[];
}

/** Serves one answer after the other to a live stream, then ends it. */
async function listenTo(
  answers: readonly (() => Response)[],
  silenceMs = 5_000,
): Promise<Heard> {
  const asked: string[] = [];
  const events: string[] = [];
  const connections: Connection["state"][] = [];
  const waits: number[] = [];
  const ending = new AbortController();
  await using server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    (request) => {
      asked.push(new URL(request.url).search);
      const answer = answers[asked.length - 1];
      if (answer === undefined) ending.abort();
      return answer?.() ?? new Response("");
    },
  );
  let last = "e.0";
  await readLiveStream({
    url: () => `http://127.0.0.1:${server.addr.port}/?${last}`,
    onEvent: ({ data, lastId }) => {
      events.push(data);
      last = lastId ?? last;
    },
    onConnection: (connection) => {
      connections.push(connection.state);
      if (connection.state === "waiting") waits.push(connection.retryAt);
    },
    now: () => 0,
    signal: AbortSignal.any([AbortSignal.timeout(20_000), ending.signal]),
    silenceMs,
    firstRetryMs: 1,
  });
  return { events, connections, asked, waits };
}

const answer = (text: string) => () => new Response(text);
const silent = (): Response =>
  new Response(
    new ReadableStream({
      start: (controller) => {
        controller.enqueue(new TextEncoder().encode("id: e.7\ndata: seven\n\n"));
      },
    }),
  );
const full = (): Response => new Response("", { status: 503, headers: { "retry-after": "1" } });

Deno.test("readLiveStream asks anew from where it was after the connection is lost", async () => {
  const heard = await listenTo([
    answer("id: e.1\ndata: one\n\nid: e.2\ndata: two\n\nid: e.3\ndata: cut off"),
    full,
    answer("id: e.3\ndata: three\n\n"),
  ]);
  assert.deepEqual(heard.events, ["one", "two", "three"]);
  assert.deepEqual(heard.asked, ["?e.0", "?e.2", "?e.2", "?e.3"]);
  assert.deepEqual(heard.connections.slice(0, 5), [
    "connecting",
    "live",
    "waiting",
    "connecting",
    "waiting",
  ]);
  assert.deepEqual(heard.waits, [1, 1_000, 1], "a server that is full names its own time");
});

Deno.test("readLiveStream gives up a connection that says nothing, heartbeats included", async () => {
  const heard = await listenTo([silent], 50);
  assert.deepEqual(heard.events, ["seven"]);
  assert.deepEqual(heard.asked, ["?e.0", "?e.7"]);
  assert.deepEqual(heard.connections.slice(0, 3), ["connecting", "live", "waiting"]);
});
