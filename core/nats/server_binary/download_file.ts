/** One file over HTTP into memory, given up soon when the other side stays silent. */
import { type Bytes, bytes, type Milliseconds } from "../../domain/units.ts";
import type { RouteContext } from "./route.ts";

/** Far above any archive of nats-server; a wrong address must not fill the memory. */
const LARGEST_FILE: Bytes = bytes(128 * 1024 * 1024);

/**
 * Downloads a file.
 * @throws {Error} With what went wrong and the address.
 * @throws The signal's reason, if it aborts.
 */
export async function downloadFile(
  url: string,
  context: Pick<RouteContext, "connectWithin" | "silenceWithin" | "signal" | "onProgress">,
): Promise<Uint8Array<ArrayBuffer>> {
  const { connectWithin, silenceWithin, signal, onProgress } = context;
  using silence = new SilenceWatch(signal);
  try {
    silence.expectWithin(connectWithin);
    const response = await fetch(url, { signal: silence.signal });
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      throw new Error(`the server answered ${response.status} ${response.statusText}`.trim());
    }
    const total = totalOf(response);
    onProgress({ kind: "downloading", url, received: bytes(0), total });
    const chunks: Uint8Array[] = [];
    let received = 0;
    silence.expectWithin(silenceWithin);
    for await (const chunk of response.body) {
      silence.expectWithin(silenceWithin);
      chunks.push(chunk);
      received += chunk.length;
      if (received > LARGEST_FILE) throw new Error(`it is larger than ${LARGEST_FILE} bytes`);
      onProgress({ kind: "downloading", url, received: bytes(received), total });
    }
    return concatenate(chunks, received);
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    const state = error instanceof Error ? error.message : String(error);
    throw new Error(`Cannot download ${url}: ${state}`, { cause: error });
  }
}

function totalOf(response: Response): Bytes | undefined {
  // With a content encoding the length is that of the encoded bytes, which we never see.
  if (response.headers.has("content-encoding")) return undefined;
  const text = response.headers.get("content-length");
  return text === null || !/^\d+$/.test(text) ? undefined : bytes(Number(text));
}

function concatenate(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}

/** Aborts its signal when nothing arrives in time, or when the outer signal aborts. */
class SilenceWatch implements Disposable {
  readonly signal: AbortSignal;
  readonly #silent = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(outer: AbortSignal | undefined) {
    const own = this.#silent.signal;
    this.signal = outer === undefined ? own : AbortSignal.any([own, outer]);
  }

  expectWithin(within: Milliseconds): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#silent.abort(new Error(`nothing came for ${within / 1000} s`));
    }, within);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }
}
