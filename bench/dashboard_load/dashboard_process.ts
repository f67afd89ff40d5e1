/** The dashboard, as the program runs it, in a process that also tells what its heap holds: `NATS`. */
import { runCli } from "../../cli/program.ts";
import { systemTimers } from "../../cli/system_timers.ts";

/** What lives, once nothing that is garbage is counted. */
export interface HeapReport {
  readonly heapBytes: number;
  /** Buffers outside the heap. */
  readonly externalBytes: number;
}

/** Each byte of standard input is answered by a `HeapReport`, as a line of JSON. */
async function tellOfHeap(): Promise<void> {
  const asked = new Uint8Array(1);
  while (await Deno.stdin.read(asked) !== null) {
    collectGarbage();
    const { heapUsed, external } = Deno.memoryUsage();
    const report: HeapReport = { heapBytes: heapUsed, externalBytes: external };
    console.log(JSON.stringify(report));
  }
}

/** @throws {TypeError} If the process was started without `--expose-gc`. */
function collectGarbage(): void {
  const collect: unknown = Reflect.get(globalThis, "gc");
  if (typeof collect !== "function") throw new TypeError("Cannot collect garbage: no --expose-gc");
  collect();
}

if (import.meta.main) {
  const [nats = ""] = Deno.args;
  const ended = runCli(["dashboard", "--nats", nats, "--port", "0"], {
    // One pipe for both: who reads it waits for the line that it wants.
    output: { line: (text) => console.log(text), note: (text) => console.log(text) },
    env: (name) => Deno.env.get(name),
    timers: systemTimers,
  });
  await Promise.race([ended, tellOfHeap()]);
  Deno.exit(await ended);
}
