import assert from "node:assert/strict";
import fc from "fast-check";
import { nanos, type NatsConnection } from "nats";
import { systemTimers } from "../../cli/system_timers.ts";
import { coordinate } from "../../coordinator/coordinate.ts";
import { createSweep } from "../../coordinator/create_sweep.ts";
import { recoverSweep } from "../../coordinator/recovery/recover_sweep.ts";
import { SnapshotKeeper } from "../../coordinator/recovery/snapshot_keeper.ts";
import { parseAttempt, parsePackId, parseWorkerId } from "../../core/domain/ids.ts";
import { beginTimes } from "../../core/domain/sweep_times.ts";
import { epoch, instant, milliseconds } from "../../core/domain/units.ts";
import { NatsApiServer } from "../../core/nats/api_server.ts";
import { connectNats } from "../../core/nats/connect.ts";
import { isDenied } from "../../core/nats/jetstream_errors.ts";
import { EmbeddedServer } from "../../core/nats/embedded_server.ts";
import { NatsPackQueue } from "../../core/nats/pack_queue.ts";
import { parseNatsTarget } from "../../core/nats/nats_target.ts";
import { openTransport, type Transport } from "../../core/nats/transport.ts";
import { API_VERBS, type ApiRequests, type ApiVerb } from "../../core/protocol/messages.ts";
import { ApiTimeoutError, CoordinatorAbsentError } from "../../core/protocol/ports.ts";
import type { Presence } from "../../core/protocol/presence.ts";
import { readSweepView } from "../../core/views/sweep_view.ts";
import { natsServerBinaryOrSkip } from "../support/nats_server.ts";
import { natsServerBinary } from "../support/nats_server_binary.ts";
import { type Role, SecuredServer } from "../support/secured_server.ts";
import { DATASET, specOf } from "../support/specs.ts";
import { SWEEP } from "./support.ts";

const LEASE = 10_000;
const VERSIONS = { trawl: "0.0.0-test", deno: "2" };
const WORKER = parseWorkerId("w1");
const ignore = !(await natsServerBinaryOrSkip());

const PRESENCE: Presence = {
  v: 1,
  worker: WORKER,
  host: "host",
  pid: 1,
  version: "0.1.0",
  backend: "cpu",
  reason: "the only one",
  refused: [],
  slots: 1,
  draining: false,
  packs: [],
  laneStepsPerSecond: 1,
  trialsFinished: 0,
  startedAt: instant(1),
  at: instant(9),
};

/** Creates a sweep of four trials and coordinates it to its end, as the coordinator's user. */
async function coordinateNew(transport: Transport, signal: AbortSignal) {
  const { entry, ledger } = createSweep(
    { sweep: SWEEP, spec: specOf(), dataset: DATASET, versions: VERSIONS },
    instant(Date.now()),
  );
  const writer = await transport.openWriter(SWEEP, { after: 0 });
  const sequence = await writer.append(entry);
  return await coordinate(ledger, {
    writer,
    api: transport.serveApi(SWEEP),
    queue: transport.publisher,
    presence: transport.presence,
    timers: systemTimers,
    snapshots: new SnapshotKeeper({
      ...transport,
      streamEpoch: await transport.journal.streamEpoch(),
      position: { sequence, times: beginTimes(entry) },
      timers: systemTimers,
    }),
  }, { coordinator: "c1", versions: VERSIONS, leaseMs: milliseconds(LEASE), signal });
}

/** Asks, and asks again while no coordinator is there yet, as every worker does. */
async function ask<V extends ApiVerb>(transport: Transport, verb: V, body: ApiRequests[V]) {
  const deadline = AbortSignal.timeout(30_000);
  while (true) {
    try {
      return await transport.api.request(verb, body, { timeoutMs: milliseconds(2_000) });
    } catch (error) {
      const isAbsent = error instanceof CoordinatorAbsentError || error instanceof ApiTimeoutError;
      if (!isAbsent || deadline.aborted) throw error;
      await systemTimers.sleep(milliseconds(10));
    }
  }
}

/** Takes a pack, stores and reads an artifact, and finishes it: a worker's whole road. */
async function workOnce(worker: Transport): Promise<void> {
  const held = await worker.packs.next({ expiresMs: milliseconds(5_000) });
  assert.ok(held !== null, "no lease came within five seconds");
  const { lease, delivery } = held;
  const claim = { ...lease, worker: WORKER, backend: "cpu", delivery };
  const granted = await ask(worker, "claim", claim);
  assert.ok(granted.type === "granted");
  held.renew();
  const ref = { ...lease, attempt: granted.attempt, worker: WORKER };
  assert.equal((await ask(worker, "renew", ref)).type, "accepted");
  const artifact = `sweeps/${SWEEP}/packs/${lease.pack}/checkpoint`;
  for (const size of [300_000, 200_000]) {
    const bytes = new Uint8Array(size).fill(7);
    await worker.artifacts.put(artifact, bytes);
    assert.deepEqual(await worker.artifacts.get(artifact), bytes);
  }
  const lanes = granted.lanes.map(({ trial }) => ({
    trial,
    kind: "trained" as const,
    result: null,
    model: null,
    epoch: epoch(2),
    metrics: { val_accuracy: 0.5 },
  }));
  assert.equal((await ask(worker, "finished", { ...ref, lanes })).type, "accepted");
  held.ack();
  await worker.artifacts.remove(artifact);
}

async function workOften(worker: Transport, packs: number): Promise<void> {
  for (let i = 0; i < packs; i++) await workOnce(worker);
}

Deno.test({
  name: "nats.conf lets a sweep run from its start to its end, each role as its own user",
  ignore,
  fn: async () => {
    await using server = await SecuredServer.start();
    await using coordinator = await server.open("coordinator");
    await using worker = await server.open("worker");
    await using viewer = await server.open("viewer");
    await worker.presence.put(PRESENCE);
    assert.deepEqual(await viewer.presence.list(), [PRESENCE]);
    assert.deepEqual(await coordinator.presence.list(), [PRESENCE]);
    const [outcome] = await Promise.all([
      coordinateNew(coordinator, new AbortController().signal),
      workOften(worker, 4),
    ]);
    assert.equal(outcome, "completed");
    await coordinator.publisher.purge(SWEEP);
    await worker.presence.remove(WORKER);
    assert.deepEqual(await viewer.journal.sweeps(), [SWEEP]);
    assert.ok(await viewer.journal.streamEpoch());
    const view = await readSweepView(viewer.journal.read(SWEEP));
    assert.equal(view?.ledger.counts.completed, 4);
    const [record] = await viewer.index.list();
    assert.equal(record?.state, "completed");
    assert.equal(record.sequence, view.sequence);
    const recovered = await recoverSweep(SWEEP, viewer);
    assert.equal(recovered?.from.kind, "snapshot");
    assert.equal(recovered.ledger.counts.completed, 4);
    assert.deepEqual(await viewer.presence.list(), []);
  },
});

/** A server where a coordinator has been, and one bare connection of a user. */
class Rig implements AsyncDisposable {
  readonly server: SecuredServer;
  readonly connection: NatsConnection;
  readonly #owned: AsyncDisposableStack;

  private constructor(
    server: SecuredServer,
    connection: NatsConnection,
    owned: AsyncDisposableStack,
  ) {
    this.server = server;
    this.connection = connection;
    this.#owned = owned;
  }

  static async start(role: Role): Promise<Rig> {
    await using stack = new AsyncDisposableStack();
    const server = stack.use(await SecuredServer.start());
    await using _coordinator = await server.open("coordinator");
    const { connection } = stack.use(await connectNats(server.urlOf(role), { name: "test" }));
    return new Rig(server, connection, stack.move());
  }

  /** Every one of these is refused by the server, to publish as well as to ask. */
  async deniesPublish(subjects: readonly string[]): Promise<void> {
    for (const subject of subjects) {
      await assert.rejects(
        this.connection.request(subject, "{}", { timeout: 2_000 }),
        isDenied,
        subject,
      );
    }
  }

  async deniesSubscribe(subjects: readonly string[]): Promise<void> {
    for (const subject of subjects) {
      const refused = Promise.withResolvers<unknown>();
      this.connection.subscribe(subject, { callback: (error) => refused.resolve(error) });
      await this.connection.flush();
      // Somebody speaks there, so that a subscription that was let through ends the wait, too.
      this.connection.publish(subject.replace(">", "x.y").replace("*", "x"), "heard");
      assert.ok(isDenied(await within(refused.promise, subject)), subject);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#owned.disposeAsync();
  }
}

async function within<T>(promise: Promise<T>, what: string): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`Cannot see ${what} in 30 s`)), 30_000);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

const STREAMS = [
  "TRAWL_JOURNAL",
  "TRAWL_PACKS",
  "KV_trawl_workers",
  "KV_trawl_sweeps",
  "OBJ_trawl_artifacts",
];
const OTHERS_SUBJECTS = [
  ">",
  "trawl.v1.api.>",
  "trawl.v1.api.s1.*",
  "trawl.v1.journal.*",
  "trawl.v1.packs.*",
  "$KV.trawl_workers.>",
  "$KV.trawl_sweeps.>",
  "$JS.>",
  "_INBOX.>",
  "_INBOX.coordinator.>",
];

/** What only the owner of the streams may do. */
function ownersSubjects(except: readonly string[] = []): readonly string[] {
  const subjects = STREAMS.flatMap((stream) => [
    ...["CREATE", "UPDATE", "DELETE", "PURGE", "MSG.DELETE", "SNAPSHOT", "RESTORE"].map((verb) =>
      `$JS.API.STREAM.${verb}.${stream}`
    ),
    `$JS.API.CONSUMER.DURABLE.CREATE.${stream}.mine`,
    `$JS.API.CONSUMER.DELETE.${stream}.workers`,
  ]);
  return subjects.filter((subject) => !except.includes(subject));
}

Deno.test({
  name: "nats.conf keeps a worker from the journal, the streams and what others say",
  ignore,
  fn: async () => {
    await using rig = await Rig.start("worker");
    await rig.deniesPublish([
      "trawl.v1.journal.s1",
      "trawl.v1.packs.s1",
      "trawl.v1.api.s1.control",
      "trawl.v1.api.s1.stopTrials",
      "trawl.v1.api.s1.drain",
      "trawl.v1.api.s1.ping",
      "$KV.trawl_sweeps.s1",
      "$JS.API.STREAM.MSG.GET.KV_trawl_sweeps",
      "trawl.v1.api.s1.extend",
      "_INBOX.coordinator.x",
      "_INBOX.viewer.x",
      "$JS.API.STREAM.MSG.GET.TRAWL_JOURNAL",
      "$JS.API.STREAM.MSG.GET.TRAWL_PACKS",
      "$JS.API.CONSUMER.CREATE.TRAWL_JOURNAL",
      "$JS.API.CONSUMER.CREATE.TRAWL_PACKS",
      // Who may make a consumer chooses where it delivers: on other people's subjects, too.
      "$JS.API.CONSUMER.CREATE.OBJ_trawl_artifacts",
      "$JS.API.CONSUMER.CREATE.KV_trawl_workers",
      "$JS.API.CONSUMER.DURABLE.CREATE.TRAWL_PACKS.workers",
      "$JS.API.STREAM.CREATE.ANY",
      "$SYS.REQ.SERVER.PING",
      // Replacing an artifact purges its old chunks: that one stays open.
      ...ownersSubjects(["$JS.API.STREAM.PURGE.OBJ_trawl_artifacts"]),
    ]);
    await rig.deniesSubscribe([...OTHERS_SUBJECTS, "_INBOX.viewer.>"]);
  },
});

Deno.test({
  name: "nats.conf lets a viewer change nothing",
  ignore,
  fn: async () => {
    await using rig = await Rig.start("viewer");
    await rig.deniesPublish([
      "trawl.v1.journal.s1",
      "trawl.v1.packs.s1",
      ...API_VERBS.filter((verb) => verb !== "ping").map((verb) => `trawl.v1.api.s1.${verb}`),
      "$KV.trawl_workers.w1",
      "$KV.trawl_sweeps.s1",
      "$O.trawl_artifacts.M.x",
      "$JS.API.CONSUMER.MSG.NEXT.TRAWL_PACKS.workers",
      "$JS.ACK.TRAWL_PACKS.workers.1.1.1.1.0",
      "_INBOX.worker.x",
      // It deletes its own consumers of the journal, which has no other ones.
      ...ownersSubjects(["$JS.API.CONSUMER.DELETE.TRAWL_JOURNAL.workers"]),
    ]);
    await rig.deniesSubscribe([...OTHERS_SUBJECTS, "_INBOX.worker.>"]);
  },
});

Deno.test({
  name: "nats.conf keeps the server's answers to workers and viewers out of the journal",
  ignore,
  fn: async () => {
    for (const role of ["worker", "viewer"] as const) {
      await using rig = await Rig.start(role);
      await using coordinator = await rig.server.open("coordinator");
      // The server publishes an answer wherever the request says, whatever its sender may publish.
      for (const [n, subject] of ["INFO", ...STREAMS.map((s) => `STREAM.INFO.${s}`)].entries()) {
        rig.connection.publish(`$JS.API.${subject}`, "", { reply: `trawl.v1.journal.forged${n}` });
        rig.connection.publish(`$JS.API.${subject}`, "", { reply: `trawl.v1.packs.forged${n}` });
      }
      // Asked last over the same connection, so it is answered last.
      assert.match((await rig.connection.request("$JS.API.INFO")).string(), /account_info/);
      assert.deepEqual(await coordinator.journal.sweeps(), []);
      assert.equal(await coordinator.packs.next({ expiresMs: milliseconds(100) }), null);
    }
  },
});

Deno.test({
  name: "nats.conf lets nobody in without a password, nor with another user's",
  ignore,
  fn: async () => {
    await using server = await SecuredServer.start();
    const address = server.url.replace("nats://", "");
    for (const login of ["", "worker:@", "worker:wrong@", "nobody:x@", "token@"]) {
      await assert.rejects(connectNats(`nats://${login}${address}`, { name: "test" }), {
        name: "NatsConnectError",
        message: /refused the credentials/,
      });
    }
    const swapped = server.urlOf("worker").replace("//worker:", "//coordinator:");
    await assert.rejects(connectNats(swapped, { name: "test" }), { name: "NatsConnectError" });
  },
});

Deno.test({
  name: "openTransport() tells a worker that comes before any coordinator what is missing",
  ignore,
  fn: async () => {
    await using server = await SecuredServer.start();
    for (const role of ["worker", "viewer"] as const) {
      await assert.rejects(server.open(role), {
        name: "ProvisioningDeniedError",
        message: /^Cannot create stream "TRAWL_PACKS": .* a coordinator must have started there/,
      });
    }
    await (await server.open("coordinator"))[Symbol.asyncDispose]();
    // Another lease than the coordinator's: what is there stays as it is.
    await using worker = await server.open("worker", 5_000);
    await using coordinator = await connectNats(server.urlOf("coordinator"), { name: "test" });
    const manager = await coordinator.connection.jetstreamManager();
    const { config } = await manager.consumers.info("TRAWL_PACKS", "workers");
    assert.equal(config.ack_wait, nanos(LEASE));
    // The server tells nobody of another account that a subject has no listener.
    const attempt = { pack: parsePackId(1), attempt: parseAttempt(1), worker: WORKER };
    await assert.rejects(
      worker.api.request("renew", { v: 1, sweep: SWEEP, ...attempt }, {
        timeoutMs: milliseconds(300),
      }),
      ApiTimeoutError,
    );
  },
});

/** What a worker may not ask: the server keeps it from that. */
const USERS_VERBS: ReadonlySet<ApiVerb> = new Set([
  "ping",
  "control",
  "stopTrials",
  "drain",
  "retry",
  "extend",
  "enqueue",
]);
const WORKERS_VERBS = API_VERBS.filter((verb) => !USERS_VERBS.has(verb));

/** Bytes that a broken or hostile program may send: noise, deep JSON, other versions, path tricks. */
function hostileBodies(): readonly Uint8Array[] {
  const encoder = new TextEncoder();
  const texts = [
    "",
    "null",
    "[".repeat(100_000),
    '{"a":'.repeat(50_000),
    '{"v":2,"sweep":"s1"}',
    '{"v":1,"sweep":"../../etc/passwd","pack":0}',
    '{"v":1,"sweep":"s1","pack":-1}',
    '{"v":1,"sweep":"s1","pack":1e308}',
    '{"__proto__":{"v":1},"constructor":{}}',
    `"${"x".repeat(1_000_000)}"`,
  ];
  const noise = fc.sample(fc.uint8Array({ maxLength: 2_000 }), { numRuns: 100, seed: 7 });
  return [...texts.map((text) => encoder.encode(text)), ...noise];
}

Deno.test({
  name: "coordinate() and a worker's queue count hostile bytes on every subject, and go on",
  ignore,
  fn: async () => {
    await using server = await SecuredServer.start();
    await using coordinator = await server.open("coordinator");
    await using worker = await server.open("worker");
    await using own = await connectNats(server.urlOf("coordinator"), { name: "own" });
    await using hostile = await connectNats(server.urlOf("worker"), { name: "hostile" });
    const bodies = hostileBodies();
    const api = NatsApiServer.open(own.connection, SWEEP);
    const packs = NatsPackQueue.open(own.connection, { inboxPrefix: own.inboxPrefix });
    const sent: Transport = { ...coordinator, serveApi: () => api };
    const sweeping = coordinateNew(sent, new AbortController().signal);
    const attack = async () => {
      // The first answer shows that the coordinator listens.
      await workOnce({ ...worker, packs });
      for (const [n, body] of bodies.entries()) {
        const verb = WORKERS_VERBS[n % WORKERS_VERBS.length];
        const reply = await hostile.connection.request(`trawl.v1.api.${SWEEP}.${verb}`, body);
        assert.match(reply.string(), /^\{"type":"error"/);
        // Without a reply subject there is nobody to tell, and nothing to stumble over.
        hostile.connection.publish(`trawl.v1.api.${SWEEP}.${verb}`, body);
        hostile.connection.publish(`$KV.trawl_workers.hostile-${n}`, body);
        await own.connection.request(`trawl.v1.packs.${SWEEP}`, body);
      }
      for (let i = 0; i < 3; i++) await workOnce({ ...worker, packs });
    };
    const [outcome] = await Promise.all([sweeping, attack()]);
    assert.equal(outcome, "completed");
    assert.equal(api.undecodable, 2 * bodies.length);
    // Three leases were in the queue before the attack: what came after them is poison, too.
    assert.equal(await packs.next({ expiresMs: milliseconds(500) }), null);
    assert.equal(packs.poisoned, bodies.length);
    await worker.presence.put(PRESENCE);
    assert.deepEqual(await coordinator.presence.list(), [PRESENCE]);
  },
});

Deno.test({
  name: "openTransport() tells of every message that it refuses, whoever sent it",
  ignore,
  fn: async () => {
    await using server = await SecuredServer.start();
    const refused: string[] = [];
    await using coordinator = await openTransport(parseNatsTarget(server.urlOf("coordinator")), {
      name: "test-coordinator",
      leaseMs: milliseconds(LEASE),
      onRefused: ({ subject }) => refused.push(subject),
    });
    await using hostile = await connectNats(server.urlOf("worker"), { name: "hostile" });
    await using own = await connectNats(server.urlOf("coordinator"), { name: "own" });
    const ending = new AbortController();
    const serving = Array.fromAsync(coordinator.serveApi(SWEEP).calls({ signal: ending.signal }));
    await own.connection.request(`trawl.v1.packs.${SWEEP}`, "no lease");
    // The sweep's name in the subject is one thing, what the body says another.
    const longName = JSON.stringify({ v: 1, sweep: "s".repeat(10_000), pack: 0 });
    for (const body of [longName, '{"v":1,"sweep":"s\\u0000"}', '{"v":1,"sweep":"ſ1"}']) {
      const subject = `trawl.v1.api.${SWEEP}.claim`;
      const answer = await hostile.connection.request(subject, body, { timeout: 10_000 });
      assert.match(answer.string(), /^\{"type":"error"/);
    }
    hostile.connection.publish("$KV.trawl_workers.hostile", "no presence");
    const api = `trawl.v1.api.${SWEEP}.claim`;
    const rest = [`trawl.v1.packs.${SWEEP}`, "$KV.trawl_workers.hostile"];
    const deadline = AbortSignal.timeout(30_000);
    // Records of workers are read anew each time, so one that cannot be read is refused each time.
    while (!rest.every((subject) => refused.includes(subject)) && !deadline.aborted) {
      assert.equal(await coordinator.packs.next({ expiresMs: milliseconds(100) }), null);
      assert.deepEqual(await coordinator.presence.list(), []);
    }
    ending.abort();
    assert.deepEqual(await serving, []);
    assert.deepEqual(refused.filter((subject) => subject === api), [api, api, api]);
    assert.deepEqual(new Set(refused), new Set([api, ...rest]));
  },
});

Deno.test({
  name: "EmbeddedServer listens on loopback only, and answers nobody without its password",
  ignore: ignore || Deno.build.os !== "linux",
  fn: async () => {
    const home = await Deno.makeTempDir({ prefix: "trawl-home-" });
    try {
      await using server = await EmbeddedServer.open({ home, binary: natsServerBinary });
      const port = Number(new URL(server.address).port);
      assert.deepEqual(await listeningAddresses(port), ["127.0.0.1"]);
      for (const login of ["", "trawl:@", "trawl:wrong@"]) {
        const url = `nats://${login}127.0.0.1:${port}`;
        await assert.rejects(connectNats(url, { name: "test" }), /refused the credentials/);
      }
    } finally {
      await Deno.remove(home, { recursive: true });
    }
  },
});

/** The addresses at which any process of this machine listens at a port, from the kernel's tables. */
async function listeningAddresses(port: number): Promise<readonly string[]> {
  const tables = await Promise.all(
    ["/proc/net/tcp", "/proc/net/tcp6"].map((path) => Deno.readTextFile(path).catch(() => "")),
  );
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const isListening = "0A";
  return tables.join("\n").split("\n").map((line) => line.trim().split(/\s+/))
    .filter(([, local = "", , state]) => local.endsWith(suffix) && state === isListening)
    .map(([, local = ""]) => formatAddress(local.slice(0, -suffix.length)));
}

/** The kernel prints an IPv4 address as one number of this machine's byte order. */
function formatAddress(hex: string): string {
  if (hex.length !== 8) return hex;
  return [...Uint8Array.fromHex(hex)].reverse().join(".");
}
