import assert from "node:assert/strict";
import { join } from "node:path";
import {
  natsServerBinary,
  natsServerBinaryOrSkip,
} from "../../tests/support/nats_server_binary.ts";
import { connectNats } from "./connect.ts";
import { EmbeddedServer } from "./embedded_server.ts";
import { readServerRecord, type ServerRecord } from "./embedded_server_record.ts";

const ignore = await natsServerBinaryOrSkip() === undefined;

class TestHome implements AsyncDisposable {
  readonly path: string = Deno.makeTempDirSync({ prefix: "trawl-home-" });

  open(): Promise<EmbeddedServer> {
    return EmbeddedServer.open({ home: this.path, binary: natsServerBinary });
  }

  async record(): Promise<ServerRecord> {
    const record = await readServerRecord(join(this.path, "nats", "server.json"));
    assert.ok(record);
    return record;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.path, { recursive: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    Deno.kill(pid, "SIGCONT");
    return true;
  } catch {
    return false;
  }
}

async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let waited = 0; waited < 10_000; waited += 10) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.fail(`no ${what} within 10 s`);
}

Deno.test({
  name: "EmbeddedServer serves JetStream to its own login alone, with private files",
  ignore,
  fn: async () => {
    await using home = new TestHome();
    await using server = await home.open();
    assert.equal(server.isReused, false);
    await using link = await connectNats(server.url, { name: "test" });
    const manager = await link.connection.jetstreamManager();
    assert.equal((await manager.streams.add({ name: "S", subjects: ["s"] })).config.name, "S");
    assert.ok((link.connection.info?.max_payload ?? 0) >= 8 * 1024 * 1024);
    assert.equal(link.connection.info?.host, "127.0.0.1");
    await assert.rejects(connectNats(server.address, { name: "test" }), {
      name: "NatsConnectError",
    });
    const { password } = await home.record();
    assert.equal(server.address.includes(password), false);
    for (const file of ["server.json", "server.conf"]) {
      const { mode } = await Deno.stat(join(home.path, "nats", file));
      assert.equal((mode ?? 0) & 0o777, 0o600, file);
    }
    assert.equal((await Deno.stat(join(home.path, "jetstream"))).isDirectory, true);
  },
});

Deno.test({
  name: "EmbeddedServer keeps its store from one run to the next and leaves no process",
  ignore,
  fn: async () => {
    await using home = new TestHome();
    const pids: number[] = [];
    for (const expected of [0, 1]) {
      await using server = await home.open();
      pids.push((await home.record()).pid);
      await using link = await connectNats(server.url, { name: "test" });
      const manager = await link.connection.jetstreamManager();
      await manager.streams.add({ name: "S", subjects: ["s"] });
      assert.equal((await manager.streams.info("S")).state.messages, expected);
      await link.connection.jetstream().publish("s");
    }
    assert.deepEqual(pids.map(isAlive), [false, false]);
  },
});

Deno.test({
  name: "EmbeddedServer is shared, and stopped by the last who leaves, whoever started it",
  ignore,
  fn: async () => {
    await using home = new TestHome();
    const first = await home.open();
    const second = await home.open();
    const { pid } = await home.record();
    assert.equal(second.isReused, true);
    assert.equal(second.url, first.url);
    await first[Symbol.asyncDispose]();
    assert.equal(isAlive(pid), true);
    await using _link = await connectNats(second.url, { name: "test" });
    await second[Symbol.asyncDispose]();
    await until(() => !isAlive(pid), "end of the server");
  },
});

Deno.test({
  name: "EmbeddedServer starts one server when many open a home at once",
  ignore,
  fn: async () => {
    await using home = new TestHome();
    const opened = await Promise.all(Array.from({ length: 8 }, () => home.open()));
    try {
      assert.equal(new Set(opened.map((server) => server.url)).size, 1);
      assert.equal(opened.filter((server) => !server.isReused).length, 1);
    } finally {
      await Promise.all(opened.map((server) => server[Symbol.asyncDispose]()));
    }
  },
});

Deno.test({
  name: "EmbeddedServer starts its server again at the same address when it dies",
  ignore,
  fn: async () => {
    await using home = new TestHome();
    await using server = await home.open();
    const reconnected = Promise.withResolvers<void>();
    await using link = await connectNats(server.url, {
      name: "test",
      onStatus: ({ kind }) => kind === "reconnected" && reconnected.resolve(),
    });
    const { pid } = await home.record();
    Deno.kill(pid, "SIGKILL");
    await reconnected.promise;
    await link.connection.flush();
    assert.notEqual((await home.record()).pid, pid);
  },
});

Deno.test({
  name: "EmbeddedServer ignores a damaged or stale record",
  ignore,
  fn: async () => {
    await using home = new TestHome();
    const path = join(home.path, "nats", "server.json");
    await Deno.mkdir(join(home.path, "nats"));
    await Deno.writeTextFile(path, "{ half");
    await (await home.open())[Symbol.asyncDispose]();
    // A stranger listens at the recorded port and says nothing that NATS would.
    using stranger = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const port = stranger.addr.port;
    const stale = {
      v: 1,
      url: `nats://127.0.0.1:${port}`,
      port,
      user: "trawl",
      password: "old",
      pid: Deno.pid,
      serverId: "NOBODY",
      startedAt: "2026-01-01T00:00:00.000Z",
    };
    await Deno.writeTextFile(path, JSON.stringify(stale));
    const held = accept(stranger);
    await using server = await home.open();
    await using _link = await connectNats(server.url, { name: "test" });
    assert.notEqual((await home.record()).port, port);
    stranger.close();
    await held;
  },
});

/** Holds what connects until the listener closes. */
async function accept(listener: Deno.Listener): Promise<void> {
  const held: Deno.Conn[] = [];
  try {
    for await (const connection of listener) held.push(connection);
  } finally {
    for (const connection of held) connection.close();
  }
}

Deno.test("EmbeddedServer.open() says which folder cannot be written", async () => {
  const file = await Deno.makeTempFile();
  try {
    await assert.rejects(EmbeddedServer.open({ home: file, binary: natsServerBinary }), {
      name: "EmbeddedServerError",
      message:
        /^Cannot keep a NATS server in ".*nats": .*; it must be a folder that can be written$/,
    });
  } finally {
    await Deno.remove(file);
  }
});

Deno.test({
  name: "EmbeddedServer.open() quotes the server's last words when its store is unusable",
  ignore,
  fn: async () => {
    await using home = new TestHome();
    await Deno.writeTextFile(join(home.path, "jetstream"), "a file, no folder");
    await assert.rejects(home.open(), {
      name: "EmbeddedServerError",
      message: /^Cannot start nats-server .* ended with code 1; it said:[^]*storage directory/,
    });
  },
});

Deno.test("EmbeddedServer.open() rejects with the signal's reason and leaves no lock", async () => {
  await using home = new TestHome();
  const stopped = new Error("stopped by the test");
  const controller = new AbortController();
  const opening = EmbeddedServer.open({
    home: home.path,
    signal: controller.signal,
    binary: () => {
      controller.abort(stopped);
      return Promise.resolve({ path: "/nonexistent/nats-server" });
    },
  });
  await assert.rejects(opening, (error) => error === stopped);
  await assert.rejects(
    EmbeddedServer.open({
      home: home.path,
      binary: () => Promise.resolve({ path: "/nonexistent/nats-server" }),
    }),
    { name: "EmbeddedServerError", message: /^Cannot start "\/nonexistent\/nats-server": / },
  );
});
