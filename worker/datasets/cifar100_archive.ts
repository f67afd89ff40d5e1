/** Fetching the official archive of CIFAR-100 into a folder, once, whoever else wants it too. */
import { createTarDecoder } from "modern-tar";
import { setTimeout as wait } from "node:timers/promises";
import { type Milliseconds, milliseconds } from "../../core/domain/units.ts";
import { DatasetError } from "./dataset.ts";
import {
  download,
  DownloadError,
  type DownloadOptions,
  type DownloadProgress,
} from "./download.ts";
import { isFile } from "./files.ts";

/** Where the archive has been since 2009. */
export const CIFAR100_URL = "https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz";
/** The MD5 that its page states. */
export const CIFAR100_MD5 = "03b5dce01913d631647c71ecec9e9cb8";

/** Where to fetch from and where to put it. */
export interface ArchiveOptions {
  /** The folder that will hold `cifar-100-binary/`; made when it does not exist. */
  readonly datasets: string;
  /** Where to fetch it; the official address when absent. */
  readonly url?: string;
  /** The MD5 of that archive; the official one when absent. */
  readonly md5?: string;
  /** See `DownloadOptions`. */
  readonly silence?: Milliseconds;
  /** See `DownloadOptions`. */
  readonly retryDelay?: Milliseconds;
  /** Told about the bytes that arrive. */
  readonly progress?: DownloadProgress;
  /** Ends the download with its reason; what has arrived is kept for the next time. */
  readonly signal?: AbortSignal;
}

const FOLDER = "cifar-100-binary";
const WANTED: readonly string[] = ["train.bin", "test.bin", "fine_label_names.txt"];
const LOCK_POLL = milliseconds(200);

/**
 * Makes `<datasets>/cifar-100-binary/` from the archive. It appears whole or not at all; processes
 * that ask at the same time share one download.
 * @throws {DatasetError} If it cannot be fetched or unpacked; the message has the way by hand.
 */
export async function downloadCifar100(options: ArchiveOptions): Promise<void> {
  const { datasets, signal } = options;
  const partFile = `${datasets}/${FOLDER}.tar.gz.part`;
  await Deno.mkdir(datasets, { recursive: true });
  using part = await Deno.open(partFile, { read: true, write: true, create: true });
  // The lock goes with the handle, so a killed process leaves no lock behind.
  while (!await part.tryLock(true)) {
    signal?.throwIfAborted();
    await wait(LOCK_POLL);
  }
  if (await isFile(`${datasets}/${FOLDER}/train.bin`)) return;
  try {
    await download(part, downloadOptions(options));
    await unpack(partFile, datasets, signal);
  } catch (error) {
    signal?.throwIfAborted();
    throw new DatasetError(adviceFor(error, options), { cause: error });
  }
  await Deno.remove(partFile);
}

function downloadOptions(options: ArchiveOptions): DownloadOptions {
  const { datasets: _, url = CIFAR100_URL, md5 = CIFAR100_MD5, ...patience } = options;
  return { url, md5, ...patience };
}

async function unpack(archive: string, datasets: string, signal?: AbortSignal): Promise<void> {
  const fresh = await Deno.makeTempDir({ dir: datasets, prefix: `.${FOLDER}-` });
  try {
    const source = await Deno.open(archive);
    const found = await extractWanted(source.readable, fresh, signal);
    const missing = WANTED.filter((name) => !found.has(name));
    if (missing.length > 0) {
      throw new Error(`the archive has no ${missing.map((m) => `"${FOLDER}/${m}"`).join(", ")}`);
    }
    await Deno.rename(fresh, `${datasets}/${FOLDER}`);
  } catch (error) {
    await Deno.remove(fresh, { recursive: true });
    throw error;
  }
}

/** Writes the wanted files; other entries, whatever path they name, never touch the disk. */
async function extractWanted(
  archive: ReadableStream<Uint8Array<ArrayBuffer>>,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  const entries = archive
    .pipeThrough(new DecompressionStream("gzip"), signal === undefined ? {} : { signal })
    .pipeThrough(createTarDecoder());
  for await (const { header, body } of entries) {
    const wanted = WANTED.find((name) => header.name === `${FOLDER}/${name}`);
    if (wanted === undefined || (header.type ?? "file") !== "file") {
      await body.cancel();
      continue;
    }
    await Deno.writeFile(`${folder}/${wanted}`, body);
    found.add(wanted);
  }
  return found;
}

/** What went wrong, and the one command that does the same by hand. */
function adviceFor(error: unknown, { url = CIFAR100_URL, datasets }: ArchiveOptions): string {
  const reason = error instanceof DownloadError
    ? error.tried.map((met, i) => `attempt ${i + 1}: ${met}`).join("; ")
    : error instanceof Error
    ? error.message
    : String(error);
  return `Cannot get CIFAR-100: it is not in "${datasets}/${FOLDER}" and fetching ${url} failed ` +
    `(${reason}); to get it by hand run ` +
    `"mkdir -p data && curl -L ${CIFAR100_URL} | tar -xz -C data" and add "--data-dir data"`;
}
