/** Opening the dataset that a sweep names: finding or fetching its files, reading, dividing. */
import type { CsvTask, GeneratedTask, IdxTask } from "../../core/domain/sweep_spec.ts";
import { readCifar100 } from "./cifar100.ts";
import { type ArchiveOptions, downloadCifar100 } from "./cifar100_archive.ts";
import { type Dataset, DatasetError, type SourceDataset } from "./dataset.ts";
import { DEFAULT_VALIDATION_FRACTION, divideDataset, type DivideOptions } from "./divide.ts";
import type { DownloadProgress } from "./download.ts";
import { isFile } from "./files.ts";
import { readMnist } from "./mnist.ts";
import { generateNoisySigmoid } from "./noisy_sigmoid.ts";
import { openUserCsv } from "./user_csv.ts";
import { readUserIdx } from "./user_idx.ts";
import { generateXor } from "./xor.ts";

/** Which data a sweep asks for, and how it is divided. */
export type DatasetRequest =
  & {
    readonly seed: number;
    readonly validation?: "test" | number;
    readonly trainExamples?: number;
  }
  & (
    | { readonly dataset: "mnist" }
    | { readonly dataset: "cifar100"; readonly classes: readonly number[] }
    | { readonly dataset: "xor" } & GeneratedTask
    | { readonly dataset: "noisy-sigmoid" } & GeneratedTask
    | { readonly dataset: "csv" } & CsvTask
    | { readonly dataset: "idx" } & IdxTask
  );

/** Where data may lie, and how to fetch what does not. */
export interface OpenDatasetOptions {
  /** The home directory; downloads are kept in `<home>/datasets`. */
  readonly home: string;
  /** The folder that the user named with `--data-dir`; looked at first. */
  readonly dataDir?: string;
  /** Another place to fetch CIFAR-100 from, with the archive's own checksum. */
  readonly cifar100?: Partial<Pick<ArchiveOptions, "url" | "md5" | "silence" | "retryDelay">>;
  /** Told about a download under way. */
  readonly progress?: DownloadProgress;
  /** Ends reading or downloading with its reason. */
  readonly signal?: AbortSignal;
}

/**
 * Opens a dataset, downloading it when it is nowhere on this machine.
 * @throws {DatasetError} If it cannot be found, fetched, read or divided as asked.
 */
export async function openDataset(
  request: DatasetRequest,
  options: OpenDatasetOptions,
): Promise<Dataset> {
  const { seed, validation = DEFAULT_VALIDATION_FRACTION, trainExamples } = request;
  const division: DivideOptions = {
    seed,
    validation,
    ...(trainExamples === undefined ? {} : { trainExamples }),
  };
  // A table is divided before it is turned into numbers: they depend on what is trained on.
  if (request.dataset === "csv") {
    return await openUserCsv(request, { ...division, ...userOptions(options) });
  }
  const source = await readSource(request, options);
  options.signal?.throwIfAborted();
  return divideDataset(source, division);
}

function userOptions(
  { dataDir, signal }: OpenDatasetOptions,
): { readonly dataDir: string | undefined; readonly signal?: AbortSignal } {
  return { dataDir, ...(signal === undefined ? {} : { signal }) };
}

async function readSource(
  request: Exclude<DatasetRequest, { readonly dataset: "csv" }>,
  options: OpenDatasetOptions,
): Promise<SourceDataset> {
  const signal = options.signal === undefined ? {} : { signal: options.signal };
  switch (request.dataset) {
    case "mnist":
      return await readMnist(signal);
    case "cifar100":
      return await readCifar100({
        dir: await locateCifar100(options),
        classes: request.classes,
        ...signal,
      });
    case "xor":
      return generateXor(request);
    case "noisy-sigmoid":
      return generateNoisySigmoid(request);
    case "idx":
      return await readUserIdx(request, { seed: request.seed, ...userOptions(options) });
    default:
      return request satisfies never;
  }
}

/** The folder with `train.bin`: the user's, the home's, or the home's after a download. */
async function locateCifar100(options: OpenDatasetOptions): Promise<string> {
  const { home, dataDir, cifar100, progress, signal } = options;
  if (dataDir !== undefined) {
    for (const dir of [`${dataDir}/cifar-100-binary`, dataDir]) {
      if (await isFile(`${dir}/train.bin`)) return dir;
    }
    // Not a reason to download 161 MB: a folder that was named is a folder that was meant.
    throw new DatasetError(
      `Cannot find CIFAR-100 in "${dataDir}": ` +
        `it must hold "cifar-100-binary/train.bin" or "train.bin"`,
    );
  }
  const datasets = `${home}/datasets`;
  const cached = `${datasets}/cifar-100-binary`;
  if (await isFile(`${cached}/train.bin`)) return cached;
  await downloadCifar100({
    datasets,
    ...cifar100,
    ...(progress === undefined ? {} : { progress }),
    ...(signal === undefined ? {} : { signal }),
  });
  return cached;
}
