/** How much the parameters of a sweep matter; of very many results not estimated anew for each. */
import type { Importance } from "../../core/domain/importance/importance.ts";
import { isOver } from "../../core/domain/sweep.ts";
import { importanceOf } from "../../core/views/importance.ts";
import type { LiveSweep } from "../live_sweep.ts";
import { resultsMark } from "./results_mark.ts";

/** From so many completed trials on an estimate takes so long that it must last for a while. */
const MANY = 2_000;
/** It lasts until this part of the results is new, or the sweep is over. */
const NEW_PART = 0.05;

interface Made {
  readonly epoch: string;
  readonly mark: string;
  readonly completed: number;
  readonly importance: Importance;
}

const made = new WeakMap<LiveSweep, Made>();

/** The importance. It says from how many configurations it is: of many, a few may have come since. */
export function liveImportance(live: LiveSweep): Importance {
  const { epoch, view: { ledger } } = live;
  const { completed } = ledger.counts;
  const mark = resultsMark(live);
  const known = made.get(live);
  const isExact = isOver(ledger.status) || completed < MANY;
  if (known !== undefined && known.epoch === epoch) {
    const isYoung = completed >= known.completed && completed <= known.completed * (1 + NEW_PART);
    if (known.mark === mark || (!isExact && isYoung)) return known.importance;
  }
  const importance = importanceOf(ledger);
  made.set(live, { epoch, mark, completed, importance });
  return importance;
}
