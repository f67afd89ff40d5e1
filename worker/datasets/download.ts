/** A download into an open file that survives cuts: resumed by Range, checked by MD5. */
import { createHash } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { type Milliseconds, milliseconds } from "../../core/domain/units.ts";

/** Told how many bytes have arrived, and of how many where the server says it. */
export type DownloadProgress = (receivedBytes: number, totalBytes: number | null) => void;

/** What to download and how patiently. */
export interface DownloadOptions {
  /** An `http:` or `https:` address. */
  readonly url: string;
  /** The MD5 of the whole file, in hex. */
  readonly md5: string;
  /** How long a server may send nothing before the attempt counts as failed; 30 s when absent. */
  readonly silence?: Milliseconds;
  /** The pause before the second attempt, doubled before each further one; 1 s when absent. */
  readonly retryDelay?: Milliseconds;
  /** Told at the beginning of each attempt and after each piece. */
  readonly progress?: DownloadProgress;
  /** Ends the download with its reason; what has arrived stays in the file. */
  readonly signal?: AbortSignal;
}

const ATTEMPTS = 4;
const DEFAULT_SILENCE = milliseconds(30_000);
const DEFAULT_RETRY_DELAY = milliseconds(1000);

/**
 * Completes `file` with the bytes of a URL. What the file already holds is kept and continued;
 * after a cut or an abort it keeps what arrived, so that a later call can go on from there.
 * @throws {DownloadError} If the file could not be completed, with what each attempt met.
 */
export async function download(file: Deno.FsFile, options: DownloadOptions): Promise<void> {
  const { signal, retryDelay = DEFAULT_RETRY_DELAY } = options;
  const tried: string[] = [];
  while (tried.length < ATTEMPTS) {
    signal?.throwIfAborted();
    if (tried.length > 0) await pause(retryDelay * 2 ** (tried.length - 1), signal);
    const outcome = await attempt(file, options);
    if (outcome.kind === "complete") return;
    tried.push(outcome.reason);
    if (outcome.kind === "refused") break;
  }
  throw new DownloadError(options.url, tried);
}

type Outcome =
  | { readonly kind: "complete" }
  /** Worth another attempt. */
  | { readonly kind: "cut"; readonly reason: string }
  /** Another attempt would meet the same. */
  | { readonly kind: "refused"; readonly reason: string };

async function attempt(file: Deno.FsFile, options: DownloadOptions): Promise<Outcome> {
  const before = (await file.stat()).size;
  try {
    const refusal = await receive(file, { ...options, before });
    if (refusal !== null) return refusal;
  } catch (error) {
    options.signal?.throwIfAborted();
    return { kind: "cut", reason: describe(error) };
  }
  const found = await md5Of(file);
  if (found === options.md5) return { kind: "complete" };
  await file.truncate(0);
  const reason = `the MD5 of the file was ${found}; it must be ${options.md5}`;
  // A file put together from two visits may be of two versions; one from a single visit is wrong.
  return { kind: before > 0 ? "cut" : "refused", reason };
}

/** One request; the file grows by what arrives. Returns why there is nothing to check, or null. */
async function receive(
  file: Deno.FsFile,
  options: DownloadOptions & { readonly before: number },
): Promise<Outcome | null> {
  const { url, before, progress } = options;
  using watch = watchSilence(options.silence ?? DEFAULT_SILENCE, options.signal);
  // A server that compresses in transit would change the bytes that the checksum is of.
  const headers = new Headers({ "accept-encoding": "identity" });
  if (before > 0) headers.set("range", `bytes=${before}-`);
  const response = await fetch(url, { headers, signal: watch.signal });
  watch.heard();
  const plan = planOf(response, before);
  if (plan.kind !== "receive") {
    await response.body?.cancel();
    if (plan.kind === "cut") await file.truncate(0);
    return plan.kind === "whole" ? null : plan;
  }
  if (plan.from !== before) await file.truncate(plan.from);
  await file.seek(plan.from, Deno.SeekMode.Start);
  let received = plan.from;
  progress?.(received, plan.total);
  for await (const chunk of response.body ?? []) {
    watch.heard();
    await writeAll(file, chunk);
    received += chunk.length;
    progress?.(received, plan.total);
  }
  if (plan.total === null || received === plan.total) return null;
  return { kind: "cut", reason: `the connection ended after ${received} of ${plan.total} bytes` };
}

type Plan =
  | { readonly kind: "receive"; readonly from: number; readonly total: number | null }
  /** The file holds everything already. */
  | { readonly kind: "whole" }
  | Outcome & { readonly kind: "cut" | "refused" };

/** What a response means for a file that holds `before` bytes. */
function planOf(response: Response, before: number): Plan {
  const { status, headers } = response;
  const range = /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/.exec(headers.get("content-range") ?? "");
  const total = range?.[2] === undefined || range[2] === "*" ? null : Number(range[2]);
  if (status === 206 && Number(range?.[1]) === before) {
    return { kind: "receive", from: before, total };
  }
  if (status === 416 && total === before) return { kind: "whole" };
  if (status === 416 || status === 206) {
    return { kind: "cut", reason: `the server could not continue at byte ${before}` };
  }
  if (status === 200) {
    const length = headers.get("content-length");
    return { kind: "receive", from: 0, total: length === null ? null : Number(length) };
  }
  const reason = `the server answered ${status} ${response.statusText}`.trimEnd();
  const mayPass = status >= 500 || status === 408 || status === 429;
  return mayPass ? { kind: "cut", reason } : { kind: "refused", reason };
}

interface SilenceWatch extends Disposable {
  /** Aborts when the server was silent for too long, or when the caller's signal does. */
  readonly signal: AbortSignal;
  /** To be called whenever something arrived. */
  readonly heard: () => void;
}

function watchSilence(silence: Milliseconds, signal: AbortSignal | undefined): SilenceWatch {
  const silent = new AbortController();
  const give = (): void => silent.abort(new Error(`the server sent nothing for ${silence} ms`));
  let timer = setTimeout(give, silence);
  return {
    signal: signal === undefined ? silent.signal : AbortSignal.any([signal, silent.signal]),
    heard: () => {
      clearTimeout(timer);
      timer = setTimeout(give, silence);
    },
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}

async function writeAll(file: Deno.FsFile, chunk: Uint8Array): Promise<void> {
  for (let written = 0; written < chunk.length;) {
    written += await file.write(chunk.subarray(written));
  }
}

async function md5Of(file: Deno.FsFile): Promise<string> {
  const hash = createHash("md5");
  const buffer = new Uint8Array(1 << 20);
  await file.seek(0, Deno.SeekMode.Start);
  for (let read = await file.read(buffer); read !== null; read = await file.read(buffer)) {
    hash.update(buffer.subarray(0, read));
  }
  return hash.digest("hex");
}

/** @throws The signal's reason. */
async function pause(duration: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await wait(duration, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A download that did not succeed: what was asked for and what each attempt met. */
export class DownloadError extends Error {
  /** Constant, so that it survives minifiers and subclasses. */
  override readonly name = "DownloadError";
  /** Where it was to come from. */
  readonly url: string;
  /** One reason for each attempt, in order. */
  readonly tried: readonly string[];

  /** `tried` has one reason for each attempt, in order. */
  constructor(url: string, tried: readonly string[]) {
    super(
      `Cannot download ${url}: ` +
        tried.map((reason, i) => `attempt ${i + 1}: ${reason}`).join("; "),
    );
    this.url = url;
    this.tried = tried;
  }
}
