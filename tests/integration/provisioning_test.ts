import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { nanos } from "nats";
import { milliseconds } from "../../core/domain/units.ts";
import { NatsPackPublisher } from "../../core/nats/pack_publisher.ts";
import { JetStreamUnavailableError, provision } from "../../core/nats/provisioning.ts";
import {
  ARTIFACTS_BUCKET,
  JOURNAL_STREAM,
  PACKS_CONSUMER,
  PACKS_STREAM,
  SWEEPS_BUCKET,
  WORKERS_BUCKET,
} from "../../core/protocol/subjects.ts";
import { connectNats } from "../../core/nats/connect.ts";
import { TestNatsServer } from "../support/nats_server.ts";
import { natsServerBinary } from "../support/nats_server_binary.ts";
import { eventually, lease, startRig } from "./support.ts";

Deno.test("provision() by several processes at once succeeds for all of them", async () => {
  await using server = await TestNatsServer.start();
  await using stack = new AsyncDisposableStack();
  const links = await Promise.all(
    Array.from(
      { length: 5 },
      async (_, n) => stack.use(await connectNats(server.url, { name: `${n}` })),
    ),
  );
  await Promise.all(links.map(({ connection }, n) =>
    // Different leases, too: the last one counts.
    provision(connection, { leaseMs: milliseconds(10_000 + n) })
  ));
  const manager = await links[0]!.connection.jetstreamManager();
  const names = (await manager.streams.list().next()).map((info) => info.config.name).sort();
  const expected = [
    `KV_${WORKERS_BUCKET}`,
    `KV_${SWEEPS_BUCKET}`,
    `OBJ_${ARTIFACTS_BUCKET}`,
    JOURNAL_STREAM,
    PACKS_STREAM,
  ];
  assert.deepEqual(names, expected.sort());
});

Deno.test("provision() again changes the lease and the TTL, and keeps what is stored", async () => {
  await using rig = await startRig({ leaseMs: 20_000 });
  await (await NatsPackPublisher.open(rig.connection)).publish(lease(1), { id: "1" });
  await provision(rig.connection, {
    leaseMs: milliseconds(7_000),
    presenceTtlMs: milliseconds(3_000),
  });
  const manager = await rig.connection.jetstreamManager();
  const { config } = await manager.consumers.info(PACKS_STREAM, PACKS_CONSUMER);
  assert.equal(config.ack_wait, nanos(7_000));
  assert.equal(config.max_deliver, -1);
  const bucket = await manager.streams.info(`KV_${WORKERS_BUCKET}`);
  assert.equal(bucket.config.max_age, nanos(3_000));
  assert.equal((await manager.streams.info(PACKS_STREAM)).state.messages, 1);
});

Deno.test("provision() gives up with the signal's reason", async () => {
  await using rig = await startRig();
  const reason = new Error("enough");
  await assert.rejects(
    provision(rig.connection, { leaseMs: milliseconds(1_000), signal: AbortSignal.abort(reason) }),
    reason,
  );
});

Deno.test("provision() says that JetStream is not enabled where it is not", async () => {
  const { path } = await natsServerBinary();
  const dir = await Deno.makeTempDir({ prefix: "trawl-nats-" });
  const server = new Deno.Command(path, {
    args: ["--addr", "127.0.0.1", "--port", "-1", "--ports_file_dir", dir],
    stdout: "null",
    stderr: "null",
  }).spawn();
  try {
    const ports = join(dir, `${basename(path)}_${server.pid}.ports`);
    await eventually(() => Deno.stat(ports).then((file) => file.size > 0, () => false));
    const { nats } = JSON.parse(await Deno.readTextFile(ports)) as { readonly nats: string[] };
    await using link = await connectNats(nats[0] ?? "", { name: "test" });
    await assert.rejects(
      provision(link.connection, { leaseMs: milliseconds(1_000) }),
      (error) => {
        assert.ok(error instanceof JetStreamUnavailableError);
        assert.match(error.message, /^Cannot keep sweeps at .*--jetstream$/);
        return true;
      },
    );
  } finally {
    server.kill("SIGKILL");
    await server.status;
    await Deno.remove(dir, { recursive: true });
  }
});
