/** A sweep from the command line: its coordinator, its local workers, its page and its board. */
import { getLogger } from "@logtape/logtape";
import { hostname } from "node:os";
import { coordinate } from "../coordinator/coordinate.ts";
import { createSweep } from "../coordinator/create_sweep.ts";
import type { SweepId } from "../core/domain/ids.ts";
import type { SweepLedger } from "../core/domain/sweep_ledger.ts";
import { isOver, type SweepOutcome } from "../core/domain/sweep.ts";
import { type Milliseconds, milliseconds } from "../core/domain/units.ts";
import type { JournalWriter, Timers } from "../core/protocol/ports.ts";
import type { BackendRequest } from "../worker/engine/choose_backend.ts";
import type { LeaseOptions, PlaceOptions, ServerOptions } from "./commands/common_options.ts";
import type { CliContext } from "./context.ts";
import { assertPortFree, startDashboard } from "./dashboard_server.ts";
import { downloadBar } from "./download_bar.ts";
import { EXIT, type ExitCode, UserError } from "./exit_code.ts";
import { findSweep } from "./find_sweep.ts";
import { type Home, openHome } from "./home.ts";
import { type Interruption, listenForInterruption } from "./interruption.ts";
import { LocalWorkers } from "./local_workers.ts";
import { configureLogging } from "./logging.ts";
import { type NatsSession, openNatsSession } from "./nats_session.ts";
import { newSweepId, newWorkerId } from "./new_id.ts";
import { readSpec, summarizeDataset, type SweepRequest } from "./prepare_sweep.ts";
import { showSweep } from "./show_sweep.ts";
import { versions } from "./versions.ts";

const logger = getLogger(["trawl", "cli"]);
/** The server may be gone by the time the sweep is over. */
const TIDY_WITHIN: Milliseconds = milliseconds(5_000);

/** How a sweep is run, whether it is new or resumed. */
export interface RunOptions extends PlaceOptions, LeaseOptions, ServerOptions {
  readonly workers: number;
  readonly backend: BackendRequest;
  readonly dataDir?: string;
  readonly port?: number;
  readonly dashboard: boolean;
  readonly hold?: boolean;
  readonly json?: boolean;
  readonly verbose?: boolean;
}

/** A sweep that is ready to be coordinated. */
interface ReadySweep {
  readonly ledger: SweepLedger;
  readonly writer: JournalWriter;
}

/** Runs a new sweep to its end. */
export async function startSweep(
  request: SweepRequest,
  options: RunOptions,
  context: CliContext,
): Promise<ExitCode> {
  using interruption = listenForInterruption();
  const spec = await readSpec(request);
  const home = await prepare(options, context);
  const dataset = await summarizeDataset(spec, {
    home,
    dataDir: options.dataDir,
    cifar100Url: context.env("TRAWL_CIFAR100_URL"),
    onProgress: downloadBar("CIFAR-100", context),
    signal: interruption.drain,
  });
  return await runSweep(options, { context, home, interruption }, async ({ transport }) => {
    const now = context.timers.now();
    const sweep = newSweepId(spec.name, new Date(now));
    const { entry, ledger } = createSweep({ sweep, spec, dataset, versions: versions() }, now);
    const writer = await transport.openWriter(sweep, { after: 0 });
    await writer.append(entry);
    return { ledger, writer };
  });
}

/** Goes on with a sweep whose coordinator is gone. */
export async function resumeSweep(
  name: string,
  options: RunOptions,
  context: CliContext,
): Promise<ExitCode> {
  using interruption = listenForInterruption();
  const home = await prepare(options, context);
  return await runSweep(options, { context, home, interruption }, async ({ transport }) => {
    const view = await findSweep(transport.journal, name);
    if (isOver(view.ledger.status)) {
      throw new UserError(`Cannot resume sweep "${view.id}": it is ${view.ledger.status}`);
    }
    const writer = await transport.openWriter(view.id, { after: view.sequence });
    return { ledger: view.ledger, writer };
  });
}

/** Checks what can be checked before anything is started. */
async function prepare(options: RunOptions, { output }: CliContext): Promise<Home> {
  await configureLogging(output, {
    level: options.verbose ? "debug" : "warning",
    json: options.json ?? false,
  });
  if (options.dashboard) assertPortFree(addressOf(options));
  return await openHome(options.home);
}

interface Surroundings {
  readonly context: CliContext;
  readonly home: Home;
  readonly interruption: Interruption;
}

async function runSweep(
  options: RunOptions,
  { context, home, interruption }: Surroundings,
  getReady: (session: NatsSession) => Promise<ReadySweep>,
): Promise<ExitCode> {
  const { timers } = context;
  const name = `trawl-coordinator/${hostname()}`;
  await using session = await openNatsSession(
    { ...options, home, name, signal: interruption.drain },
    context,
  );
  const { ledger, writer } = await getReady(session);
  const page = new AbortController();
  const dashboard = options.dashboard
    ? await startDashboard(session, addressOf(options), { timers, signal: page.signal })
    : null;
  if (options.workers === 0) context.output.note(howToJoin(session, home));
  const outcome = await coordinateWithWorkers({ ledger, writer }, session, {
    options,
    home,
    interruption,
    context,
    url: dashboard?.url ?? null,
  });
  if (options.hold && dashboard !== null && outcome !== null) {
    context.output.note(`The dashboard stays at ${dashboard.url} until Ctrl-C`);
    await aborted(interruption.drain);
  }
  page.abort();
  await dashboard?.finished;
  return exitCodeOf(outcome, ledger);
}

/** Without a worker nothing is trained: the command that starts one, without credentials. */
function howToJoin({ transport, isEmbedded }: NatsSession, home: Home): string {
  const place = isEmbedded ? `--home ${home.path}` : `--nats ${transport.description}`;
  return `No local workers. Start some with: deno task worker ${place}`;
}

interface Running extends Surroundings {
  readonly options: RunOptions;
  readonly url: string | null;
}

async function coordinateWithWorkers(
  { ledger, writer }: ReadySweep,
  session: NatsSession,
  { options, home, interruption, context, url }: Running,
): Promise<SweepOutcome | null> {
  const { transport } = session;
  const { timers } = context;
  const ending = new AbortController();
  const shown = await showSweep(session, {
    sweep: ledger.id,
    mode: options.json ? "json" : "human",
    dashboardUrl: url,
    verbose: options.verbose ?? false,
    drain: interruption.drain,
  }, context);
  await using workers = await startWorkers(ledger.id, session, { options, home, timers });
  interruption.stop.addEventListener("abort", () => workers.killNow(), { once: true });
  const coordinating = coordinate(ledger, {
    writer,
    api: transport.serveApi(ledger.id),
    queue: transport.publisher,
    presence: transport.presence,
    timers,
  }, {
    // A container that is started again has the same pid: the queue must not take the offers of
    // this process for repeated ones of the last.
    coordinator: newWorkerId(hostname(), Deno.pid),
    versions: versions(),
    leaseMs: milliseconds(1000 * options.lease),
    expectedSlots: options.workers,
    signal: ending.signal,
  });
  const guarding = guardStreams(session, ending.signal);
  try {
    const first = await Promise.race([
      coordinating,
      workers.allGone,
      aborted(interruption.drain),
      guarding,
    ]);
    // Workers give their packs back while the coordinator still listens.
    await workers.end({ sweepIsOver: first !== null });
    ending.abort(interruption.drain.reason);
    const end = await coordinating;
    if (end !== null) await tidy(session, ledger.id);
    await shown.finish();
    return end;
  } catch (error) {
    ending.abort(error);
    await shown.abandon();
    await coordinating.catch(() => {});
    throw error;
  }
}

/** A sweep whose store is lost must end: what is written after that is no journal. */
function guardStreams({ transport }: NatsSession, signal: AbortSignal): Promise<never> {
  const guarding = transport.guardStreams({ signal });
  // Only who races against it hears of it.
  guarding.catch(() => {});
  return guarding;
}

function startWorkers(
  sweep: SweepId,
  session: NatsSession,
  { options, home, timers }: {
    readonly options: RunOptions;
    readonly home: Home;
    readonly timers: Timers;
  },
): Promise<LocalWorkers> {
  return LocalWorkers.start({
    count: options.workers,
    args: workerArgs(options, home),
    natsUrl: session.url,
    natsCaFile: session.caFile,
    logDir: `${home.path}/logs/${sweep}`,
    timers,
  });
}

/** Takes the finished sweep's leases out of the queue; they do no harm where that fails. */
async function tidy({ transport }: NatsSession, sweep: SweepId): Promise<void> {
  try {
    await transport.publisher.purge(sweep, { signal: AbortSignal.timeout(TIDY_WITHIN) });
  } catch (error) {
    logger.warn("Cannot remove what sweep {sweep} left in the queue: {error}", { sweep, error });
  }
}

function workerArgs(options: RunOptions, home: Home): readonly string[] {
  return [
    ["--home", home.path],
    ["--backend", options.backend],
    ["--lease", String(options.lease)],
    options.dataDir === undefined ? [] : ["--data-dir", options.dataDir],
    options.verbose ? ["--verbose"] : [],
  ].flat();
}

function addressOf(options: RunOptions) {
  return { hostname: "127.0.0.1", port: options.port };
}

/** Resolves to null when the signal aborts. */
async function aborted(signal: AbortSignal): Promise<null> {
  if (signal.aborted) return null;
  return await new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(null), { once: true });
  });
}

function exitCodeOf(outcome: SweepOutcome | null, ledger: SweepLedger): ExitCode {
  if (outcome === null) return EXIT.interrupted;
  if (outcome === "completed" && ledger.counts.failed === 0) return EXIT.completed;
  return EXIT.someFailed;
}
