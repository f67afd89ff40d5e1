import assert from "node:assert/strict";
import { systemTimers } from "../../cli/system_timers.ts";
import { recoverSweep } from "../../coordinator/recovery/recover_sweep.ts";
import { SnapshotKeeper } from "../../coordinator/recovery/snapshot_keeper.ts";
import type { JournalEntry } from "../../core/domain/sweep_event.ts";
import { SweepLedger } from "../../core/domain/sweep_ledger.ts";
import { beginTimes, foldTimes, type SweepTimes } from "../../core/domain/sweep_times.ts";
import { parseSweepId } from "../../core/domain/ids.ts";
import { instant, milliseconds } from "../../core/domain/units.ts";
import { parseNatsTarget } from "../../core/nats/nats_target.ts";
import { openTransport, type Transport } from "../../core/nats/transport.ts";
import { decode, encode } from "../../core/protocol/codec.ts";
import { journalEntrySchema } from "../../core/protocol/journal_schema.ts";
import { snapshotArtifacts } from "../../core/protocol/subjects.ts";
import type { SweepRecord } from "../../core/protocol/sweep_record.ts";
import { journalOf } from "../support/journals.ts";
import { natsServerBinaryOrSkip, TestNatsServer } from "../support/nats_server.ts";

const SWEEP = parseSweepId("grown-1");
const ignore = !(await natsServerBinaryOrSkip());

function open(server: TestNatsServer): Promise<Transport> {
  return openTransport(parseNatsTarget(server.url), {
    name: "test",
    leaseMs: milliseconds(10_000),
  });
}

/** A coordinator's bookkeeping over a journal that is written entry by entry. */
class Scribe {
  readonly ledger: SweepLedger;
  readonly keeper: SnapshotKeeper;
  readonly #append: (entry: JournalEntry) => Promise<number>;
  #times: SweepTimes;

  private constructor(
    parts: { ledger: SweepLedger; keeper: SnapshotKeeper; times: SweepTimes },
    append: (entry: JournalEntry) => Promise<number>,
  ) {
    this.ledger = parts.ledger;
    this.keeper = parts.keeper;
    this.#times = parts.times;
    this.#append = append;
  }

  static async begin(transport: Transport, entry: JournalEntry): Promise<Scribe> {
    const [created, ...others] = entry.events;
    assert.ok(created?.type === "sweepCreated");
    const writer = await transport.openWriter(SWEEP, { after: 0 });
    const ledger = new SweepLedger(created);
    for (const event of others) ledger.apply(event);
    const times = beginTimes(entry);
    const keeper = new SnapshotKeeper({
      ...transport,
      streamEpoch: await transport.journal.streamEpoch(),
      position: { sequence: await writer.append(entry), times },
      timers: systemTimers,
    });
    return new Scribe({ ledger, keeper, times }, (next) => writer.append(next));
  }

  async write(entry: JournalEntry): Promise<void> {
    for (const event of entry.events) this.ledger.apply(event);
    this.#times = foldTimes(this.#times, entry);
    this.keeper.observe({ sequence: await this.#append(entry), entry });
  }

  /** Everything that a recovery must give back. */
  get state(): string {
    return JSON.stringify({ ledger: this.ledger.snapshot(), times: this.#times });
  }
}

function entriesOf(seed: number): readonly JournalEntry[] {
  const options = { seed, sweep: SWEEP, configurations: 5, lossRate: 0.1, failureRate: 0.1 };
  const toWire = (entry: JournalEntry) =>
    decode(encode(entry), journalEntrySchema, { subject: "test" });
  return [...journalOf(options)].map(toWire);
}

async function recovered(transport: Transport) {
  const sweep = await recoverSweep(SWEEP, transport);
  assert.ok(sweep !== null);
  const { ledger, times } = sweep;
  return { ...sweep, state: JSON.stringify({ ledger: ledger.snapshot(), times }) };
}

Deno.test({
  name: "recoverSweep() gives the uninterrupted state from any snapshot and the journal after it",
  ignore,
  fn: async () => {
    for (const seed of [1, 2, 3]) {
      await using server = await TestNatsServer.start();
      await using transport = await open(server);
      const [first, ...entries] = entriesOf(seed);
      assert.ok(first !== undefined);
      const scribe = await Scribe.begin(transport, first);
      let since = 0;
      for (const [n, entry] of entries.entries()) {
        await scribe.write(entry);
        since++;
        if (n % 7 === 3) {
          await scribe.keeper.saveLast(scribe.ledger);
          since = 0;
        }
        if (n % 3 !== 0 && n !== entries.length - 1) continue;
        const sweep = await recovered(transport);
        assert.equal(sweep.state, scribe.state);
        assert.equal(sweep.from.kind, n < 3 ? "start" : "snapshot");
        if (n >= 3) assert.equal(sweep.entries, since);
      }
      // One of the two places is empty: old snapshots do not pile up.
      const places = snapshotArtifacts(SWEEP);
      const stored = await Promise.all(places.map((name) => transport.artifacts.get(name)));
      assert.equal(stored.filter((bytes) => bytes !== null).length, 1);
    }
  },
});

async function withSnapshot(server: TestNatsServer) {
  const transport = await open(server);
  const [first, ...entries] = entriesOf(4);
  assert.ok(first !== undefined);
  const scribe = await Scribe.begin(transport, first);
  for (const entry of entries.slice(0, 20)) await scribe.write(entry);
  await scribe.keeper.saveLast(scribe.ledger);
  for (const entry of entries.slice(20, 25)) await scribe.write(entry);
  const record = await transport.index.get(SWEEP);
  assert.ok(record?.snapshot);
  return { transport, scribe, record, artifact: record.snapshot.artifact };
}

Deno.test({
  name: "recoverSweep() reads the whole journal where the snapshot cannot be trusted",
  ignore,
  fn: async () => {
    await using server = await TestNatsServer.start();
    const { transport, scribe, record, artifact } = await withSnapshot(server);
    await using _ = transport;
    const good = await transport.artifacts.get(artifact);
    assert.ok(good !== null);
    assert.ok(record.snapshot !== null);
    const { snapshot } = record;
    const text = new TextDecoder().decode(good);
    const digest = async (bytes: Uint8Array) =>
      new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(bytes))).toHex();
    const signed = async (change: (text: string) => string) => {
      const bytes = new TextEncoder().encode(change(text));
      await transport.artifacts.put(artifact, bytes);
      await transport.index.put({
        ...record,
        snapshot: { ...snapshot, digest: await digest(bytes) },
      });
    };
    const cases: readonly [reason: RegExp, damage: () => Promise<void>][] = [
      [/another journal/, () => transport.index.put({ ...record, streamEpoch: "another" })],
      [/no snapshot/, () => transport.index.put({ ...record, snapshot: null })],
      [/gone/, () => transport.artifacts.remove(artifact)],
      [/digest/, () => transport.artifacts.put(artifact, new Uint8Array(good).fill(32, 0, 1))],
      [/v: /, () => signed((whole) => whole.replace('"v":1', '"v":2'))],
      [/not JSON/, () => signed((whole) => whole.slice(0, -10))],
      [
        /contradicts/,
        () =>
          signed((whole) =>
            whole.replace(/"queuedPacks":\[[^\]]*\]/, '"queuedPacks":[]')
              .replace(/"leasedPacks":\[[^\]]*\]/, '"leasedPacks":[]')
          ),
      ],
      [/another one's/, () => signed((whole) => whole.replace(/"sequence":\d+/, '"sequence":1'))],
    ];
    for (const [reason, damage] of cases) {
      await transport.artifacts.put(artifact, good);
      await transport.index.put(record);
      assert.equal((await recovered(transport)).from.kind, "snapshot", `before ${reason}`);
      await damage();
      const { from, state } = await recovered(transport);
      assert.ok(from.kind === "start", `${reason}`);
      assert.match(from.reason, reason);
      assert.equal(state, scribe.state);
    }
  },
});

Deno.test({
  name: "SnapshotKeeper leaves what a coordinator that went further has stored",
  ignore,
  fn: async () => {
    await using server = await TestNatsServer.start();
    const { transport, scribe, record } = await withSnapshot(server);
    await using _ = transport;
    const further: SweepRecord = { ...record, sequence: record.sequence + 1_000 };
    await transport.index.put(further);
    await scribe.keeper.saveLast(scribe.ledger);
    assert.deepEqual(await transport.index.get(SWEEP), further);
  },
});

Deno.test({
  name: "SnapshotKeeper that can store nothing says nothing but a warning",
  ignore,
  fn: async () => {
    await using server = await TestNatsServer.start();
    const { transport, scribe } = await withSnapshot(server);
    await using _ = transport;
    const refuse = () => Promise.reject(new Error("the disk is full"));
    const full = {
      index: transport.index,
      artifacts: { ...transport.artifacts, put: refuse, remove: refuse, get: refuse },
    };
    const position = {
      sequence: await transport.journal.lastSequence(SWEEP),
      times: beginTimes({ v: 1, at: instant(0), events: [] }),
    };
    const streamEpoch = await transport.journal.streamEpoch();
    const options = { streamEpoch, position, timers: systemTimers };
    await new SnapshotKeeper({ ...full, ...options }).saveLast(scribe.ledger);
    // The line is fresh all the same, and still knows the old snapshot.
    const record = await transport.index.get(SWEEP);
    assert.equal(record?.sequence, position.sequence);
    assert.ok((record.snapshot?.sequence ?? Infinity) < position.sequence);
    const index = { ...transport.index, get: refuse, put: refuse, list: refuse };
    await new SnapshotKeeper({ ...full, index, ...options }).saveLast(scribe.ledger);
    assert.equal((await recovered(transport)).state, scribe.state);
  },
});

Deno.test({
  name: "SweepIndex.list() leaves out what cannot be read, and what speaks of another sweep",
  ignore,
  fn: async () => {
    await using server = await TestNatsServer.start();
    const { transport, record } = await withSnapshot(server);
    await using _ = transport;
    const other = parseSweepId("other-1");
    assert.equal(await transport.index.get(other), null);
    await transport.index.put({ ...record, sweep: other });
    assert.equal((await transport.index.list()).length, 2);
    const { connectNats } = await import("../../core/nats/connect.ts");
    await using link = await connectNats(server.url, { name: "hostile" });
    await link.connection.request("$KV.trawl_sweeps.other-1", encode(record));
    await link.connection.request("$KV.trawl_sweeps.noise", "noise");
    assert.deepEqual(await transport.index.list(), [record]);
    assert.equal(await transport.index.get(other), null);
  },
});
