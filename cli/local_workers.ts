/**
 * The workers that one process starts on this machine: each a process of its own, started again when
 * it dies, all drained together.
 */
import { getLogger } from "@logtape/logtape";
import { join } from "node:path";
import { type Milliseconds, milliseconds } from "../core/domain/units.ts";
import type { Timers } from "../core/protocol/ports.ts";
import { EXIT, InfrastructureError } from "./exit_code.ts";

const logger = getLogger(["trawl", "cli"]);
/** Restarts of one worker at most: a machine on which workers keep dying needs a person. */
const MAX_RESTARTS = 5;
const RESTART_DELAY: Milliseconds = milliseconds(500);
/** How long a draining worker has to store its checkpoint. */
const DRAIN_WITHIN: Milliseconds = milliseconds(8_000);
/** How long a worker has to leave when the sweep is over, and nothing it does is of use. */
const LEAVE_WITHIN: Milliseconds = milliseconds(1_500);

/** One of the workers. */
export interface LocalWorker {
  /** For people: `worker 1`. */
  readonly name: string;
  /** Variables of its own, beside those of all. */
  readonly env?: Readonly<Record<string, string>>;
}

/** What local workers are started with. */
export interface LocalWorkerOptions {
  readonly workers: readonly LocalWorker[];
  /** Arguments of `deno` that start the `worker` command, confined to what it needs. */
  readonly args: readonly string[];
  /** Variables of all, such as NATS_URL: credentials never go into the arguments. */
  readonly env: Readonly<Record<string, string>>;
  /** The folder of a log for each worker; null: on this process's stderr. */
  readonly logDir: string | null;
  readonly timers: Timers;
}

/** Running local workers. Disposing drains them, and ends those that do not end by themselves. */
export class LocalWorkers implements AsyncDisposable {
  readonly #options: LocalWorkerOptions;
  readonly #ending = new AbortController();
  readonly #children = new Set<Deno.ChildProcess>();
  readonly #supervised: readonly Promise<void>[];
  readonly #allGone: Promise<never>;

  private constructor(options: LocalWorkerOptions) {
    this.#options = options;
    this.#supervised = options.workers.map((worker) => this.#supervise(worker));
    this.#allGone = this.#watchForAllGone();
    // Only who races against it hears of it.
    this.#allGone.catch(() => {});
  }

  /** Starts them. */
  static async start(options: LocalWorkerOptions): Promise<LocalWorkers> {
    if (options.logDir !== null) await Deno.mkdir(options.logDir, { recursive: true });
    return new LocalWorkers(options);
  }

  /** Rejects when no local worker is left and one has failed for good; pending for ever otherwise. */
  get allGone(): Promise<never> {
    return this.#allGone;
  }

  /**
   * Resolves when every worker has ended by itself.
   * @throws {InfrastructureError} If one has failed for good; the others have ended by then too.
   */
  async finished(): Promise<void> {
    await Promise.allSettled(this.#supervised);
    await Promise.all(this.#supervised);
  }

  /** Drains them; with `sweepIsOver` there is nothing to wait for. */
  async end({ sweepIsOver }: { readonly sweepIsOver: boolean }): Promise<void> {
    this.#ending.abort();
    for (const child of this.#children) signalChild(child, "SIGTERM");
    const timer = setTimeout(() => this.killNow(), sweepIsOver ? LEAVE_WITHIN : DRAIN_WITHIN);
    await Promise.allSettled(this.#supervised);
    clearTimeout(timer);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end({ sweepIsOver: false });
  }

  /** Ends every worker at once: what was journalled stays, the rest since a checkpoint is redone. */
  killNow(): void {
    for (const child of this.#children) signalChild(child, "SIGKILL");
  }

  /** Keeps one worker alive. @throws {InfrastructureError} When it has failed for good. */
  async #supervise(worker: LocalWorker): Promise<void> {
    const { logDir } = this.#options;
    const { name } = worker;
    const log = logDir === null ? null : join(logDir, `${name.replaceAll(" ", "-")}.log`);
    for (let restarts = 0;; restarts++) {
      const code = await this.#runOnce(worker, log);
      if (this.#ending.signal.aborted || code === EXIT.completed) return;
      if (code === EXIT.badInput || restarts === MAX_RESTARTS) {
        const told = log === null ? "" : `; its log ${log} ends\n${await lastLines(log)}`;
        const message = `Cannot keep ${name} running: it ended with code ${code}${told}`;
        // The others may go on for long before anybody is told why this one does not.
        if (log === null) logger.error(message);
        throw new InfrastructureError(message);
      }
      logger.warn("{name} ended with code {code}: starting it again", { name, code });
      await this.#options.timers.sleep(RESTART_DELAY, { signal: this.#ending.signal })
        .catch(() => {});
      if (this.#ending.signal.aborted) return;
    }
  }

  async #runOnce(worker: LocalWorker, log: string | null): Promise<number> {
    const { args, env } = this.#options;
    const child = new Deno.Command(Deno.execPath(), {
      args: [...args],
      env: { ...env, ...worker.env },
      // The worker watches its stdin: it ends when this process is gone, however it went.
      stdin: "piped",
      stdout: "null",
      stderr: log === null ? "inherit" : "piped",
      // Ctrl-C reaches the whole process group; only this process decides what it means.
      detached: true,
    }).spawn();
    this.#children.add(child);
    if (this.#ending.signal.aborted) signalChild(child, "SIGTERM");
    try {
      if (log !== null) await writeLog(child, log);
      return (await child.status).code;
    } finally {
      this.#children.delete(child);
      await child.stdin.close().catch(() => {});
    }
  }

  async #watchForAllGone(): Promise<never> {
    if (this.#supervised.length > 0) {
      const results = await Promise.allSettled(this.#supervised);
      const failed = results.find((result) => result.status === "rejected");
      if (failed !== undefined) throw failed.reason;
    }
    return await new Promise<never>(() => {});
  }
}

function signalChild(child: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    child.kill(signal);
  } catch (error) {
    // It has ended by itself in the meantime.
    if (!(error instanceof TypeError) && !(error instanceof Deno.errors.NotFound)) throw error;
  }
}

async function writeLog(child: Deno.ChildProcess, path: string): Promise<void> {
  using file = await Deno.open(path, { create: true, append: true });
  await child.stderr.pipeTo(file.writable, { preventClose: true });
}

async function lastLines(path: string): Promise<string> {
  const text = await Deno.readTextFile(path);
  return text.trimEnd().split("\n").slice(-5).map((line) => `  ${line}`).join("\n");
}
