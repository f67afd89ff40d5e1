/**
 * The workers that `sweep` starts on this machine: each a process of its own, started again when it
 * dies, drained when the sweep ends.
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

/** What every local worker is started with. */
export interface LocalWorkerOptions {
  readonly count: number;
  /** Arguments of the `worker` command. */
  readonly args: readonly string[];
  /** With credentials: goes into the environment, never into the arguments. */
  readonly natsUrl: string;
  /** The authority of the server's certificate, where the environment does not name it already. */
  readonly natsCaFile?: string | undefined;
  /** Where each worker's log goes. */
  readonly logDir: string;
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
    this.#supervised = Array.from({ length: options.count }, (_, i) => this.#supervise(i + 1));
    this.#allGone = this.#watchForAllGone();
    // Only who races against it hears of it.
    this.#allGone.catch(() => {});
  }

  /** Starts `count` workers; with 0, none. */
  static async start(options: LocalWorkerOptions): Promise<LocalWorkers> {
    await Deno.mkdir(options.logDir, { recursive: true });
    return new LocalWorkers(options);
  }

  /** Rejects when no local worker is left and one has failed for good; pending for ever otherwise. */
  get allGone(): Promise<never> {
    return this.#allGone;
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
  async #supervise(number: number): Promise<void> {
    const log = join(this.#options.logDir, `worker-${number}.log`);
    for (let restarts = 0;; restarts++) {
      const code = await this.#runOnce(log);
      if (this.#ending.signal.aborted || code === EXIT.completed) return;
      if (code === EXIT.badInput || restarts === MAX_RESTARTS) {
        throw new InfrastructureError(
          `Cannot keep worker ${number} running: it ended with code ${code}; its log ${log} ends\n` +
            await lastLines(log),
        );
      }
      logger.warn("Worker {number} ended with code {code}: starting it again", { number, code });
      await this.#options.timers.sleep(RESTART_DELAY, { signal: this.#ending.signal })
        .catch(() => {});
      if (this.#ending.signal.aborted) return;
    }
  }

  async #runOnce(log: string): Promise<number> {
    const { args, natsUrl, natsCaFile } = this.#options;
    const main = new URL("../main.ts", import.meta.url).href;
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "--allow-all", main, "worker", "--exit-with-parent", ...args],
      env: { NATS_URL: natsUrl, ...(natsCaFile && { NATS_CA: natsCaFile }) },
      // The worker watches its stdin: it ends when this process is gone, however it went.
      stdin: "piped",
      stdout: "null",
      stderr: "piped",
      // Ctrl-C reaches the whole process group; only this process decides what it means.
      detached: true,
    }).spawn();
    this.#children.add(child);
    if (this.#ending.signal.aborted) signalChild(child, "SIGTERM");
    try {
      using file = await Deno.open(log, { create: true, append: true });
      await child.stderr.pipeTo(file.writable, { preventClose: true });
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

async function lastLines(path: string): Promise<string> {
  const text = await Deno.readTextFile(path);
  return text.trimEnd().split("\n").slice(-5).map((line) => `  ${line}`).join("\n");
}
