/** A scheduler for people: what the sweep file says, without its punctuation. */
import type { SchedulerSpec } from "../../core/domain/scheduler_spec.ts";
import { schedulerText } from "../../core/views/report/search_file_text.ts";

/** Such as `asha · variant promotion · min_epochs 2 · eta 3`. */
export function schedulerWords(scheduler: SchedulerSpec): string {
  return schedulerText(scheduler)
    .replace(/^\{ type: | \}$/g, "")
    .replaceAll(": ", " ")
    // The commas of lists stay: numbers follow them.
    .replaceAll(/, (?=[a-z])/g, " · ");
}
