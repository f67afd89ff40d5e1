/** Clients that read a sweep's overview stream, in a process of their own: `URL CLIENTS`. */
import { say } from "./say.ts";
import { LOAD_SWEEP } from "./writer_process.ts";

/** What a client has heard of. */
export interface Heard {
  /** When news up to a sequence had come, in ms since 1970. */
  readonly batches: readonly (readonly [at: number, sequence: number])[];
  readonly bytes: number;
  readonly resyncs: number;
}

/** Reads until standard input ends, then prints what each client has heard, as JSON. */
async function read(url: string, clients: number): Promise<void> {
  const ending = new AbortController();
  const heard = Array.from({ length: clients }, () => listen(url, ending.signal));
  await Deno.stdin.read(new Uint8Array(1));
  ending.abort();
  await say(await Promise.all(heard));
}

async function listen(url: string, signal: AbortSignal): Promise<Heard> {
  const batches: (readonly [number, number])[] = [];
  let bytes = 0;
  let resyncs = 0;
  try {
    const snapshot = await (await fetch(`${url}api/v1/sweeps/${LOAD_SWEEP}/snapshot`)).json();
    const topics = encodeURIComponent(`sweep/${LOAD_SWEEP}@${snapshot.asOf}`);
    const response = await fetch(`${url}api/v1/stream?topics=${topics}`, { signal });
    if (response.status !== 200 || response.body === null) throw new Error(await response.text());
    let rest = "";
    let sequence = 0;
    for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
      bytes += text.length;
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (line.startsWith("data: sweep/")) sequence = Number(line.split(".").at(-1));
        if (line.startsWith("data: resync")) resyncs++;
        // An event is there when its empty line is.
        if (line === "" && sequence > 0) batches.push([Date.now(), sequence]);
        if (line === "") sequence = 0;
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return { batches, bytes, resyncs };
}

if (import.meta.main) {
  const [url = "", clients = ""] = Deno.args;
  await read(url, Number(clients));
  Deno.exit(0);
}
