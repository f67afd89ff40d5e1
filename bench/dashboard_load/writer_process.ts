/** A journal that grows at a rate, in a process of its own: `URL RATE SECONDS`. */
import { parseSweepId, parseWorkerId } from "../../core/domain/ids.ts";
import type { JournalEntry } from "../../core/domain/sweep_event.ts";
import { milliseconds } from "../../core/domain/units.ts";
import { parseNatsTarget } from "../../core/nats/nats_target.ts";
import { openTransport } from "../../core/nats/transport.ts";
import { journalOf } from "../../tests/support/journals.ts";

/** The sweep's name. */
export const LOAD_SWEEP = "loaded-1";
/** Trials in a pack: each of a report's lanes is a point of a curve, with three metrics. */
export const LANES = 16;
const PACKS = 16;
const FIRST_ENTRIES = 1 + PACKS;

/** What the writer says at its end. */
export interface WriterReport {
  /** When each entry from `firstSequence` on was handed over, in ms since 1970. */
  readonly firstSequence: number;
  readonly appendedAt: readonly number[];
  readonly points: number;
  readonly seconds: number;
}

const pointsOf = (entry: JournalEntry): number =>
  entry.events.reduce(
    (n, event) => n + (event.type === "epochReported" ? event.lanes.length : 0),
    0,
  );

/** Says "ready" when the sweep is there, grows it when told to, and prints a `WriterReport`. */
async function write(url: string, rate: number, seconds: number): Promise<void> {
  const target = parseNatsTarget(url);
  const leaseMs = milliseconds(10_000);
  await using transport = await openTransport(target, { name: "bench-writer", leaseMs });
  const workers = Array.from({ length: PACKS }, (_, index) => parseWorkerId(`alder-${index}`));
  const sweep = parseSweepId(LOAD_SWEEP);
  const configurations = LANES * PACKS;
  const journal = journalOf({ sweep, configurations, lanes: LANES, workers, epochs: 1_000_000 });
  const writer = await transport.openWriter(sweep, { after: 0 });
  let firstSequence = 0;
  const appendedAt: number[] = [];
  let written = 0;
  let points = 0;
  let startedAt = 0;
  for (const entry of journal) {
    if (written === FIRST_ENTRIES) {
      console.log("ready");
      await Deno.stdin.read(new Uint8Array(1));
      startedAt = Date.now();
    }
    const ahead = points / rate * 1000 - (Date.now() - startedAt);
    if (written >= FIRST_ENTRIES && ahead > 5) {
      await new Promise((resolve) => setTimeout(resolve, ahead));
    }
    const at = Date.now();
    const sequence = await writer.append(entry);
    written++;
    if (written <= FIRST_ENTRIES) continue;
    if (appendedAt.push(at) === 1) firstSequence = sequence;
    points += pointsOf(entry);
    if (at - startedAt >= 1000 * seconds) break;
  }
  const report: WriterReport = {
    firstSequence,
    appendedAt,
    points,
    seconds: (Date.now() - startedAt) / 1000,
  };
  console.log(JSON.stringify(report));
}

if (import.meta.main) {
  const [url = "", rate = "", seconds = ""] = Deno.args;
  await write(url, Number(rate), Number(seconds));
  Deno.exit(0);
}
