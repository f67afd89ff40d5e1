/** Where a report finds what completed trials have left behind besides their metrics. */
import { getLogger } from "@logtape/logtape";
import type { ArtifactStore } from "../../core/protocol/ports.ts";
import type { ReadResult } from "../../core/views/report/after_training.ts";
import { readTrialResult } from "../../core/views/trial_files.ts";

const logger = getLogger(["trawl", "cli"]);

/** Reads result files; one that cannot be read must not hide the rest of the report. */
export function resultReader(artifacts: Pick<ArtifactStore, "get">): ReadResult {
  return async (view, trial) => {
    try {
      return await readTrialResult(artifacts, trial);
    } catch (error) {
      logger.warn("Cannot read the result of trial {trial} of {sweep}: {error}", {
        trial: trial.id,
        sweep: view.id,
        error,
      });
      return null;
    }
  };
}
