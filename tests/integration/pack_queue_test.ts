import assert from "node:assert/strict";
import { parseSweepId } from "../../core/domain/ids.ts";
import { milliseconds } from "../../core/domain/units.ts";
import { NatsPackPublisher } from "../../core/nats/pack_publisher.ts";
import { NatsPackQueue, PackQueueUnavailableError } from "../../core/nats/pack_queue.ts";
import type { DecodeError } from "../../core/protocol/codec.ts";
import { PACKS_CONSUMER, PACKS_STREAM, packsSubject } from "../../core/protocol/subjects.ts";
import { eventually, lease, nextLease, type Rig, startRig, SWEEP } from "./support.ts";

const SHORT = milliseconds(300);

async function queued(rig: Rig): Promise<number> {
  const manager = await rig.connection.jetstreamManager();
  return (await manager.streams.info(PACKS_STREAM)).state.messages;
}

Deno.test("PackQueue.next() hands out packs of all sweeps, each once", async () => {
  await using rig = await startRig();
  const publisher = await NatsPackPublisher.open(rig.connection);
  const other = parseSweepId("s2");
  for (let pack = 0; pack < 10; pack++) {
    await publisher.publish(lease(pack, pack % 2 === 0 ? SWEEP : other), { id: `${pack}` });
  }
  const queues = [NatsPackQueue.open(rig.connection), NatsPackQueue.open(await rig.connect())];
  const seen = await Promise.all(queues.map(async (queue) => {
    const packs: number[] = [];
    for (let held; (held = await queue.next({ expiresMs: SHORT })) !== null;) {
      packs.push(held.lease.pack);
      assert.equal(held.delivery.count, 1);
      held.ack();
    }
    return packs;
  }));
  assert.deepEqual(seen.flat().sort((a, b) => a - b), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  await eventually(async () => await queued(rig) === 0);
});

Deno.test("PackQueue.next() gives null when nothing comes in time", async () => {
  await using rig = await startRig();
  assert.equal(await NatsPackQueue.open(rig.connection).next({ expiresMs: SHORT }), null);
});

Deno.test("PackQueue.next() delivers again after the lease, with the count raised", async () => {
  await using rig = await startRig({ leaseMs: 1_500 });
  const publisher = await NatsPackPublisher.open(rig.connection);
  await publisher.publish(lease(7), { id: "7" });
  const queue = NatsPackQueue.open(rig.connection);
  const first = await nextLease(queue);
  assert.equal(await queue.next({ expiresMs: milliseconds(100) }), null);
  const second = await nextLease(queue);
  assert.deepEqual(second.lease, first.lease);
  assert.deepEqual(second.delivery, { sequence: first.delivery.sequence, count: 2 });
});

Deno.test("HeldLease.renew() keeps the message from others beyond the lease", async () => {
  await using rig = await startRig({ leaseMs: 1_500 });
  await (await NatsPackPublisher.open(rig.connection)).publish(lease(1), { id: "1" });
  const queue = NatsPackQueue.open(rig.connection);
  const held = await nextLease(queue);
  const renewing = setInterval(() => held.renew(), 100);
  try {
    assert.equal(await queue.next({ expiresMs: milliseconds(4_000) }), null);
  } finally {
    clearInterval(renewing);
  }
});

Deno.test("HeldLease.nak() gives the message back after the delay", async () => {
  await using rig = await startRig();
  await (await NatsPackPublisher.open(rig.connection)).publish(lease(1), { id: "1" });
  const queue = NatsPackQueue.open(rig.connection);
  (await nextLease(queue)).nak(milliseconds(600));
  const start = performance.now();
  const again = await nextLease(queue);
  assert.equal(again.delivery.count, 2);
  assert.ok(performance.now() - start > 400);
});

// This is why claims exist: JetStream's lease does not fence.
Deno.test("HeldLease.ack() of an expired holder removes the message of its successor", async () => {
  await using rig = await startRig({ leaseMs: 300 });
  await (await NatsPackPublisher.open(rig.connection)).publish(lease(1), { id: "1" });
  const zombie = await nextLease(NatsPackQueue.open(rig.connection));
  const successor = await nextLease(NatsPackQueue.open(await rig.connect()));
  assert.equal(successor.delivery.count, 2);
  zombie.ack();
  await eventually(async () => await queued(rig) === 0);
});

Deno.test("HeldLease.renew() of an expired holder keeps its successor's lease alive", async () => {
  await using rig = await startRig({ leaseMs: 1_500 });
  await (await NatsPackPublisher.open(rig.connection)).publish(lease(1), { id: "1" });
  const zombie = await nextLease(NatsPackQueue.open(rig.connection));
  const queue = NatsPackQueue.open(await rig.connect());
  await nextLease(queue);
  const renewing = setInterval(() => zombie.renew(), 100);
  try {
    // The successor is silent for three leases, and nobody gets its message.
    assert.equal(await queue.next({ expiresMs: milliseconds(4_000) }), null);
  } finally {
    clearInterval(renewing);
  }
});

Deno.test("PackQueue.next() removes what is no lease, says so, and goes on", async () => {
  await using rig = await startRig();
  const poison: DecodeError[] = [];
  const queue = NatsPackQueue.open(rig.connection, { onPoison: (error) => poison.push(error) });
  const stream = rig.connection.jetstream();
  await stream.publish(packsSubject(SWEEP), "not JSON");
  await stream.publish(packsSubject(SWEEP), '{"v":2,"sweep":"s1","pack":0}');
  await (await NatsPackPublisher.open(rig.connection)).publish(lease(3), { id: "3" });
  const held = await nextLease(queue);
  assert.equal(held.lease.pack, 3);
  held.ack();
  assert.equal(queue.poisoned, 2);
  assert.deepEqual(poison.map((error) => error.subject), [
    packsSubject(SWEEP),
    packsSubject(SWEEP),
  ]);
  await eventually(async () => await queued(rig) === 0);
});

Deno.test("PackQueue.next() rejects with the signal's reason and holds nothing", async () => {
  await using rig = await startRig();
  const queue = NatsPackQueue.open(rig.connection);
  const controller = new AbortController();
  const reason = new Error("draining");
  const waiting = queue.next({ expiresMs: milliseconds(20_000), signal: controller.signal });
  controller.abort(reason);
  await assert.rejects(waiting, reason);
  await assert.rejects(
    queue.next({ expiresMs: SHORT, signal: controller.signal }),
    reason,
  );
  await (await NatsPackPublisher.open(rig.connection)).publish(lease(1), { id: "1" });
  assert.equal((await nextLease(queue)).delivery.count, 1);
});

Deno.test("PackQueue.next() goes on after the server was killed and restarted", async () => {
  await using rig = await startRig();
  await (await NatsPackPublisher.open(rig.connection)).publish(lease(1), { id: "1" });
  const queue = NatsPackQueue.open(rig.connection);
  await rig.server.kill();
  await rig.server.restart();
  let held = await queue.next({ expiresMs: SHORT });
  await eventually(async () => (held ??= await queue.next({ expiresMs: SHORT })) !== null);
  assert.equal(held?.lease.pack, 1);
});

Deno.test("PackQueue.next() says that the queue is missing where nothing was provisioned", async () => {
  await using rig = await startRig();
  const manager = await rig.connection.jetstreamManager();
  await manager.consumers.delete(PACKS_STREAM, PACKS_CONSUMER);
  await assert.rejects(
    NatsPackQueue.open(rig.connection).next({ expiresMs: SHORT }),
    PackQueueUnavailableError,
  );
});

Deno.test("PackPublisher.publish() of one id twice is one message", async () => {
  await using rig = await startRig();
  const publisher = await NatsPackPublisher.open(rig.connection);
  await publisher.publish(lease(1), { id: "offer-1" });
  await publisher.publish(lease(1), { id: "offer-1" });
  assert.equal(await queued(rig), 1);
});

Deno.test("PackPublisher.waiting() names the sweeps in the queue, and purge() spares what came later", async () => {
  await using rig = await startRig();
  const publisher = await NatsPackPublisher.open(rig.connection);
  assert.deepEqual((await publisher.waiting()).sweeps, []);
  await publisher.publish(lease(1), { id: "1" });
  await publisher.publish(lease(2, parseSweepId("s2")), { id: "2" });
  const { sweeps, through } = await publisher.waiting();
  assert.deepEqual(sweeps.toSorted(), ["s1", "s2"]);
  await publisher.publish(lease(3), { id: "3" });
  await publisher.purge(SWEEP, { through });
  assert.equal(await queued(rig), 2);
  const queue = NatsPackQueue.open(rig.connection);
  assert.deepEqual((await nextLease(queue)).lease, lease(2, parseSweepId("s2")));
  assert.deepEqual((await nextLease(queue)).lease, lease(3));
});

Deno.test("PackPublisher.purge() removes the packs of one sweep and leaves the others to workers", async () => {
  await using rig = await startRig();
  const publisher = await NatsPackPublisher.open(rig.connection);
  const queue = NatsPackQueue.open(rig.connection);
  const other = parseSweepId("s2");
  await publisher.publish(lease(1), { id: "1" });
  await nextLease(queue);
  await publisher.publish(lease(2, other), { id: "2" });
  await publisher.publish(lease(3), { id: "3" });
  await publisher.publish(lease(4, other), { id: "4" });
  await publisher.purge(SWEEP);
  assert.equal(await queued(rig), 2);
  // A purge by subject would leave these two in the queue and never hand them out.
  assert.deepEqual((await nextLease(queue)).lease, lease(2, other));
  assert.deepEqual((await nextLease(queue)).lease, lease(4, other));
  await publisher.purge(SWEEP);
});

Deno.test("PackPublisher.purge() leaves alone what came after its own packs", async () => {
  await using rig = await startRig();
  const first = await NatsPackPublisher.open(rig.connection);
  const next = await NatsPackPublisher.open(rig.connection);
  await first.publish(lease(1), { id: "1.first" });
  await next.publish(lease(2), { id: "2.next" });
  // The first coordinator tidies up late: the sweep was reopened in between.
  await first.purge(SWEEP);
  assert.equal(await queued(rig), 1);
  assert.deepEqual((await nextLease(NatsPackQueue.open(rig.connection))).lease, lease(2));
});
