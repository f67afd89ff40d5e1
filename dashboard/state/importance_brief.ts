/** Which parameters matter most, in a few lines. */
import type { Importance } from "../../core/domain/importance/importance.ts";
import type { ImportanceBrief } from "../client/overview/panels_model.ts";

/** Parameters that are listed. */
const SHOWN = 6;

/** The first lines of an importance. It says from how many configurations it was estimated. */
export function importanceBrief({ estimator, n, parameters }: Importance): ImportanceBrief {
  return {
    estimator,
    n,
    parameters: parameters.slice(0, SHOWN)
      .map(({ name, share, interval }) => ({ name, share, interval })),
    total: parameters.length,
  };
}
