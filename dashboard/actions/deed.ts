/** What somebody can ask of a sweep, in words, and the command that does the same. */
import { isOver, type SweepStatus } from "../../core/domain/sweep.ts";
import type { Hyperparameters } from "../../core/domain/hyperparameters.ts";
import type { SweepId, TrialId } from "../../core/domain/ids.ts";
import type { SweepSpec } from "../../core/domain/sweep_spec.ts";
import type { ControlAction } from "../../core/protocol/messages.ts";

/** One request. */
export type Deed =
  | { readonly kind: "control"; readonly action: ControlAction }
  /** Null: all that have failed. */
  | { readonly kind: "retry"; readonly trials: readonly TrialId[] | null }
  | { readonly kind: "stopTrials"; readonly trials: readonly TrialId[] }
  | { readonly kind: "enqueue"; readonly hyperparameters: Hyperparameters }
  /** `options`: the same for `trawl extend`. */
  | { readonly kind: "extend"; readonly spec: SweepSpec; readonly options: readonly string[] };

/** Why nothing was done, where no coordinator was reached: `state` says what is known of it. */
export function unheard(
  deed: Deed,
  { sweep, status, state }: {
    readonly sweep: SweepId;
    readonly status: SweepStatus;
    readonly state: string;
  },
): string {
  const cannot = `Cannot ${words(deed, sweep)}`;
  if (deed.kind === "retry") {
    const target = deed.trials === null ? sweep : `${sweep}/${deed.trials.join()}`;
    return `${cannot}: ${state}. This command trains them: deno task trawl retry ${target}`;
  }
  if (status === "cancelled") return `${cannot}: it is cancelled, and that is final`;
  if (deed.kind === "extend") {
    const options = deed.options.map(quoted).join(" ");
    return `${cannot}: ${state}. This command does, and trains what is new: ` +
      `deno task trawl extend ${sweep} ${options}`.trimEnd();
  }
  if (isOver(status)) {
    const advice = deed.kind === "enqueue" ? "; an extension opens it again" : "";
    return `${cannot}: it is ${status}${advice}`;
  }
  return `${cannot}: ${state}. This command goes on with it: deno task trawl resume ${sweep}`;
}

function words(deed: Deed, sweep: SweepId): string {
  switch (deed.kind) {
    case "control":
      return `${deed.action} sweep "${sweep}"`;
    case "retry":
      return `retry failed trials of sweep "${sweep}"`;
    case "stopTrials":
      return `stop trial ${deed.trials.join(", ")} of sweep "${sweep}"`;
    case "enqueue":
      return `enqueue a configuration of sweep "${sweep}"`;
    case "extend":
      return `extend sweep "${sweep}"`;
    default:
      return deed satisfies never;
  }
}

/** For a shell, where that is needed. */
function quoted(word: string): string {
  return /^[\w.,=:+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
