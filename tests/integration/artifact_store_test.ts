import assert from "node:assert/strict";
import { bytes } from "../../core/domain/units.ts";
import { createRng } from "../../core/domain/rng.ts";
import { NatsArtifactStore } from "../../core/nats/artifact_store.ts";
import { checkpointArtifact } from "../../core/protocol/subjects.ts";
import { parsePackId } from "../../core/domain/ids.ts";
import { epoch } from "../../core/domain/units.ts";
import { startRig, SWEEP } from "./support.ts";

const NAME = checkpointArtifact(SWEEP, { pack: parsePackId(1), attempt: 2, epoch: epoch(3) });

Deno.test("ArtifactStore.get() gives back 5 MB that another connection put", async () => {
  await using rig = await startRig();
  const rng = createRng(1, "artifact");
  const words = Uint32Array.from({ length: 5 * 2 ** 18 }, rng.uint32);
  const data = new Uint8Array(words.buffer);
  await (await NatsArtifactStore.open(rig.connection)).put(NAME, data);
  const back = await (await NatsArtifactStore.open(await rig.connect())).get(NAME);
  assert.equal(back?.length, data.length);
  assert.ok(back.every((byte, i) => byte === data[i]));
});

Deno.test("ArtifactStore.put() replaces what was there, also by nothing", async () => {
  await using rig = await startRig();
  const store = await NatsArtifactStore.open(rig.connection);
  await store.put(NAME, Uint8Array.of(1, 2, 3));
  await store.put(NAME, Uint8Array.of(4));
  assert.deepEqual(await store.get(NAME), Uint8Array.of(4));
  await store.put(NAME, new Uint8Array());
  assert.deepEqual(await store.get(NAME), new Uint8Array());
});

Deno.test("ArtifactStore.get() gives null for what was never put, or was removed", async () => {
  await using rig = await startRig();
  const store = await NatsArtifactStore.open(rig.connection);
  assert.equal(await store.get(NAME), null);
  await store.remove(NAME);
  await store.put(NAME, Uint8Array.of(1));
  await store.remove(NAME);
  await store.remove(NAME);
  assert.equal(await store.get(NAME), null);
});

Deno.test("ArtifactStore.get() refuses to load more than the limit", async () => {
  await using rig = await startRig();
  const store = await NatsArtifactStore.open(rig.connection);
  await store.put(NAME, new Uint8Array(1_001));
  await assert.rejects(store.get(NAME, { limit: bytes(1_000) }), RangeError);
  assert.equal((await store.get(NAME, { limit: bytes(1_001) }))?.length, 1_001);
});

Deno.test("ArtifactStore refuses names that are no plain relative paths", async () => {
  await using rig = await startRig();
  const store = await NatsArtifactStore.open(rig.connection);
  const hostile = [
    "",
    ".",
    "..",
    "../etc/passwd",
    "/etc/passwd",
    "sweeps/../../x",
    "sweeps//x",
    "sweeps/x/",
    "sweeps/.hidden",
    "a\\b",
    "a b",
    "a\nb",
    "a\0b",
    "*",
    ">",
    "%2e%2e/x",
    "é",
    "x".repeat(257),
  ];
  for (const name of hostile) {
    await assert.rejects(store.put(name, Uint8Array.of(1)), SyntaxError, JSON.stringify(name));
    await assert.rejects(store.get(name), SyntaxError, JSON.stringify(name));
    await assert.rejects(store.remove(name), SyntaxError, JSON.stringify(name));
  }
});

Deno.test("ArtifactStore.get() says that bytes are missing, or not those that were put", async () => {
  await using rig = await startRig();
  const store = await NatsArtifactStore.open(rig.connection);
  const manager = await rig.connection.jetstreamManager();
  await store.put(NAME, new Uint8Array(300_000).fill(7));
  const { messages } = (await manager.streams.info("OBJ_trawl_artifacts")).state;
  assert.equal(messages, 4);
  const forged = await manager.streams.getMessage("OBJ_trawl_artifacts", { seq: 3 });
  await manager.streams.deleteMessage("OBJ_trawl_artifacts", 3);
  await assert.rejects(store.get(NAME), {
    name: "DamagedArtifactError",
    message: /some of it is missing/,
  });
  const other = new Uint8Array(forged.data.length).fill(8);
  await rig.connection.jetstream().publish(forged.subject, other);
  await assert.rejects(store.get(NAME), {
    name: "DamagedArtifactError",
    message: /its digest is another one/,
  });
});
