/** What method, metrics, scheduler, replicates and parameters say together. */
import type { ObjectiveMetric } from "../../core/domain/objective.ts";
import type { SchedulerSpec } from "../../core/domain/scheduler_spec.ts";
import { domainSize } from "../../core/domain/search_space.ts";
import type { SamplerMethod } from "../../core/domain/sweep_spec.ts";
import { LEARNING_METHODS } from "./format.ts";
import type { MapReader } from "./map_reader.ts";
import type { Epochs } from "./read_epochs.ts";
import type { PlacedParameter } from "./placed_parameter.ts";
import { CHANGING_PARAMETERS } from "./scheduler_format.ts";

/** A search as a whole; null is what has problems in the log already. */
export interface Search {
  readonly method: SamplerMethod | null;
  readonly objectives: readonly ObjectiveMetric[] | null;
  readonly scheduler: SchedulerSpec | null;
  readonly isRacing: boolean;
  readonly epochs: Epochs | null;
  readonly isModule: boolean;
  readonly parameters: readonly PlacedParameter[];
}

/** Notes what does not go together. */
export function checkSearch(sweep: MapReader, search: Search): void {
  checkObjectives(sweep, search);
  checkRace(sweep, search);
  const { method, scheduler, parameters } = search;
  if (sweep.get("batch") !== undefined && method !== null && !LEARNING_METHODS.has(method)) {
    const must = [...LEARNING_METHODS].join(", ");
    sweep.refuseKey(
      "batch",
      `found with method ${method}, it belongs to those that learn: ${must}`,
    );
  }
  if (method === "cmaes" && parameters.every(({ domain }) => domainSize(domain) === 1)) {
    sweep.refuse("method", "found cmaes, it must have a parameter with more than one value");
  }
  if (scheduler !== null) checkScheduler(sweep, { ...search, scheduler });
}

function checkObjectives(sweep: MapReader, { method, objectives, isRacing }: Search): void {
  const count = objectives?.length ?? 1;
  if (count === 1) return;
  if (method === "gp" || method === "cmaes") {
    const must = "it must be nsga2, tpe, sobol, random or grid, or one metric";
    sweep.refuse("method", `found ${method} with ${count} metrics, ${must}`);
  }
  if (isRacing) {
    sweep.refuse(
      "replicates",
      `found auto with ${count} metrics, it must be a number: a race has one`,
    );
  }
}

function checkRace(sweep: MapReader, { method, scheduler, isRacing }: Search): void {
  if (!isRacing) return;
  const other = scheduler !== null
    ? `early_terminate ${scheduler.type}`
    : method !== null && LEARNING_METHODS.has(method)
    ? `method ${method}`
    : null;
  if (other === null) return;
  sweep.refuse(
    "replicates",
    `found auto with ${other}, it must be a number: both would decide what is trained`,
  );
}

function checkScheduler(
  sweep: MapReader,
  search: Search & { readonly scheduler: SchedulerSpec },
): void {
  const { scheduler, epochs, isModule } = search;
  const { type } = scheduler;
  const refuse = (message: string): void => sweep.refuse("early_terminate", message);
  if (isModule && pauses(scheduler)) {
    const found = type === "asha" ? "asha, variant promotion," : type;
    refuse(
      `found ${found} with a module, which cannot be paused, ` +
        "it must be median, patience or { type: asha, variant: stopping }",
    );
    return;
  }
  const mayVary = type === "median" || type === "patience";
  if (!mayVary && (epochs === null || epochs.min !== epochs.max)) {
    const found = epochs === null ? "no epochs" : `epochs from ${epochs.min} to ${epochs.max}`;
    refuse(`found ${found} with ${type}, it must be one number for all: epochs: { value: 27 }`);
  } else if (epochs !== null) {
    for (const [key, least] of leastEpochs(scheduler)) {
      if (least < epochs.max) continue;
      const what = wordOf(sweep, key);
      refuse(`found ${what} ${least}, it must be less than the ${epochs.max} epochs of a trial`);
    }
  }
  if (type === "pbt") checkPopulation(sweep, search);
}

/** Whether trials wait in a checkpoint for what the scheduler decides. */
function pauses(scheduler: SchedulerSpec): boolean {
  switch (scheduler.type) {
    case "asha":
      return scheduler.variant === "promotion";
    case "hyperband":
    case "pbt":
      return true;
    case "median":
    case "patience":
      return false;
    default:
      return scheduler satisfies never;
  }
}

/** W&B's word for the first epoch that counts, where the file has it. */
function wordOf(sweep: MapReader, key: string): string {
  const node = sweep.get("early_terminate");
  const keys = node?.kind === "map" ? node.entries.map((entry) => entry.key) : [];
  return key === "min_epochs" && keys.includes("min_iter") ? "min_iter" : key;
}

/** The epochs before which the scheduler decides nothing, with their key. */
function leastEpochs(scheduler: SchedulerSpec): readonly (readonly [string, number])[] {
  switch (scheduler.type) {
    case "median":
    case "asha":
    case "hyperband":
      return [["min_epochs", scheduler.minEpochs]];
    case "pbt":
      return [["interval", scheduler.interval]];
    case "patience":
      return [["min_epochs", scheduler.minEpochs], ["patience", scheduler.patience]];
    default:
      return scheduler satisfies never;
  }
}

function checkPopulation(sweep: MapReader, { method, parameters, isModule }: Search): void {
  if (method !== null && method !== "random") {
    sweep.refuse("method", `found ${method} with pbt, it must be random: pbt changes them itself`);
  }
  const canChange = parameters.some(({ name, domain }) =>
    (isModule ? name !== "epochs" : CHANGING_PARAMETERS.includes(name)) && domainSize(domain) > 1
  );
  if (canChange) return;
  const must = isModule ? "a parameter" : CHANGING_PARAMETERS.join(", ");
  sweep.refuse(
    "early_terminate",
    `found nothing that pbt could change, it must have ${must} with more than one value`,
  );
}
