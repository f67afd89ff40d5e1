/** Trawl as a user starts it: a process of its own, with a home of its own. */
import { fileURLToPath } from "node:url";
import { endOrphan } from "../../core/nats/embedded_server_orphan.ts";

/** The repository's root, with a slash at its end. */
export const ROOT: string = fileURLToPath(new URL("../../", import.meta.url));

/** What a finished process said. */
export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to start one. */
export interface TrawlOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** What follows `deno run --quiet`: permissions and module; everything is allowed unless told. */
  readonly start?: readonly string[];
  /** Kills the process; a test that waits for ever says less than one that fails. */
  readonly timeoutMs?: number;
}

/** A running process. Disposing kills it. */
export class TrawlProcess implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #timer: ReturnType<typeof setTimeout>;
  #stdout = "";
  #stderr = "";
  readonly #finished: Promise<Finished>;

  constructor(args: readonly string[], options: TrawlOptions = {}) {
    this.#child = new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", ...options.start ?? ["--allow-all", `${ROOT}main.ts`], ...args],
      // A variable of the developer's shell must not lead a test to a real server.
      env: { NO_COLOR: "1", NATS_URL: "", ...options.env },
      cwd: options.cwd ?? ROOT,
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#timer = setTimeout(() => this.signal("SIGKILL"), options.timeoutMs ?? 300_000);
    this.#finished = this.#run();
  }

  get pid(): number {
    return this.#child.pid;
  }
  /** What it has printed so far. */
  get stdout(): string {
    return this.#stdout;
  }
  get stderr(): string {
    return this.#stderr;
  }
  /** Resolves when the process has ended. */
  get finished(): Promise<Finished> {
    return this.#finished;
  }

  signal(signal: Deno.Signal): void {
    try {
      this.#child.kill(signal);
    } catch { /* it has ended by itself */ }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.signal("SIGKILL");
    await this.#finished;
  }

  async #run(): Promise<Finished> {
    const decode = async (
      stream: ReadableStream<Uint8Array<ArrayBuffer>>,
      add: (text: string) => void,
    ): Promise<void> => {
      for await (const text of stream.pipeThrough(new TextDecoderStream())) add(text);
    };
    const [status] = await Promise.all([
      this.#child.status,
      decode(this.#child.stdout, (text) => this.#stdout += text),
      decode(this.#child.stderr, (text) => this.#stderr += text),
    ]);
    clearTimeout(this.#timer);
    return { code: status.code, stdout: this.#stdout, stderr: this.#stderr };
  }
}

/** Runs a command to its end. */
export async function runTrawl(
  args: readonly string[],
  options: TrawlOptions = {},
): Promise<Finished> {
  await using process = new TrawlProcess(args, options);
  return await process.finished;
}

/** A folder that is gone when the test is over. */
export async function temporaryHome(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await Deno.makeTempDir({ prefix: "trawl-home-" });
  return {
    path,
    [Symbol.asyncDispose]: async () => {
      // Whoever was killed has left the home's server running for the next one, who never comes.
      await endOrphan(`${path}/nats/server.pid`, `${path}/nats/server.conf`);
      await Deno.remove(path, { recursive: true });
    },
  };
}

/** Waits until the condition holds. @throws {Error} If it does not within the deadline. */
export async function eventually(
  what: string,
  condition: () => boolean | Promise<boolean>,
  deadlineMs = 120_000,
): Promise<void> {
  const deadline = Date.now() + deadlineMs;
  while (!await condition()) {
    if (Date.now() > deadline) throw new Error(`It did not happen in ${deadlineMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
