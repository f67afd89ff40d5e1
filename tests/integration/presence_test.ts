import assert from "node:assert/strict";
import { parsePackId, parseWorkerId } from "../../core/domain/ids.ts";
import { instant, milliseconds } from "../../core/domain/units.ts";
import { NatsPresenceDirectory } from "../../core/nats/presence_directory.ts";
import type { DecodeError } from "../../core/protocol/codec.ts";
import type { Presence } from "../../core/protocol/presence.ts";
import { WORKERS_BUCKET } from "../../core/protocol/subjects.ts";
import { eventually, startRig, SWEEP } from "./support.ts";

function presence(worker: string): Presence {
  return {
    v: 1,
    worker: parseWorkerId(worker),
    host: "host",
    pid: 1,
    version: "0.1.0",
    backend: "wasm",
    reason: "the first that passed its self-test",
    refused: [{ name: "webgpu", reason: "no adapter" }],
    slots: 1,
    draining: false,
    packs: [{ sweep: SWEEP, pack: parsePackId(1), lanes: 4, since: instant(5) }],
    laneStepsPerSecond: 12.5,
    trialsFinished: 3,
    startedAt: instant(1),
    at: instant(9),
  };
}

Deno.test("PresenceDirectory.list() gives every live worker's last record", async () => {
  await using rig = await startRig();
  const directory = await NatsPresenceDirectory.open(rig.connection);
  assert.deepEqual(await directory.list(), []);
  await directory.put(presence("b"));
  await directory.put({ ...presence("a"), draining: true });
  await directory.put(presence("a"));
  assert.deepEqual(await directory.list(), [presence("a"), presence("b")]);
  await directory.remove(parseWorkerId("a"));
  await directory.remove(parseWorkerId("never-there"));
  assert.deepEqual(await directory.list(), [presence("b")]);
});

Deno.test("PresenceDirectory.list() forgets a worker that is silent, and keeps one that is not", async () => {
  await using rig = await startRig({ presenceTtlMs: milliseconds(1_000) });
  const directory = await NatsPresenceDirectory.open(rig.connection);
  await directory.put(presence("silent"));
  await directory.put(presence("alive"));
  assert.equal((await directory.list()).length, 2);
  await eventually(async () => {
    await directory.put(presence("alive"));
    return (await directory.list()).length === 1;
  });
  assert.deepEqual(await directory.list(), [presence("alive")]);
});

Deno.test("PresenceDirectory.list() leaves out a record that it cannot read, and says so", async () => {
  await using rig = await startRig();
  const errors: DecodeError[] = [];
  const onUndecodable = (error: DecodeError): void => void errors.push(error);
  const directory = await NatsPresenceDirectory.open(rig.connection, { onUndecodable });
  await directory.put(presence("a"));
  const bucket = await rig.connection.jetstream().views.kv(WORKERS_BUCKET);
  await bucket.put("b", "junk");
  await bucket.put("c", JSON.stringify(presence("a")));
  await bucket.put("not.a.worker", JSON.stringify(presence("a")));
  assert.deepEqual(await directory.list(), [presence("a")]);
  assert.equal(errors.length, 3);
});
