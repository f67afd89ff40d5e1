/** A sweep from the command line: its coordinator, its local workers, its page and its board. */
import { getLogger } from "@logtape/logtape";
import { hostname } from "node:os";
import { coordinate } from "../coordinator/coordinate.ts";
import { retryTrials } from "../coordinator/decisions/decide_retry.ts";
import { tidyQueue } from "../coordinator/tidy_queue.ts";
import type { SweepId, TrialId } from "../core/domain/ids.ts";
import type { SweepLedger } from "../core/domain/sweep_ledger.ts";
import { isOver, type SweepOutcome } from "../core/domain/sweep.ts";
import type { SweepEvent } from "../core/domain/sweep_event.ts";
import { type Milliseconds, milliseconds } from "../core/domain/units.ts";
import { probeCoordinator } from "../core/protocol/coordinator_probe.ts";
import type { BackendRequest } from "../worker/engine/choose_backend.ts";
import type { LeaseOptions, PlaceOptions, ServerOptions } from "./commands/common_options.ts";
import type { CliContext } from "./context.ts";
import { assertPortFree, startDashboard } from "./dashboard_server.ts";
import { downloadBar } from "./download_bar.ts";
import { EXIT, type ExitCode, UserError } from "./exit_code.ts";
import { findSweepId } from "./find_sweep.ts";
import { type Home, openHome } from "./home.ts";
import { type Interruption, listenForInterruption } from "./interruption.ts";
import { configureLogging } from "./logging.ts";
import { type NatsSession, openNatsSession } from "./nats_session.ts";
import { prepareMatter, readSpec, type SweepRequest } from "./prepare_sweep.ts";
import {
  beginSweep,
  describeProgress,
  type ReadySweep,
  recoverExisting,
  takeOver,
} from "./ready_sweep.ts";
import { quoted } from "../dashboard/server_option.ts";
import { samePlace } from "./same_place.ts";
import { searchNotes } from "./search_notes.ts";
import { type ShownSweep, showSweep } from "./show_sweep.ts";
import { startLocalWorkers } from "./start_local_workers.ts";
import { findUnfinished } from "./unfinished_sweep.ts";
import { shipModule } from "./user_module/ship_module.ts";
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

/** How a sweep file is run. */
export interface StartOptions extends RunOptions {
  /** Starts anew, though the same sweep was begun before and left. */
  readonly new?: boolean;
}

/** How a sweep is gone on with. */
export interface ResumeOptions extends RunOptions {
  /** Asks nobody whether the sweep is coordinated already: the journal decides then. */
  readonly takeOver?: boolean;
}

/** Runs a sweep to its end: a new one, or the same where it was begun before and left. */
export async function startSweep(
  request: SweepRequest,
  options: StartOptions,
  context: CliContext,
): Promise<ExitCode> {
  using interruption = listenForInterruption();
  const spec = await readSpec(request);
  for (const note of searchNotes(spec)) context.output.note(note);
  const home = await prepare(options, context);
  const { dataset, module } = await prepareMatter(spec, {
    home,
    dataDir: options.dataDir,
    cifar100Url: context.env("TRAWL_CIFAR100_URL"),
    onProgress: downloadBar("CIFAR-100", context),
    signal: interruption.drain,
  });
  return await runSweep(options, { context, home, interruption }, async ({ transport }) => {
    const { timers, output } = context;
    if (module !== null) await shipModule(module, transport.artifacts);
    const unfinished = options.new
      ? null
      : await findUnfinished({ spec, dataset }, transport, { signal: interruption.drain });
    if (unfinished === null) return await beginSweep({ spec, dataset }, transport, timers);
    const { ledger } = unfinished;
    output.note(`Going on with ${ledger.id}: ${describeProgress(ledger)}; --new starts anew`);
    return await takeOver(unfinished, transport, { timers, events: [] });
  });
}

/** What somebody wants changed before a sweep goes on. */
export interface Beforehand {
  /** The facts to journal first; a throw says why the sweep cannot go on so. */
  readonly before: (ledger: SweepLedger) => readonly SweepEvent[];
}

/** Goes on with a sweep whose coordinator is gone. */
export async function resumeSweep(
  name: string,
  options: ResumeOptions,
  context: CliContext,
  { before }: Beforehand = { before: refuseToReopen },
): Promise<ExitCode> {
  using interruption = listenForInterruption();
  const home = await prepare(options, context);
  return await runSweep(options, { context, home, interruption }, async ({ transport }) => {
    const waiting = { signal: interruption.drain };
    const sweep = await findSweepId(transport, name, waiting);
    if (!options.takeOver) await assertUncoordinated(sweep, transport, context);
    const recovered = await recoverExisting(sweep, transport, waiting);
    const events = before(recovered.ledger);
    context.output.note(`Going on with ${sweep}: ${describeProgress(recovered.ledger)}`);
    return await takeOver(recovered, transport, { timers: context.timers, events });
  });
}

/** Trains failed trials again (null: all of them) in a sweep that nobody coordinates. */
export async function retrySweep(
  { sweep, trials }: { readonly sweep: string; readonly trials: readonly TrialId[] | null },
  options: RunOptions,
  context: CliContext,
): Promise<ExitCode> {
  return await resumeSweep(sweep, options, context, {
    before: (ledger) => {
      const retry = retryTrials(ledger, { trials, by: "cli" });
      if (retry.kind === "refused") throw new UserError(retry.message);
      return retry.events;
    },
  });
}

function refuseToReopen({ id, status }: SweepLedger): readonly SweepEvent[] {
  if (isOver(status)) throw new UserError(`Cannot resume sweep "${id}": it is ${status}`);
  return [];
}

/** @throws {UserError} If somebody is at work on the sweep; who does not even answer is not. */
async function assertUncoordinated(
  sweep: SweepId,
  { api }: NatsSession["transport"],
  { output }: CliContext,
): Promise<void> {
  const probe = await probeCoordinator(api, sweep);
  if (probe.kind === "present") {
    throw new UserError(
      `Cannot resume sweep "${sweep}": coordinator ${probe.coordinator} is at work on it; ` +
        "it must end first",
    );
  }
  if (probe.kind === "silent") {
    output.note(`The coordinator of ${sweep} does not answer: taking the sweep over from it`);
  }
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
  const ready = await getReady(session);
  const page = new AbortController();
  const dashboard = options.dashboard
    ? await startDashboard(session, addressOf(options), { timers, signal: page.signal })
    : null;
  if (options.workers === 0) context.output.note(howToJoin(session, home));
  const outcome = await coordinateWithWorkers(ready, session, {
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
  return exitCodeOf(outcome, ready.ledger);
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
  { sequence, ...ready }: ReadySweep,
  session: NatsSession,
  running: Running,
): Promise<SweepOutcome | null> {
  const { options, home, interruption, context, url } = running;
  const { ledger } = ready;
  const ending = new AbortController();
  await tidyOthers(session, ledger.id);
  await using workers = await startLocalWorkers(ledger, session, { options, home, context });
  interruption.stop.addEventListener("abort", () => workers.killNow(), { once: true });
  const coordinating = beginCoordinating(ready, session, { ...running, signal: ending.signal });
  // Told to whoever awaits it below; the journal may take a while to be shown.
  coordinating.catch(() => {});
  const guarding = guardStreams(session, ending.signal);
  let shown: ShownSweep | null = null;
  try {
    shown = await showSweep(session, {
      sweep: ledger.id,
      upTo: sequence,
      mode: options.json ? "json" : "human",
      dashboardUrl: url,
      verbose: options.verbose ?? false,
      place: samePlace(options, session.isEmbedded ? null : session.transport.description),
      data: options.dataDir === undefined ? "" : ` --data-dir ${quoted(options.dataDir)}`,
      drain: interruption.drain,
    }, context);
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
    await shown?.abandon();
    await coordinating.catch(() => {});
    throw error;
  }
}

function beginCoordinating(
  { ledger, coordinator, hasStarted, ...ready }: Omit<ReadySweep, "sequence">,
  { transport }: NatsSession,
  { options, context, signal }: Running & { readonly signal: AbortSignal },
): Promise<SweepOutcome | null> {
  const { publisher: queue, presence } = transport;
  return coordinate(ledger, { ...ready, queue, presence, timers: context.timers }, {
    coordinator,
    hasStarted,
    versions: versions(),
    leaseMs: milliseconds(1000 * options.lease),
    expectedSlots: options.workers,
    signal,
  });
}

/** A sweep whose store is lost must end: what is written after that is no journal. */
function guardStreams({ transport }: NatsSession, signal: AbortSignal): Promise<never> {
  const guarding = transport.guardStreams({ signal });
  // Only who races against it hears of it.
  guarding.catch(() => {});
  return guarding;
}

/** Removes leases of sweeps that are over; they cost workers a question now and then, no more. */
async function tidyOthers({ transport }: NatsSession, sweep: SweepId): Promise<void> {
  const { publisher: queue, journal } = transport;
  try {
    const signal = AbortSignal.timeout(TIDY_WITHIN);
    const sweeps = await tidyQueue({ queue, journal }, { except: sweep, signal });
    for (const over of sweeps) {
      logger.info("Removed leases of sweep {over}, which is over", { over });
    }
  } catch (error) {
    logger.warn("Cannot remove what finished sweeps left in the queue: {error}", { error });
  }
}

/** Takes the finished sweep's leases out of the queue; they do no harm where that fails. */
async function tidy({ transport }: NatsSession, sweep: SweepId): Promise<void> {
  try {
    await transport.publisher.purge(sweep, { signal: AbortSignal.timeout(TIDY_WITHIN) });
  } catch (error) {
    logger.warn("Cannot remove what sweep {sweep} left in the queue: {error}", { sweep, error });
  }
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
