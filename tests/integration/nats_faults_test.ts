import assert from "node:assert/strict";
import { milliseconds } from "../../core/domain/units.ts";
import { connectNats } from "../../core/nats/connect.ts";
import { NatsArtifactStore } from "../../core/nats/artifact_store.ts";
import { NatsJournalReader } from "../../core/nats/journal_reader.ts";
import { NatsJournalWriter } from "../../core/nats/journal_writer.ts";
import { isStoreFull } from "../../core/nats/jetstream_errors.ts";
import { parseNatsTarget } from "../../core/nats/nats_target.ts";
import { provision } from "../../core/nats/provisioning.ts";
import { checkServer } from "../../core/nats/server_check.ts";
import { guardStreams } from "../../core/nats/stream_guard.ts";
import { JOURNAL_STREAM, PACKS_STREAM } from "../../core/protocol/subjects.ts";
import { ConfiguredServer } from "../support/configured_server.ts";
import { natsServerBinaryOrSkip } from "../support/nats_server.ts";
import { SecuredServer } from "../support/secured_server.ts";
import { entry, eventually, startRig, SWEEP } from "./support.ts";

const ignore = !(await natsServerBinaryOrSkip());
const LEASE = { leaseMs: milliseconds(10_000) };
const WITHIN_MS = 60_000;

function jetStream(...more: readonly string[]) {
  return (dir: string): string =>
    `jetstream { ${[`store_dir: ${JSON.stringify(`${dir}/js`)}`, ...more].join(", ")} }`;
}

Deno.test({
  name: "provision() says that a single server cannot keep three replicas",
  ignore,
  fn: async () => {
    await using server = await ConfiguredServer.start({ config: jetStream() });
    await using link = await connectNats(server.url, { name: "test" });
    await assert.rejects(provision(link.connection, { ...LEASE, replicas: 3 }), {
      name: "ServerTooSmallError",
      message:
        /^Cannot keep 3 replicas at .*: it is a single server; it must be a cluster of at least 3$/,
    });
  },
});

Deno.test({
  name: "provision() refuses a server whose messages are too small for a lease's answer",
  ignore,
  fn: async () => {
    await using server = await ConfiguredServer.start({
      config: (dir) => `max_payload: 32768\n${jetStream()(dir)}`,
    });
    await using link = await connectNats(server.url, { name: "test" });
    await assert.rejects(provision(link.connection, LEASE), /max_payload must be at least 64 KB/);
  },
});

Deno.test({
  name: "NatsArtifactStore.put() cuts an artifact into what the server takes",
  ignore,
  fn: async () => {
    await using server = await ConfiguredServer.start({
      config: (dir) => `max_payload: 65536\n${jetStream()(dir)}`,
    });
    await using link = await connectNats(server.url, { name: "test" });
    await provision(link.connection, LEASE);
    const store = await NatsArtifactStore.open(link.connection);
    const bytes = crypto.getRandomValues(new Uint8Array(60_000));
    const large = new Uint8Array(300_000);
    for (let at = 0; at < large.length; at += bytes.length) large.set(bytes, at);
    await store.put("large", large);
    assert.deepEqual(await store.get("large"), large);
  },
});

Deno.test({
  name:
    "JournalWriter.append() waits while the store is full, says so, and goes on without a gap " +
    "or a repeat",
  ignore,
  fn: async () => {
    await using server = await ConfiguredServer.start({ config: jetStream("max_file_store: 4MB") });
    await using link = await connectNats(server.url, { name: "test" });
    await provision(link.connection, LEASE);
    const told: string[] = [];
    const writer = await NatsJournalWriter.open(link.connection, SWEEP, {
      after: 0,
      onRetry: (error) => told.push(isStoreFull(error) ? "full" : String(error)),
      onAnswered: () => told.push("answered"),
    });
    await writer.append(entry(1));
    const manager = await link.connection.jetstreamManager();
    await manager.streams.add({ name: "FILLER", subjects: ["filler"] });
    const stream = link.connection.jetstream();
    await assert.rejects(async () => {
      for (let i = 0; i < 200; i++) await stream.publish("filler", new Uint8Array(100_000));
    });
    const waiting = writer.append(entry(2));
    await eventually(() => told.includes("full"), WITHIN_MS);
    await manager.streams.delete("FILLER");
    await waiting;
    await writer.append(entry(3));
    assert.equal(told.at(-1), "answered");
    const reader = await NatsJournalReader.open(link.connection);
    const read = await Array.fromAsync(reader.read(SWEEP));
    assert.deepEqual(read.map((stored) => stored.entry), [entry(1), entry(2), entry(3)]);
  },
});

/** A folder of so many bytes, or null after a line that says why there is none. */
async function smallDisk(bytes: number): Promise<
  | AsyncDisposable & { readonly path: string; readonly grow: (bytes: number) => Promise<void> }
  | null
> {
  const path = await Deno.makeTempDir({ prefix: "trawl-disk-" });
  const run = async (program: string, ...args: readonly string[]): Promise<boolean> => {
    const command = new Deno.Command(program, { args: [...args], stderr: "null" });
    return await command.output().then(({ success }) => success, () => false);
  };
  if (!await run("mount", "-t", "tmpfs", "-o", `size=${bytes}`, "tmpfs", path)) {
    await Deno.remove(path);
    console.log("skipped: a small disk needs the right to mount one");
    return null;
  }
  return {
    path,
    grow: async (to) => {
      assert.ok(await run("mount", "-o", `remount,size=${to}`, path));
    },
    [Symbol.asyncDispose]: async () => {
      // A server that was killed a moment ago may still hold it.
      await run("umount", "--lazy", path);
      await Deno.remove(path);
    },
  };
}

Deno.test({
  name: "JournalWriter.append() outlives a disk that is full, once it has room and its server is " +
    "started again",
  ignore: ignore || Deno.build.os !== "linux",
  fn: async () => {
    await using disk = await smallDisk(2_000_000);
    if (disk === null) return;
    // More than the disk has: the server notices only when a write fails.
    const config = `jetstream { store_dir: ${JSON.stringify(disk.path)}, max_file_store: 1GB }`;
    await using server = await ConfiguredServer.start({ config: () => config });
    await using link = await connectNats(server.url, { name: "test" });
    await provision(link.connection, LEASE);
    let retries = 0;
    const writer = await NatsJournalWriter.open(link.connection, SWEEP, {
      after: 0,
      onRetry: () => retries++,
    });
    await Deno.writeFile(`${disk.path}/filler`, new Uint8Array(1_700_000));
    let written = 0;
    const writing = (async () => {
      for (let n = 1; n <= 3_000; n++) {
        await writer.append(entry(n));
        written = n;
      }
    })();
    await eventually(() => retries > 0, WITHIN_MS);
    const atTheEnd = written;
    assert.ok(atTheEnd > 0 && atTheEnd < 3_000, `${atTheEnd} entries`);
    await disk.grow(60_000_000);
    await server.kill();
    await server.start();
    await writing;
    const reader = await NatsJournalReader.open(link.connection);
    const read = await Array.fromAsync(reader.read(SWEEP));
    assert.deepEqual(
      read.map(({ entry: { at } }) => Number(at)),
      Array.from({ length: 3_000 }, (_, i) => i + 1),
    );
  },
});

Deno.test({
  name: "JournalWriter.append() says that its journal is gone, and writes none in its place",
  ignore,
  fn: async () => {
    await using rig = await startRig();
    const { connection } = rig;
    const writer = await NatsJournalWriter.open(connection, SWEEP, { after: 0 });
    await writer.append(entry(1));
    await (await connection.jetstreamManager()).streams.delete(JOURNAL_STREAM);
    await provision(connection, LEASE);
    for (let tries = 0; tries < 2; tries++) {
      await assert.rejects(writer.append(entry(2)), { name: "StreamLostError" });
    }
    const reader = await NatsJournalReader.open(connection);
    assert.deepEqual(await reader.sweeps(), []);
  },
});

/** Lets a guard look only when the test says so. */
class Looks {
  #made = Promise.withResolvers<void>();
  #next = Promise.withResolvers<void>();

  /** For the guard: a look is over, and the next one waits. */
  readonly between = (): Promise<void> => {
    this.#made.resolve();
    return this.#next.promise;
  };
  /** Resolves when the present look is over and has found nothing to tell. */
  get made(): Promise<void> {
    return this.#made.promise;
  }
  /** Lets the guard look once more; resolves as `made`. */
  again(): Promise<void> {
    this.#made = Promise.withResolvers();
    const { resolve } = this.#next;
    this.#next = Promise.withResolvers();
    resolve();
    return this.made;
  }
}

Deno.test({
  name: "guardStreams() stays silent through a restart, and tells of a stream that is deleted",
  ignore,
  fn: async () => {
    await using rig = await startRig();
    const manager = await rig.connection.jetstreamManager();
    for (const stream of [JOURNAL_STREAM, PACKS_STREAM]) {
      await provision(rig.connection, LEASE);
      const looks = new Looks();
      const guarded = guardStreams(rig.connection, { between: looks.between });
      const told = assert.rejects(guarded, {
        name: "StreamLostError",
        message: new RegExp(`stream "${stream}" is gone from the server`),
      });
      await looks.made;
      await rig.server.kill();
      const meanwhile = looks.again();
      await rig.server.restart();
      // It would have rejected instead.
      await meanwhile;
      await eventually(() => manager.streams.info(stream).then(() => true, () => false), WITHIN_MS);
      await looks.again();
      await manager.streams.delete(stream);
      await looks.again();
      void looks.again();
      await told;
    }
  },
});

Deno.test({
  name: "guardStreams() tells of a stream that was made anew while nobody looked",
  ignore,
  fn: async () => {
    await using rig = await startRig();
    const manager = await rig.connection.jetstreamManager();
    const looks = new Looks();
    const guarded = guardStreams(rig.connection, { between: looks.between });
    const told = assert.rejects(guarded, { name: "StreamLostError", message: /was made anew/ });
    await looks.made;
    await manager.streams.delete(JOURNAL_STREAM);
    await provision(rig.connection, LEASE);
    void looks.again();
    await told;
  },
});

Deno.test({
  name: "JournalReader.follow() misses nothing when it reads so slowly that the server cuts it off",
  ignore,
  fn: async () => {
    // A client that has this much unread is a slow consumer.
    await using server = await ConfiguredServer.start({
      config: (dir) =>
        `max_payload: 131072\nmax_pending: 200000\nwrite_deadline: "200ms"\n${jetStream()(dir)}`,
    });
    await using link = await connectNats(server.url, { name: "test" });
    await provision(link.connection, LEASE);
    const entries = 1_500;
    const writer = await NatsJournalWriter.open(link.connection, SWEEP, { after: 0 });
    const text = "x".repeat(4_000);
    for (let n = 1; n <= entries; n++) {
      await writer.append({ ...entry(n), events: [{ type: "sweepPaused", by: text }] });
    }
    const cuts: string[] = [];
    await using slow = await connectNats(server.url, {
      name: "slow",
      onStatus: ({ kind }) => cuts.push(kind),
    });
    const reader = await NatsJournalReader.open(slow.connection);
    const ending = AbortSignal.timeout(WITHIN_MS);
    const seen: number[] = [];
    for await (const { entry: { at } } of reader.follow(SWEEP, { signal: ending })) {
      seen.push(Number(at));
      // Nothing at all is read meanwhile: not from the socket either.
      if (seen.length === 1) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_500);
      if (seen.length === entries) break;
    }
    assert.deepEqual(seen, Array.from({ length: entries }, (_, i) => i + 1));
    assert.ok(cuts.includes("disconnected"), "the server never cut it off");
  },
});

Deno.test({
  name: "checkServer() tells a user who may create nothing whether a coordinator was there",
  ignore,
  fn: async () => {
    await using server = await SecuredServer.start();
    const ask = (role: "worker" | "viewer") =>
      checkServer(parseNatsTarget(server.urlOf(role)), { now: Date.now });
    assert.match((await ask("worker")).jetStreamProblem ?? "", /^no coordinator was there yet/);
    await (await server.open("coordinator"))[Symbol.asyncDispose]();
    for (const role of ["worker", "viewer"] as const) {
      const { jetStreamProblem, mayCreate } = await ask(role);
      assert.equal(jetStreamProblem, null, role);
      assert.equal(mayCreate, false, role);
    }
  },
});
