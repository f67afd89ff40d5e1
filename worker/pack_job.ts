/** What a training thread is given, out of what a coordinator has granted. */
import type { SweepId } from "../core/domain/ids.ts";
import type { ApiReplies } from "../core/protocol/messages.ts";
import { type LoadArtifact, startingPoint } from "./starting_point.ts";
import type { PackJob } from "./thread_messages.ts";
import type { ModuleStore } from "./user_module/module_store.ts";

/** Where the rest of a job comes from. */
export interface PackJobSources {
  readonly sweep: SweepId;
  readonly modules: Pick<ModuleStore, "load">;
  readonly load: LoadArtifact;
}

/**
 * The job of a granted attempt.
 * @throws {Error} If a lane would have to start over that cannot, or its module cannot be had.
 */
export async function packJobOf(
  grant: Extract<ApiReplies["claim"], { readonly type: "granted" }>,
  { sweep, modules, load }: PackJobSources,
): Promise<PackJob> {
  const { seed, task, datasetDigest, until, waitAfter } = grant;
  const job = {
    sweep,
    seed,
    lanes: grant.lanes.map(({ trial, replicate, hyperparameters }) => ({
      trial,
      replicate,
      hyperparameters,
    })),
    resume: await startingPoint(grant.lanes, load),
    ...(until === undefined ? {} : { until }),
    ...(waitAfter === undefined ? {} : { waitAfter }),
  };
  if (task.dataset !== "module") return { ...job, task, datasetDigest };
  const text = await modules.load(datasetDigest);
  const { metric = null, objectives } = grant;
  return { ...job, task, text, metric, ...(objectives === undefined ? {} : { objectives }) };
}
