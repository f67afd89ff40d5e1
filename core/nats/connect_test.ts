import assert from "node:assert/strict";
import { join } from "node:path";
import { natsServerBinaryOrSkip, TestNatsServer } from "../../tests/support/nats_server.ts";
import { milliseconds } from "../domain/units.ts";
import { connectNats, type NatsLinkStatus } from "./connect.ts";

const ignore = await natsServerBinaryOrSkip() === undefined;

async function freePort(): Promise<number> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return await Promise.resolve(listener.addr.port);
}

Deno.test("connectNats() fails at once and without the password where nobody listens", async () => {
  const port = await freePort();
  await assert.rejects(connectNats(`nats://ada:secret@127.0.0.1:${port}`, { name: "test" }), {
    name: "NatsConnectError",
    url: `nats://127.0.0.1:${port}`,
    message: `Cannot connect to NATS at nats://127.0.0.1:${port}: connection refused; ` +
      "a nats-server must be listening there",
  });
});

Deno.test("connectNats() gives up on a listener that says nothing", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const accepted = listener.accept();
  await assert.rejects(
    connectNats(`127.0.0.1:${listener.addr.port}`, {
      name: "test",
      connectWithin: milliseconds(100),
    }),
    /no answer within 0\.1 s/,
  );
  (await accepted).close();
});

Deno.test("connectNats() rejects with the signal's reason while it waits", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const controller = new AbortController();
  const stopped = new Error("stopped by the test");
  const connecting = connectNats(`127.0.0.1:${listener.addr.port}`, {
    name: "test",
    connectWithin: milliseconds(200),
    signal: controller.signal,
  });
  const connection = await listener.accept();
  controller.abort(stopped);
  await assert.rejects(connecting, (error) => error === stopped);
  connection.close();
});

Deno.test("connectNats() says what is wrong with a credentials file", async () => {
  const path = join("no", "such", "file.creds");
  await assert.rejects(
    connectNats({ servers: ["nats://127.0.0.1:4222"], auth: { kind: "credentialsFile", path } }, {
      name: "test",
    }),
    { name: "NatsConnectError", message: /file\.creds/ },
  );
});

Deno.test({
  name: "connectNats() takes the first of several servers that answers",
  ignore,
  fn: async () => {
    await using server = await TestNatsServer.start();
    const target = `127.0.0.1:${await freePort()},127.0.0.1:${server.port}`;
    await using link = await connectNats(target, { name: "test" });
    assert.match(link.serverVersion, /^2\.\d+\.\d+/);
  },
});

Deno.test({
  name: "connectNats() survives the server's restart and tells of it in order",
  ignore,
  fn: async () => {
    await using server = await TestNatsServer.start();
    const statuses: NatsLinkStatus["kind"][] = [];
    const reconnected = Promise.withResolvers<void>();
    {
      await using link = await connectNats(server.url, {
        name: "test",
        onStatus: ({ kind }) => {
          statuses.push(kind);
          if (kind === "reconnected") reconnected.resolve();
        },
      });
      await server.kill();
      await server.restart();
      await reconnected.promise;
      await link.connection.flush();
    }
    assert.equal(statuses[0], "disconnected");
    assert.deepEqual(statuses.slice(-2), ["reconnected", "closed"]);
  },
});

Deno.test({
  name: "connectNats() is disposed at once while its server is gone",
  ignore,
  fn: async () => {
    await using server = await TestNatsServer.start();
    const disconnected = Promise.withResolvers<void>();
    const link = await connectNats(server.url, {
      name: "test",
      onStatus: ({ kind }) => kind === "disconnected" && disconnected.resolve(),
    });
    await server.kill();
    await disconnected.promise;
    await link[Symbol.asyncDispose]();
    assert.equal(link.connection.isClosed(), true);
  },
});

Deno.test({
  name: "connectNats() delivers what was published before it is disposed",
  ignore,
  fn: async () => {
    await using server = await TestNatsServer.start();
    await using reader = await connectNats(server.url, { name: "reader" });
    const messages = reader.connection.subscribe("facts", { max: 100 });
    await reader.connection.flush();
    {
      await using writer = await connectNats(server.url, { name: "writer" });
      for (let fact = 0; fact < 100; fact++) writer.connection.publish("facts", String(fact));
    }
    let count = 0;
    for await (const _message of messages) count++;
    assert.equal(count, 100);
  },
});
