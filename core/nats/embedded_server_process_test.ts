import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { HolderLine } from "../../tests/support/nats_server_holder.ts";
import {
  natsServerBinary,
  natsServerBinaryOrSkip,
} from "../../tests/support/nats_server_binary.ts";
import { connectNats } from "./connect.ts";
import { EmbeddedServer } from "./embedded_server.ts";
import { NatsServerProcess } from "./embedded_server_process.ts";
import { readServerRecord } from "./embedded_server_record.ts";

const ignore = await natsServerBinaryOrSkip() === undefined || Deno.build.os === "windows";
const HOLDER = fileURLToPath(import.meta.resolve("../../tests/support/nats_server_holder.ts"));

/** Another process that holds the home's server. */
class Holder implements AsyncDisposable {
  readonly child: Deno.ChildProcess;
  readonly #lines: AsyncIterator<HolderLine>;

  constructor(home: string) {
    this.child = new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "--allow-all", HOLDER, home],
      stdin: "piped",
      stdout: "piped",
      // A group of its own, as a shell gives each job.
      detached: true,
    }).spawn();
    this.#lines = parseLines(this.child.stdout);
  }

  async expect<K extends HolderLine["kind"]>(kind: K): Promise<HolderLine & { readonly kind: K }> {
    const { value } = await this.#lines.next();
    assert.equal(value?.kind, kind);
    return value;
  }

  async kill(): Promise<void> {
    this.child.kill("SIGKILL");
    await this.child.status;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.child.stdin.close().catch(() => {});
    await this.child.status;
    await this.#lines.return?.();
  }
}

async function* parseLines(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<HolderLine> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield JSON.parse(line);
  }
}

async function withHome(body: (home: string) => Promise<void>): Promise<void> {
  const home = await Deno.makeTempDir({ prefix: "trawl-home-" });
  try {
    await body(home);
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

async function serverPid(home: string): Promise<number> {
  const record = await readServerRecord(join(home, "nats", "server.json"));
  assert.ok(record);
  return record.pid;
}

function isAlive(pid: number): boolean {
  try {
    Deno.kill(pid, "SIGCONT");
    return true;
  } catch {
    return false;
  }
}

function open(home: string): Promise<EmbeddedServer> {
  return EmbeddedServer.open({ home, binary: natsServerBinary });
}

Deno.test({
  name: "EmbeddedServer outlives a Ctrl-C that reaches its starter's whole process group",
  ignore,
  fn: () =>
    withHome(async (home) => {
      await using holder = new Holder(home);
      const { url } = await holder.expect("open");
      Deno.kill(-holder.child.pid, "SIGINT");
      await holder.expect("interrupted");
      await using link = await connectNats(url, { name: "test" });
      await link.connection.flush();
      await holder.child.stdin.close();
      await holder.expect("closed");
      assert.equal((await holder.child.status).code, 0);
    }),
});

Deno.test({
  name: "EmbeddedServer lets its starter leave first while another process uses the server",
  ignore,
  fn: () =>
    withHome(async (home) => {
      await using holder = new Holder(home);
      const { url } = await holder.expect("open");
      {
        await using server = await open(home);
        assert.deepEqual([server.isReused, server.url], [true, url]);
        await holder.child.stdin.close();
        await holder.expect("closed");
        // Left behind, the server must not keep its starter from ending.
        assert.equal((await holder.child.status).code, 0);
        await using link = await connectNats(url, { name: "test" });
        await link.connection.flush();
      }
      await assert.rejects(connectNats(url, { name: "test" }), /connection refused/);
    }),
});

Deno.test({
  name: "EmbeddedServer uses the server of a killed process, and ends it as the last to leave",
  ignore,
  fn: () =>
    withHome(async (home) => {
      await using holder = new Holder(home);
      const { url } = await holder.expect("open");
      const pid = await serverPid(home);
      await holder.kill();
      assert.equal(isAlive(pid), true);
      {
        await using server = await open(home);
        assert.deepEqual([server.isReused, server.url], [true, url]);
      }
      await assert.rejects(connectNats(url, { name: "test" }), /connection refused/);
    }),
});

Deno.test({
  name: "EmbeddedServer replaces a server that hangs, without a record of it too",
  ignore,
  fn: () =>
    withHome(async (home) => {
      await using holder = new Holder(home);
      await holder.expect("open");
      const pid = await serverPid(home);
      await holder.kill();
      Deno.kill(pid, "SIGSTOP");
      await Deno.remove(join(home, "nats", "server.json"));
      await using server = await open(home);
      assert.equal(server.isReused, false);
      assert.notEqual(await serverPid(home), pid);
      await using link = await connectNats(server.url, { name: "test" });
      await link.connection.flush();
    }),
});

Deno.test({
  name: "NatsServerProcess.start() says that a port is taken",
  ignore,
  fn: () =>
    withHome(async (home) => {
      using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
      const { path: binary } = await natsServerBinary();
      const { port } = taken.addr;
      await assert.rejects(
        NatsServerProcess.start({ binary, dir: home, storeDir: join(home, "js"), port }),
        {
          name: "EmbeddedServerError",
          message: `Cannot start nats-server at port ${port}: the port is taken; it must be free`,
        },
      );
    }),
});
