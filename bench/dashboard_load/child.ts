/** A process of the benchmark: what it says line by line, and what it uses. */
import { fileURLToPath } from "node:url";
import { type ProcessUsage, usageOf } from "../control/process_usage.ts";

/** A Deno process that is killed with its scope. */
export class Child implements AsyncDisposable {
  readonly #process: Deno.ChildProcess;
  readonly #lines: ReadableStreamDefaultReader<string>;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  #rest = "";

  /**
   * @param module Relative to this file.
   * @param options.flags For the runtime.
   */
  constructor(
    module: string,
    args: readonly string[],
    { flags = [] }: { readonly flags?: readonly string[] } = {},
  ) {
    const path = fileURLToPath(new URL(module, import.meta.url));
    this.#process = new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "--allow-all", ...flags, path, ...args],
      stdin: "piped",
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    this.#lines = this.#process.stdout.pipeThrough(new TextDecoderStream()).getReader();
    this.#input = this.#process.stdin.getWriter();
  }

  /** Null where the kernel has no /proc. */
  get usage(): ProcessUsage | null {
    return usageOf(this.#process.pid);
  }

  /** The next line. @throws {Error} If the process ends first. */
  async line(): Promise<string> {
    while (!this.#rest.includes("\n")) {
      const { done, value } = await this.#lines.read();
      if (done) throw new Error("Cannot go on: a process of the benchmark has ended");
      this.#rest += value;
    }
    const end = this.#rest.indexOf("\n");
    const line = this.#rest.slice(0, end);
    this.#rest = this.#rest.slice(end + 1);
    return line;
  }

  /** The next line that begins so, without the others before it. */
  async lineFrom(start: string): Promise<string> {
    for (;;) {
      const line = await this.line();
      if (line.startsWith(start)) return line;
    }
  }

  /** Tells it to go on. */
  async nudge(): Promise<void> {
    await this.#input.write(new Uint8Array([10]));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#process.kill("SIGKILL");
    } catch {
      // It has ended by itself.
    }
    await this.#process.status;
    await this.#lines.cancel();
    await this.#input.close().catch(() => {});
  }
}
