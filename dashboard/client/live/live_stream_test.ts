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
  readonly asked: readonly (string | null)[];
}

/** Serves one answer after the other to a live stream, until it ends. */
async function listenTo(
  answers: readonly (() => Response)[],
  silenceMs = 5_000,
): Promise<Heard> {
  const asked: (string | null)[] = [];
  const events: string[] = [];
  const connections: Connection["state"][] = [];
  await using server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    (request) => {
      asked.push(request.headers.get("last-event-id"));
      return answers[asked.length - 1]?.() ?? new Response(null, { status: 204 });
    },
  );
  await readLiveStream({
    url: new URL(`http://127.0.0.1:${server.addr.port}/`),
    after: "e.0",
    onEvent: ({ data }) => events.push(data),
    onConnection: ({ state }) => connections.push(state),
    now: () => 0,
    signal: AbortSignal.timeout(10_000),
    silenceMs,
    firstRetryMs: 1,
  });
  return { events, connections, asked };
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

Deno.test("readLiveStream resumes after a cut with the last id it saw", async () => {
  const heard = await listenTo([
    answer("id: e.1\ndata: one\n\nid: e.2\ndata: two\n\nid: e.3\ndata: cut in the mid"),
    () => new Response("later", { status: 503 }),
    answer("id: e.3\ndata: three\n\nevent: end\nid: e.3\ndata: {}\n\n"),
  ]);
  assert.deepEqual(heard.events, ["one", "two", "three"]);
  assert.deepEqual(heard.asked, ["e.0", "e.2", "e.2"]);
  assert.deepEqual(heard.connections, [
    ...["connecting", "live", "waiting"],
    ...["connecting", "waiting"],
    ...["connecting", "live", "ended"],
  ]);
});

Deno.test("readLiveStream gives up a connection that says nothing, heartbeats included", async () => {
  const heard = await listenTo([silent], 50);
  assert.deepEqual(heard.events, ["seven"]);
  assert.deepEqual(heard.asked, ["e.0", "e.7"]);
  assert.deepEqual(heard.connections.slice(0, 3), ["connecting", "live", "waiting"]);
  assert.equal(heard.connections.at(-1), "ended");
});
