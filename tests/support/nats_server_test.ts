import assert from "node:assert/strict";
import { connectNats } from "../../core/nats/connect.ts";
import { natsServerBinaryOrSkip, TestNatsServer } from "./nats_server.ts";

const ignore = await natsServerBinaryOrSkip() === undefined;

Deno.test({
  name: "TestNatsServer keeps its port and its streams over kill and restart",
  ignore,
  fn: async () => {
    await using server = await TestNatsServer.start();
    const { port, pid } = server;
    {
      await using link = await connectNats(server.url, { name: "test" });
      const manager = await link.connection.jetstreamManager();
      await manager.streams.add({ name: "KEPT", subjects: ["kept"] });
      await link.connection.jetstream().publish("kept", "a fact");
    }
    await server.kill();
    await server.restart();
    assert.equal(server.port, port);
    assert.notEqual(server.pid, pid);
    await using link = await connectNats(server.url, { name: "test" });
    const manager = await link.connection.jetstreamManager();
    assert.equal((await manager.streams.info("KEPT")).state.messages, 1);
  },
});

Deno.test({
  name: "TestNatsServer lets in only its login when it has one",
  ignore,
  fn: async () => {
    await using server = await TestNatsServer.start({
      login: { user: "ada", password: 'p@ss/"w\\ord' },
    });
    await using _link = await connectNats(server.url, { name: "test" });
    await assert.rejects(
      connectNats(`nats://127.0.0.1:${server.port}`, { name: "test" }),
      /the server refused the credentials/,
    );
  },
});
