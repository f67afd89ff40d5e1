/** Which parameters matter most, in a few lines; not estimated anew for every single result. */
import type { Importance } from "../../core/domain/importance/importance.ts";
import { isOver } from "../../core/domain/sweep.ts";
import { importanceOf } from "../../core/views/importance.ts";
import type { ImportanceBrief } from "../client/overview/panels_model.ts";
import type { LiveSweep } from "../live_sweep.ts";

/** Parameters that are listed. */
const SHOWN = 6;
/** A running sweep's is estimated again when this part of its results is new. */
const NEW_PART = 0.05;

interface Made {
  readonly epoch: string;
  readonly completed: number;
  readonly isFinal: boolean;
  readonly brief: ImportanceBrief;
}

const made = new WeakMap<LiveSweep, Made>();

/** The brief. It says from how many configurations it was estimated: a few may have come since. */
export function importanceBrief(live: LiveSweep): ImportanceBrief {
  const { ledger } = live.view;
  const { completed } = ledger.counts;
  const isFinal = isOver(ledger.status);
  const known = made.get(live);
  if (known !== undefined && known.epoch === live.epoch) {
    const isFresh = isFinal
      ? known.isFinal && known.completed === completed
      : completed <= known.completed * (1 + NEW_PART);
    if (isFresh) return known.brief;
  }
  const brief = briefOf(importanceOf(ledger));
  made.set(live, { epoch: live.epoch, completed, isFinal, brief });
  return brief;
}

/** The first lines of an importance. */
export function briefOf({ estimator, n, parameters }: Importance): ImportanceBrief {
  return {
    estimator,
    n,
    parameters: parameters.slice(0, SHOWN)
      .map(({ name, share, interval }) => ({ name, share, interval })),
    total: parameters.length,
  };
}
