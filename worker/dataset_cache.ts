/** The dataset of the last pack, kept for the next one: packs of one sweep come one after the other. */
import type { DataJob } from "./thread_messages.ts";
import { datasetRequestOf } from "./dataset_request.ts";
import { type Dataset, DatasetError } from "./datasets/dataset.ts";
import { openDataset, type OpenDatasetOptions } from "./datasets/open_dataset.ts";

/** Holds at most one dataset, because they are large. */
export class DatasetCache {
  #kept: { readonly key: string; readonly dataset: Dataset } | null = null;

  /**
   * The data of a job, from the cache where they are the same.
   * @throws {DatasetError} If they cannot be had, or are not those that the sweep was created with.
   */
  async open(
    job: Pick<DataJob, "task" | "seed" | "datasetDigest">,
    options: OpenDatasetOptions,
  ): Promise<Dataset> {
    const request = datasetRequestOf(job.task, job.seed);
    const key = JSON.stringify(request);
    if (this.#kept?.key !== key) {
      // Two at once might be more than memory holds.
      this.#kept = null;
      this.#kept = { key, dataset: await openDataset(request, options) };
    }
    const { dataset } = this.#kept;
    if (dataset.digest !== job.datasetDigest) {
      // Files that were wrong may be mended before the next attempt.
      this.#kept = null;
      throw new DatasetError(
        `Cannot train on ${dataset.name}: the data here have digest ${dataset.digest}; ` +
          `it must be ${job.datasetDigest}, that of the sweep`,
      );
    }
    return dataset;
  }
}
