import assert from "node:assert/strict";
import { parseSweepId } from "../../core/domain/ids.ts";
import type { JournalEntry } from "../../core/domain/sweep_event.ts";
import { NatsJournalReader } from "../../core/nats/journal_reader.ts";
import { NatsJournalWriter } from "../../core/nats/journal_writer.ts";
import { DecodeError, MessageTooLargeError } from "../../core/protocol/codec.ts";
import { JournalConflictError, type StoredEntry } from "../../core/protocol/ports.ts";
import { JOURNAL_STREAM, journalSubject } from "../../core/protocol/subjects.ts";
import { entry, eventually, startRig, SWEEP } from "./support.ts";

async function collect(entries: AsyncIterable<StoredEntry>): Promise<StoredEntry[]> {
  const collected: StoredEntry[] = [];
  for await (const stored of entries) collected.push(stored);
  return collected;
}

Deno.test("JournalReader.read() gives back what JournalWriter.append() wrote, sweep by sweep", async () => {
  await using rig = await startRig();
  const other = parseSweepId("s2");
  const first = await NatsJournalWriter.open(rig.connection, SWEEP, { after: 0 });
  const second = await NatsJournalWriter.open(rig.connection, other, { after: 0 });
  const sequences: number[] = [];
  for (let n = 0; n < 50; n++) {
    sequences.push(await first.append(entry(n)));
    await second.append(entry(1000 + n));
  }
  const reader = await NatsJournalReader.open(rig.connection);
  assert.deepEqual([...await reader.sweeps()].sort(), ["s1", "s2"]);
  const all = await collect(reader.read(SWEEP));
  assert.deepEqual(all.map((stored) => stored.sequence), sequences);
  assert.deepEqual(all.map((stored) => stored.entry), sequences.map((_, n) => entry(n)));
  assert.deepEqual(await collect(reader.read(SWEEP, { after: sequences[46] ?? 0 })), all.slice(47));
  assert.deepEqual(await collect(reader.read(SWEEP, { after: sequences[49] ?? 0 })), []);
  assert.deepEqual(await collect(reader.read(parseSweepId("none"))), []);
  assert.deepEqual(await reader.last(SWEEP), all.at(-1));
  assert.equal(await reader.last(parseSweepId("none")), null);
});

Deno.test("JournalWriter.append() throws for good once another writer has written", async () => {
  await using rig = await startRig();
  const older = await NatsJournalWriter.open(rig.connection, SWEEP, { after: 0 });
  const last = await older.append(entry(0));
  const newer = await NatsJournalWriter.open(await rig.connect(), SWEEP, { after: last });
  await newer.append(entry(1));
  await assert.rejects(older.append(entry(2)), JournalConflictError);
  await assert.rejects(older.append(entry(2)), JournalConflictError);
  await newer.append(entry(3));
  const reader = await NatsJournalReader.open(rig.connection);
  const numbers = (await collect(reader.read(SWEEP))).map((stored) => stored.entry.at);
  assert.deepEqual(numbers, [0, 1, 3]);
});

Deno.test("JournalWriter.append() of two writers at once lets exactly one write", async () => {
  await using rig = await startRig();
  const writers = [
    await NatsJournalWriter.open(rig.connection, SWEEP, { after: 0 }),
    await NatsJournalWriter.open(await rig.connect(), SWEEP, { after: 0 }),
  ];
  const outcomes = await Promise.allSettled(writers.map((writer, n) => writer.append(entry(n))));
  const refused = outcomes.filter((outcome) => outcome.status === "rejected");
  assert.equal(refused.length, 1);
  assert.ok(refused[0]?.reason instanceof JournalConflictError);
});

Deno.test("JournalWriter.open() refuses a journal that has more, or less, than was folded", async () => {
  await using rig = await startRig();
  const writer = await NatsJournalWriter.open(rig.connection, SWEEP, { after: 0 });
  const last = await writer.append(entry(0));
  for (const after of [0, last + 1]) {
    await assert.rejects(
      NatsJournalWriter.open(rig.connection, SWEEP, { after }),
      JournalConflictError,
    );
  }
});

Deno.test("JournalWriter.append() outlives a killed server and writes each entry once", async () => {
  await using rig = await startRig();
  let retries = 0;
  const onRetry = (): void => void retries++;
  const writer = await NatsJournalWriter.open(rig.connection, SWEEP, { after: 0, onRetry });
  await writer.append(entry(0));
  await rig.server.kill();
  const appending = writer.append(entry(1));
  await eventually(() => retries > 0);
  await rig.server.restart();
  await appending;
  await writer.append(entry(2));
  const reader = await NatsJournalReader.open(rig.connection);
  const numbers = (await collect(reader.read(SWEEP))).map((stored) => stored.entry.at);
  assert.deepEqual(numbers, [0, 1, 2]);
});

Deno.test("JournalWriter.append() knows its own entry after the server forgot its id", async () => {
  await using rig = await startRig();
  const manager = await rig.connection.jetstreamManager();
  // The shortest memory that the server allows stands for an outage of two minutes.
  await manager.streams.update(JOURNAL_STREAM, { duplicate_window: 100_000_000 });
  const stream = rig.connection.jetstream();
  const writer = await NatsJournalWriter.open(rig.connection, SWEEP, { after: 0 });
  const last = await writer.append(entry(0));
  const message = await manager.streams.getMessage(JOURNAL_STREAM, { seq: last });
  const id = message.header.get("Nats-Msg-Id");
  await eventually(async () => {
    const publishing = { msgID: id, expect: { lastSubjectSequence: 999 } };
    const outcome = await stream.publish(journalSubject(SWEEP), "x", publishing).then(
      (ack) => ack.duplicate,
      () => false,
    );
    return !outcome;
  });
  // The next id of this writer, written already and forgotten: as after a lost answer.
  const nextId = id.replace(/\.1$/, ".2");
  const body = new TextEncoder().encode(JSON.stringify(entry(1)));
  const ack = await stream.publish(journalSubject(SWEEP), body, { msgID: nextId });
  await eventually(async () => {
    const publishing = { msgID: nextId, expect: { lastSubjectSequence: 999 } };
    return await stream.publish(journalSubject(SWEEP), "x", publishing).then(
      () => false,
      () => true,
    );
  });
  assert.equal(await writer.append(entry(1)), ack.seq);
  assert.equal(await writer.append(entry(2)), ack.seq + 1);
});

Deno.test("JournalWriter.append() gives up with the signal's reason", async () => {
  await using rig = await startRig();
  const writer = await NatsJournalWriter.open(rig.connection, SWEEP, { after: 0 });
  await rig.server.kill();
  const controller = new AbortController();
  const reason = new Error("stop");
  const appending = writer.append(entry(0), { signal: controller.signal });
  await assert.rejects(writer.append(entry(1)), RangeError);
  controller.abort(reason);
  await assert.rejects(appending, reason);
  await rig.server.restart();
});

Deno.test("JournalWriter.append() refuses an entry that the server would not take", async () => {
  await using rig = await startRig();
  const writer = await NatsJournalWriter.open(rig.connection, SWEEP, { after: 0 });
  const sized = (length: number): JournalEntry => {
    return { ...entry(0), events: [{ type: "sweepPaused", by: "x".repeat(length) }] };
  };
  await assert.rejects(writer.append(sized(2 ** 20)), MessageTooLargeError);
  await writer.append(sized(writer.limit - 100));
});

Deno.test("JournalReader.follow() goes on across a killed server without loss or repeat", async () => {
  await using rig = await startRig();
  const writer = await NatsJournalWriter.open(rig.connection, SWEEP, { after: 0 });
  const reader = await NatsJournalReader.open(await rig.connect());
  const controller = new AbortController();
  const seen: number[] = [];
  const following = (async () => {
    for await (const stored of reader.follow(SWEEP, { signal: controller.signal })) {
      seen.push(stored.entry.at);
    }
  })();
  for (let n = 0; n < 10; n++) await writer.append(entry(n));
  await eventually(() => seen.length === 10);
  await rig.server.kill();
  const appending = writer.append(entry(10));
  await rig.server.restart();
  await appending;
  for (let n = 11; n < 20; n++) await writer.append(entry(n));
  await eventually(() => seen.length >= 20, 20_000);
  await writer.append(entry(20));
  await eventually(() => seen.length >= 21);
  assert.deepEqual(seen, Array.from({ length: 21 }, (_, n) => n));
  controller.abort();
  await following;
});

Deno.test("JournalReader.follow() starts after the sequence that the reader knows", async () => {
  await using rig = await startRig();
  const writer = await NatsJournalWriter.open(rig.connection, SWEEP, { after: 0 });
  const last = await writer.append(entry(0));
  const reader = await NatsJournalReader.open(rig.connection);
  const controller = new AbortController();
  const seen: number[] = [];
  const following = (async () => {
    const options = { after: last, signal: controller.signal };
    for await (const stored of reader.follow(SWEEP, options)) seen.push(stored.entry.at);
  })();
  await writer.append(entry(1));
  await eventually(() => seen.length > 0);
  assert.deepEqual(seen, [1]);
  controller.abort();
  await following;
});

Deno.test("JournalReader.read() throws at an entry that it cannot read, naming its place", async () => {
  await using rig = await startRig();
  await rig.connection.jetstream().publish(journalSubject(SWEEP), '{"v":1,"at":0,"events":[{}]}');
  const reader = await NatsJournalReader.open(rig.connection);
  await assert.rejects(collect(reader.read(SWEEP)), (error) => {
    assert.ok(error instanceof DecodeError);
    assert.match(error.message, /sweep "s1", sequence 1/);
    return true;
  });
});

Deno.test("JournalReader.read() rejects with the signal's reason", async () => {
  await using rig = await startRig();
  const reader = await NatsJournalReader.open(rig.connection);
  const reason = new Error("enough");
  await assert.rejects(collect(reader.read(SWEEP, { signal: AbortSignal.abort(reason) })), reason);
});

Deno.test("JournalReader.streamEpoch() changes when the stream is created anew", async () => {
  await using rig = await startRig();
  const reader = await NatsJournalReader.open(rig.connection);
  const before = await reader.streamEpoch();
  assert.equal(await reader.streamEpoch(), before);
  assert.match(before, /^[0-9a-f]{16}$/);
  const manager = await rig.connection.jetstreamManager();
  const { config } = await manager.streams.info(JOURNAL_STREAM);
  await manager.streams.delete(JOURNAL_STREAM);
  await manager.streams.add(config);
  assert.notEqual(await reader.streamEpoch(), before);
});

Deno.test("JournalReader answers what was asked while the server was restarted", async () => {
  await using rig = await startRig();
  const writer = await NatsJournalWriter.open(rig.connection, SWEEP, { after: 0 });
  const last = await writer.append(entry(0));
  const reader = await NatsJournalReader.open(await rig.connect());
  const epoch = await reader.streamEpoch();
  await rig.server.kill();
  const answers = Promise.all([
    reader.lastSequence(SWEEP),
    reader.last(SWEEP).then((stored) => stored?.sequence),
    collect(reader.read(SWEEP)).then((entries) => entries.at(-1)?.sequence),
    reader.sweeps(),
    reader.streamEpoch(),
  ]);
  await rig.server.restart();
  assert.deepEqual(await answers, [last, last, last, [SWEEP], epoch]);
});
