/** Clients that read a sweep's overview stream, in a process of their own: `URL CLIENTS`. */
import { LOAD_SWEEP } from "./writer_process.ts";

/** What a client has heard of. */
export interface Heard {
  /** When news up to a sequence had come, in ms since 1970. */
  readonly batches: readonly (readonly [at: number, sequence: number])[];
  readonly bytes: number;
  readonly resyncs: number;
}

/** Says "open" when all streams are, reads until it is told to stop, then prints what it has heard. */
async function read(url: string, clients: number): Promise<void> {
  const streams = await Promise.all(Array.from({ length: clients }, () => open(url)));
  const heard = streams.map(listen);
  console.log("open");
  await Deno.stdin.read(new Uint8Array(1));
  // Not by a signal given to `fetch`: Deno (2.9) may forget it when it collects garbage, while
  // the body is still being read.
  for (const stream of streams) await stream.cancel();
  console.log(JSON.stringify(await Promise.all(heard)));
}

type TextStream = ReadableStreamDefaultReader<string>;

async function open(url: string): Promise<TextStream> {
  const snapshot = await (await fetch(`${url}api/v1/sweeps/${LOAD_SWEEP}/snapshot`)).json();
  const topics = encodeURIComponent(`sweep/${LOAD_SWEEP}@${snapshot.asOf}`);
  const response = await fetch(`${url}api/v1/stream?topics=${topics}`);
  if (response.status !== 200 || response.body === null) throw new Error(await response.text());
  return response.body.pipeThrough(new TextDecoderStream()).getReader();
}

async function listen(stream: TextStream): Promise<Heard> {
  const batches: (readonly [number, number])[] = [];
  let bytes = 0;
  let resyncs = 0;
  let rest = "";
  let sequence = 0;
  for (let next = await stream.read(); !next.done; next = await stream.read()) {
    bytes += next.value.length;
    const lines = (rest + next.value).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line.startsWith("data: sweep/")) sequence = Number(line.split(".").at(-1));
      if (line.startsWith("data: resync")) resyncs++;
      // An event is there when its empty line is.
      if (line === "" && sequence > 0) batches.push([Date.now(), sequence]);
      if (line === "") sequence = 0;
    }
  }
  return { batches, bytes, resyncs };
}

if (import.meta.main) {
  const [url = "", clients = ""] = Deno.args;
  await read(url, Number(clients));
  Deno.exit(0);
}
