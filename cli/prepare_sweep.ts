/** Everything that can be wrong with a sweep before it starts: its file, its data, its size. */
import { dirname, resolve } from "node:path";
import type { DatasetSummary } from "../core/domain/sweep_event.ts";
import type { DataTask, SweepSpec } from "../core/domain/sweep_spec.ts";
import { datasetRequestOf } from "../worker/dataset_request.ts";
import { openDataset } from "../worker/datasets/open_dataset.ts";
import { UserError } from "./exit_code.ts";
import type { Home } from "./home.ts";
import { parseSweepFile } from "./sweep_file/parse_sweep_file.ts";
import { type BundledModule, bundleModule } from "./user_module/bundle_module.ts";
import { readSweepFile, resolveSweepFile } from "./sweep_file/sweep_file_names.ts";

/** What of a sweep comes from the command line. */
export interface SweepRequest {
  /** A path, a name of a shipped sweep, or undefined for the quickstart. */
  readonly file: string | undefined;
  readonly set: readonly string[];
  readonly seed: number | undefined;
  readonly maxLanes: number | undefined;
  readonly runCap?: number | undefined;
  readonly dataDir: string | undefined;
}

/**
 * The sweep's spec.
 * @throws {SweepFileError | SweepFileNotFoundError} If the file or an override is wrong.
 */
export async function readSpec(request: SweepRequest): Promise<SweepSpec> {
  const path = await resolveSweepFile(request.file);
  const text = await readText(path);
  return parseSweepFile(text, {
    path,
    folder: resolve(dirname(path)),
    overrides: request.set,
    ...(request.seed === undefined ? {} : { seed: request.seed }),
    ...(request.maxLanes === undefined ? {} : { maxLanes: request.maxLanes }),
    ...(request.runCap === undefined ? {} : { runCap: request.runCap }),
  });
}

async function readText(path: string): Promise<string> {
  try {
    return await readSweepFile(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(
      reason.startsWith("Cannot ") ? reason : `Cannot read sweep file "${path}": ${reason}`,
      { cause: error },
    );
  }
}

/** Where data are looked for. */
export interface DataOptions {
  readonly home: Home;
  readonly dataDir: string | undefined;
  readonly cifar100Url: string | undefined;
  readonly onProgress: (receivedBytes: number, totalBytes: number | null) => void;
  readonly signal: AbortSignal;
}

/** What a sweep's trials train on, or the module that trains them. */
export interface SweepMatter {
  readonly dataset: DatasetSummary;
  /** To be shipped before the sweep begins; null: Trawl's own trainer trains. */
  readonly module: BundledModule | null;
}

/**
 * Opens the sweep's data, or bundles its module.
 * @throws {DatasetError} If the data cannot be found, fetched or read.
 * @throws {UserError} If the module cannot be bundled.
 */
export async function prepareMatter(spec: SweepSpec, options: DataOptions): Promise<SweepMatter> {
  const { task, seed } = spec;
  if (task.dataset !== "module") {
    return { dataset: await summarizeDataset({ task, seed }, options), module: null };
  }
  const module = await bundleModule(task, options);
  const examples = { trainExamples: 0, validationExamples: 0, testExamples: 0 };
  const { digest } = module;
  const dataset = { name: task.path, digest, features: 0, classes: [], ...examples };
  return { dataset, module };
}

/**
 * Opens the sweep's data once, so that what is wrong with it is said before anything starts.
 * @throws {DatasetError} If it cannot be found, fetched or read.
 */
async function summarizeDataset(
  { task, seed }: Pick<SweepSpec, "seed"> & { readonly task: DataTask },
  options: DataOptions,
): Promise<DatasetSummary> {
  const dataset = await openDataset(datasetRequestOf(task, seed), {
    home: options.home.path,
    progress: options.onProgress,
    signal: options.signal,
    ...(options.dataDir === undefined ? {} : { dataDir: options.dataDir }),
    ...(options.cifar100Url === undefined ? {} : { cifar100: { url: options.cifar100Url } }),
  });
  return {
    name: dataset.name,
    digest: dataset.digest,
    features: dataset.features,
    classes: dataset.classes,
    trainExamples: dataset.train.count,
    validationExamples: dataset.validation.count,
    testExamples: dataset.test.count,
  };
}
