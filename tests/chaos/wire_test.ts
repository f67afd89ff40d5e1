import assert from "node:assert/strict";
import { eventually } from "../support/trawl_process.ts";
import { Wire } from "./wire.ts";

/** A server that sends back what it gets. */
function startEcho(): AsyncDisposable & { readonly port: number } {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const serving = (async () => {
    const echoes: Promise<void>[] = [];
    for await (const conn of listener) {
      echoes.push(conn.readable.pipeTo(conn.writable).catch(() => {}));
    }
    await Promise.all(echoes);
  })();
  return {
    port: listener.addr.port,
    [Symbol.asyncDispose]: async () => {
      listener.close();
      await serving;
    },
  };
}

Deno.test("Wire holds bytes back while it is stalled, closes while it is severed, and mends", async () => {
  await using echo = startEcho();
  await using wire = Wire.to(echo.port);
  const connect = () => Deno.connect({ hostname: "127.0.0.1", port: wire.port });
  using conn = await connect();
  const heard: number[] = [];
  const listening = (async () => {
    const buffer = new Uint8Array(8);
    for (let n = await conn.read(buffer); n !== null; n = await conn.read(buffer)) {
      heard.push(...buffer.subarray(0, n));
    }
  })().catch(() => {});
  await conn.write(new Uint8Array([1]));
  await eventually("an echo", () => heard.length === 1);
  wire.stall();
  await conn.write(new Uint8Array([2]));
  // Another connection, past the cable: its echo has had the time that ours would need.
  using direct = await Deno.connect({ hostname: "127.0.0.1", port: echo.port });
  await direct.write(new Uint8Array([9]));
  await direct.read(new Uint8Array(1));
  assert.deepEqual(heard, [1]);
  wire.mend();
  await eventually("the rest", () => heard.length === 2);
  wire.sever();
  await listening;
  using refused = await connect();
  assert.equal(await refused.read(new Uint8Array(1)).catch(() => null), null);
  wire.mend();
  using again = await connect();
  await again.write(new Uint8Array([3]));
  assert.equal(await again.read(new Uint8Array(1)), 1);
});
