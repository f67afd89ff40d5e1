import assert from "node:assert/strict";
import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import { Outbox } from "./outbox.ts";

Deno.test("Outbox gathers what topics say, and writes at most once in an interval", async () => {
  const ending = new AbortController();
  const writes: string[] = [];
  const outbox = new Outbox({
    write: (text) => {
      writes.push(text);
      return Promise.resolve();
    },
    signal: ending.signal,
    onStall: () => {},
    intervalMs: 40,
    heartbeatMs: 60_000,
  });
  const startedAt = performance.now();
  const running = outbox.run();
  const topics = ["a", "b", "c"].map(async (topic) => {
    for (let i = 0; i < 10; i++) await outbox.put(topic);
  });
  await Promise.all(topics);
  ending.abort();
  await running;
  const intervals = (performance.now() - startedAt) / 30;
  assert.equal(writes.join("").length, 30);
  assert.equal(writes[0], "abc");
  assert.ok(writes.length <= intervals + 1, `${writes.length} writes in ${intervals} intervals`);
});

Deno.test("Outbox says that it is still there when nobody says anything, and lets all go at its end", async () => {
  const ending = new AbortController();
  const written = Promise.withResolvers<string>();
  const outbox = new Outbox({
    write: (text) => {
      written.resolve(text);
      return Promise.resolve();
    },
    signal: ending.signal,
    onStall: () => {},
    intervalMs: 1,
    heartbeatMs: 10,
  });
  const running = outbox.run();
  assert.equal(await written.promise, ": still here\n\n");
  ending.abort();
  await Promise.all([running, outbox.put("too late")]);
});

const BATCH = "x".repeat(256 * 1024);
/** What the system keeps for a socket, on both sides, and more. */
const SOCKET_BATCHES = 128;

Deno.test("Outbox takes no more batches while a client does not read its socket, and ends a dead one", async () => {
  let taken = 0;
  let isStalled = false;
  const finished = Promise.withResolvers<void>();
  const app = new Hono().get("/", (context) =>
    streamSSE(context, async (stream) => {
      const gone = new AbortController();
      stream.onAbort(() => gone.abort());
      const outbox = new Outbox({
        write: async (text) => void await stream.write(text),
        signal: gone.signal,
        onStall: () => {
          isStalled = true;
          stream.abort();
        },
        intervalMs: 1,
        stallMs: 400,
      });
      const running = outbox.run();
      while (!gone.signal.aborted) {
        await outbox.put(BATCH);
        taken++;
      }
      await running;
      finished.resolve();
    }));
  await using server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    app.fetch,
  );
  using client = await Deno.connect({ hostname: "127.0.0.1", port: server.addr.port });
  await client.write(new TextEncoder().encode("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n"));
  await finished.promise;
  assert.ok(isStalled);
  assert.ok(taken > 0 && taken < SOCKET_BATCHES, `${taken} batches of 256 KiB were taken`);
});
