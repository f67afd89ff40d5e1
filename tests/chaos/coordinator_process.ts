/** A coordinator without terminal and page: the real loop over real NATS, on a clock that may be wrong. */
import { configure, getConsoleSink } from "@logtape/logtape";
import { classifyError, EXIT, type ExitCode, UserError } from "../../cli/exit_code.ts";
import { listenForInterruption } from "../../cli/interruption.ts";
import { coordinate } from "../../coordinator/coordinate.ts";
import { createSweep } from "../../coordinator/create_sweep.ts";
import { parseSweepId, type SweepId } from "../../core/domain/ids.ts";
import type { SweepLedger } from "../../core/domain/sweep_ledger.ts";
import type { SweepSpec } from "../../core/domain/sweep_spec.ts";
import { isOver } from "../../core/domain/sweep.ts";
import { milliseconds } from "../../core/domain/units.ts";
import { parseNatsTarget } from "../../core/nats/nats_target.ts";
import { openTransport, type Transport } from "../../core/nats/transport.ts";
import type { JournalWriter } from "../../core/protocol/ports.ts";
import { readSweepView } from "../../core/views/sweep_view.ts";
import { DATASET } from "../support/specs.ts";
import { type CoordinatorOrders, obeySkews, readOrders } from "./process_orders.ts";
import { SkewedTimers } from "./skewed_timers.ts";

const VERSIONS = { trawl: "0.0.0-chaos", deno: Deno.version.deno };

interface Ready {
  readonly ledger: SweepLedger;
  readonly writer: JournalWriter;
}

async function run(orders: CoordinatorOrders): Promise<ExitCode> {
  const timers = new SkewedTimers();
  void obeySkews(timers);
  using interruption = listenForInterruption();
  const leaseMs = milliseconds(orders.leaseMs);
  await using transport = await openTransport(parseNatsTarget(orders.nats), {
    name: orders.name,
    leaseMs,
    signal: interruption.drain,
  });
  const sweep = parseSweepId(orders.sweep);
  const { ledger, writer } = orders.spec === null
    ? await goOn(transport, sweep)
    : await begin(transport, { sweep, spec: orders.spec, timers });
  const outcome = await coordinate(ledger, {
    writer,
    api: transport.serveApi(sweep),
    queue: transport.publisher,
    presence: transport.presence,
    timers,
  }, {
    coordinator: orders.name,
    versions: VERSIONS,
    leaseMs,
    expectedSlots: orders.expectedSlots,
    signal: interruption.drain,
  });
  return outcome === null ? EXIT.interrupted : EXIT.completed;
}

async function begin(
  transport: Transport,
  { sweep, spec, timers }: {
    readonly sweep: SweepId;
    readonly spec: SweepSpec;
    readonly timers: SkewedTimers;
  },
): Promise<Ready> {
  const { entry, ledger } = createSweep(
    { sweep, spec, dataset: DATASET, versions: VERSIONS },
    timers.now(),
  );
  const writer = await transport.openWriter(sweep, { after: 0 });
  await writer.append(entry);
  return { ledger, writer };
}

async function goOn(transport: Transport, sweep: SweepId): Promise<Ready> {
  const view = await readSweepView(transport.journal.read(sweep));
  if (view === null) throw new UserError(`Cannot resume sweep "${sweep}": it has no journal`);
  if (isOver(view.ledger.status)) {
    throw new UserError(`Cannot resume sweep "${sweep}": it is ${view.ledger.status}`);
  }
  const writer = await transport.openWriter(sweep, { after: view.sequence });
  return { ledger: view.ledger, writer };
}

if (import.meta.main) {
  await configure({
    sinks: { console: getConsoleSink() },
    loggers: [
      { category: ["trawl"], lowestLevel: "error", sinks: ["console"] },
      { category: ["logtape", "meta"], lowestLevel: "warning", sinks: ["console"] },
    ],
  });
  let code: ExitCode;
  try {
    code = await run(readOrders());
  } catch (error) {
    const { isExplained, code: failure } = classifyError(error);
    console.error(isExplained && error instanceof Error ? error.message : error);
    code = failure;
  }
  Deno.exit(code);
}
