/** The journal against the bare stream below it: what exactness costs for each entry. */
import { parseAttempt, parsePackId, parseSweepId, parseTrialId } from "../core/domain/ids.ts";
import type { JournalEntry } from "../core/domain/sweep_event.ts";
import { epoch, instant, milliseconds } from "../core/domain/units.ts";
import { parseNatsTarget } from "../core/nats/nats_target.ts";
import { openTransport } from "../core/nats/transport.ts";
import { connectNats } from "../core/nats/connect.ts";
import { TestNatsServer } from "../tests/support/nats_server.ts";
import { type Benchmark, type Measurement, timeOf } from "./measurement.ts";

const ENTRIES = 2_000;
const LANES = 16;

/** Writing entries one after the other, and reading them back. */
export const journalBench: Benchmark = {
  name: "journal",
  about: "journal entries of 16 lanes: written one by one, read back, against plain publishes",
  run: measureJournal,
};

async function* measureJournal(): AsyncIterable<Measurement> {
  await using server = await TestNatsServer.start();
  await using transport = await openTransport(parseNatsTarget(server.url), {
    name: "bench",
    leaseMs: milliseconds(10_000),
  });
  await using link = await connectNats(server.url, { name: "bench-plain" });
  const manager = await link.connection.jetstreamManager();
  await manager.streams.add({ name: "PLAIN", subjects: ["plain"] });
  const stream = link.connection.jetstream();
  const body = new TextEncoder().encode(JSON.stringify(entryOf(1)));

  let sweep = 0;
  const plainMs = await timeOf(async () => {
    for (let i = 0; i < ENTRIES; i++) await stream.publish("plain", body);
  }, 3);
  const writeMs = await timeOf(async () => {
    const id = parseSweepId(`bench-${sweep++}`);
    const writer = await transport.openWriter(id, { after: 0 });
    for (let i = 1; i <= ENTRIES; i++) await writer.append(entryOf(i));
  }, 3);
  yield rate("entries written per second", writeMs, plainMs);
  const readMs = await timeOf(async () => {
    let read = 0;
    for await (const _ of transport.journal.read(parseSweepId("bench-0"))) read++;
    if (read !== ENTRIES) throw new Error(`Read ${read} of ${ENTRIES} entries`);
  }, 3);
  yield rate("entries read and checked per second", readMs, plainMs);
  const points = ENTRIES * LANES * 3 / (writeMs / 1000);
  yield {
    bench: "journal",
    name: "metric points journalled per second, one entry at a time",
    value: Math.round(points),
    unit: "points/s",
    baseline: null,
    ratio: null,
    target: null,
  };
}

function rate(name: string, ms: number, plainMs: number): Measurement {
  return {
    bench: "journal",
    name,
    value: Math.round(ENTRIES / (ms / 1000)),
    unit: "entries/s",
    baseline: Math.round(ENTRIES / (plainMs / 1000)),
    ratio: plainMs / ms,
    target: null,
  };
}

function entryOf(number: number): JournalEntry {
  return {
    v: 1,
    at: instant(1_790_000_000_000 + number),
    events: [{
      type: "epochReported",
      pack: parsePackId(0),
      attempt: parseAttempt(1),
      epoch: epoch(number),
      durationMs: milliseconds(12.5),
      lanes: Array.from({ length: LANES }, (_, lane) => ({
        trial: parseTrialId(lane),
        kind: "measured" as const,
        metrics: { train_loss: 0.4321, val_loss: 0.5123, val_accuracy: 0.8765 },
      })),
    }],
  };
}
