/** A process of a scenario: signals in, last words out, and a line on its stdin where it listens. */
import { ROOT } from "../support/trawl_process.ts";

/** What is run. */
export interface ChildOptions {
  /** The program's module, from the repository's root. */
  readonly module: string;
  readonly args: readonly string[];
  /** A command that runs the command behind it, as `ip netns exec HOST` does. */
  readonly through?: readonly string[];
}

/** A running process. Disposing kills it. */
export class Child implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #stdin: WritableStreamDefaultWriter<Uint8Array>;
  readonly finished: Promise<number>;
  #stderr = "";

  constructor({ module, args, through = [] }: ChildOptions) {
    // Whatever is not there yet must be fetched before, not by hundreds of processes.
    const deno = [Deno.execPath(), "run", "--quiet", "--no-check", "--cached-only", "--allow-all"];
    const [program = "", ...words] = [...through, ...deno, `${ROOT}${module}`, ...args];
    this.#child = new Deno.Command(program, {
      args: words,
      // A variable of the developer's shell must not lead a test to a real server.
      env: { NO_COLOR: "1", NATS_URL: "" },
      cwd: ROOT,
      stdin: "piped",
      stdout: "null",
      stderr: "piped",
    }).spawn();
    this.#stdin = this.#child.stdin.getWriter();
    this.finished = this.#run();
  }

  get pid(): number {
    return this.#child.pid;
  }

  /** What it has said so far. */
  get stderr(): string {
    return this.#stderr;
  }

  signal(signal: Deno.Signal): void {
    try {
      this.#child.kill(signal);
    } catch { /* it has ended by itself */ }
  }

  tell(line: string): void {
    this.#stdin.write(new TextEncoder().encode(`${line}\n`)).catch(() => {
      // It has ended by itself.
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.signal("SIGKILL");
    await this.finished;
  }

  async #run(): Promise<number> {
    const listening = (async () => {
      const texts = this.#child.stderr.pipeThrough(new TextDecoderStream());
      for await (const text of texts) this.#stderr = (this.#stderr + text).slice(-20_000);
    })();
    const [{ code }] = await Promise.all([this.#child.status, listening]);
    await this.#stdin.close().catch(() => {});
    return code;
  }
}
