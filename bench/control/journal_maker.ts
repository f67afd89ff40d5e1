/** Journals of any length, as a coordinator would have written them, in seconds instead of hours. */
import type { JetStreamClient } from "nats";
import { createSweep } from "../../coordinator/create_sweep.ts";
import { UnpackedTrials } from "../../coordinator/packing/unpacked_trials.ts";
import { planTrials } from "../../coordinator/plan_trials.ts";
import { parseAttempt, parseSweepId, parseWorkerId } from "../../core/domain/ids.ts";
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import type { SweepLedger } from "../../core/domain/sweep_ledger.ts";
import { epoch, instant, milliseconds } from "../../core/domain/units.ts";
import { encode } from "../../core/protocol/codec.ts";
import { journalSubject } from "../../core/protocol/subjects.ts";
import { type Load, madeUpDataset, specOf } from "./load.ts";

const STARTED_AT = 1_790_000_000_000;
/** Reports in one entry: what a few workers say while one entry is being written. */
const REPORTS_PER_ENTRY = 4;
/** Entries on their way to the server at once. */
const IN_FLIGHT = 500;
const VERSIONS = { trawl: "bench", deno: Deno.version.deno };

/** Writes the journal of a sweep in which every pack has reported all its epochs but not finished. */
export async function writeJournal(load: Load, stream: JetStreamClient): Promise<void> {
  const sweep = parseSweepId(load.name);
  const at = instant(STARTED_AT);
  const { entry, ledger } = createSweep(
    { sweep, spec: specOf(load), dataset: madeUpDataset, versions: VERSIONS },
    at,
  );
  const subject = journalSubject(sweep);
  await stream.publish(subject, encode(entry));
  let sending: Promise<unknown>[] = [];
  for (const events of entriesOf(ledger, load)) {
    sending.push(stream.publish(subject, encode({ v: 1, at, events })));
    if (sending.length < IN_FLIGHT) continue;
    await Promise.all(sending);
    sending = [];
  }
  await Promise.all(sending);
}

function* entriesOf(ledger: SweepLedger, load: Load): Generator<readonly SweepEvent[]> {
  for (const events of planTrials(ledger)) {
    for (const event of events) ledger.apply(event);
    yield events;
  }
  const packs = new UnpackedTrials(ledger).form({ packs: Infinity, slots: load.workers });
  const attempt = parseAttempt(1);
  for (const [i, { pack, trials }] of packs.entries()) {
    const worker = parseWorkerId(`worker-${i % load.workers}`);
    const delivery = { sequence: i + 1, count: 1 };
    yield [
      { type: "packsQueued", packs: [{ pack, trials }] },
      { type: "packLeased", pack, attempt, worker, backend: "none", delivery },
    ];
    for (let first = 1; first <= load.epochs; first += REPORTS_PER_ENTRY) {
      const count = Math.min(REPORTS_PER_ENTRY, load.epochs - first + 1);
      yield Array.from({ length: count }, (_, n): SweepEvent => ({
        type: "epochReported",
        pack,
        attempt,
        epoch: epoch(first + n),
        durationMs: milliseconds(12.5),
        lanes: trials.map((trial) => ({ trial, kind: "measured", metrics: madeUpMetrics() })),
      }));
    }
  }
}

function madeUpMetrics() {
  return { train_loss: Math.random(), val_loss: Math.random(), val_accuracy: Math.random() };
}
