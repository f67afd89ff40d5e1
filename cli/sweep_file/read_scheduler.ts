/** `early_terminate` of a sweep file: which trials go on, and until when. */
import type { SchedulerSpec } from "../../core/domain/scheduler_spec.ts";
import type { MapReader } from "./map_reader.ts";
import type { Epochs } from "./read_epochs.ts";
import {
  ASHA_VARIANTS,
  ETA,
  MEDIAN_INTERVAL,
  MIN_EPOCHS,
  MIN_TRIALS,
  PATIENCE,
  PBT,
  PBT_EXCHANGES,
  POSITIVE,
  SCHEDULER_KEYS,
  SCHEDULER_TYPES,
  type SchedulerType,
  WANDB_BRACKETS,
  WANDB_HYPERBAND_KEYS,
} from "./scheduler_format.ts";

/** The scheduler; null if there is none, or after its problems went to the log. */
export function readScheduler(sweep: MapReader, epochs: Epochs | null): SchedulerSpec | null {
  const node = sweep.get("early_terminate");
  const entries = node?.kind === "map" ? node.entries : [];
  const typed = entries.find(({ key }) => key === "type")?.value;
  const type = SCHEDULER_TYPES.find((each) => typed?.kind === "scalar" && typed.value === each);
  const isWandb = type === "hyperband" &&
    entries.some(({ key }) => WANDB_HYPERBAND_KEYS.includes(key));
  const reader = sweep.map("early_terminate", {
    keys: ["type", ...(isWandb ? [...WANDB_HYPERBAND_KEYS, "eta"] : keysOf(type))],
    advice: adviceFor(type),
    example: "{ type: asha, min_epochs: 1, eta: 3 }",
  });
  if (reader === null) return null;
  if (typed === undefined) {
    reader.refuseSelf(`found no type, it must have one of ${SCHEDULER_TYPES.join(", ")}`);
  }
  if (type === undefined) reader.choice("type", SCHEDULER_TYPES);
  if (type === undefined || type === "none") return null;
  return isWandb ? readWandbHyperband(reader) : readType(reader, { type, epochs });
}

/** All keys there are where it is not known which type is meant: one answer is enough. */
function keysOf(type: SchedulerType | undefined): readonly string[] {
  return type === undefined
    ? [...Object.values(SCHEDULER_KEYS).flat(), ...WANDB_HYPERBAND_KEYS]
    : SCHEDULER_KEYS[type];
}

function adviceFor(type: SchedulerType | undefined): ReadonlyMap<string, string> {
  if (type === undefined) return new Map();
  const all = SCHEDULER_TYPES.flatMap((each) => SCHEDULER_KEYS[each]);
  const advice = all.map((key): [string, string] => {
    const owners = SCHEDULER_TYPES.filter((each) => SCHEDULER_KEYS[each].includes(key));
    return [key, `it belongs to type ${owners.join(" and ")}, and this is ${type}`];
  });
  return new Map(advice);
}

function readType(
  reader: MapReader,
  { type, epochs }: {
    readonly type: Exclude<SchedulerType, "none">;
    readonly epochs: Epochs | null;
  },
): SchedulerSpec {
  const minEpochs = reader.integer("min_epochs", MIN_EPOCHS) ?? MIN_EPOCHS.default;
  const eta = reader.integer("eta", ETA) ?? ETA.default;
  switch (type) {
    case "median":
      return {
        type,
        minEpochs,
        minTrials: reader.integer("min_trials", MIN_TRIALS) ?? MIN_TRIALS.default,
        interval: reader.integer("interval", POSITIVE) ?? MEDIAN_INTERVAL,
      };
    case "asha": {
      const variant = reader.choice("variant", ASHA_VARIANTS) ?? "promotion";
      return { type, variant, minEpochs, eta };
    }
    case "hyperband":
      return { type, minEpochs, eta };
    case "pbt":
      return { type, ...readPopulation(reader, epochs) };
    case "patience":
      return {
        type,
        patience: reader.integer("patience", PATIENCE) ?? defaultPatience(epochs),
        minDelta: reader.number("min_delta", {
          admits: (value) => value >= 0 && Number.isFinite(value),
          must: "a number >= 0, in the metric's unit",
        }) ?? 0,
        minEpochs,
      };
    default:
      return type satisfies never;
  }
}

/** Shorter than the trial, where that is possible. */
function defaultPatience(epochs: Epochs | null): number {
  return Math.max(1, Math.min(PATIENCE.default, (epochs?.max ?? Infinity) - 1));
}

type Population = Omit<Extract<SchedulerSpec, { readonly type: "pbt" }>, "type">;

function readPopulation(reader: MapReader, epochs: Epochs | null): Population {
  const isShare = (value: number): boolean => value >= 0 && value <= 1;
  const fallback = Math.max(1, Math.ceil((epochs?.max ?? PBT_EXCHANGES) / PBT_EXCHANGES));
  return {
    interval: reader.integer("interval", POSITIVE) ?? fallback,
    quantile: reader.number("quantile", {
      admits: (value) => value > 0 && value <= 0.5,
      must: "a share > 0 and <= 0.5",
    }) ?? PBT.quantile,
    resample: reader.number("resample", { admits: isShare, must: "a share from 0 to 1" }) ??
      PBT.resample,
    factors: readFactors(reader) ?? PBT.factors,
  };
}

function readFactors(reader: MapReader): readonly number[] | null {
  const node = reader.get("factors");
  if (node === undefined) return null;
  const items = node.kind === "list" ? node.items : [];
  const factors = items.map((item) => item.kind === "scalar" ? item.value : null);
  const isFactor = (value: unknown): value is number =>
    typeof value === "number" && value > 0 && Number.isFinite(value);
  if (factors.length > 0 && factors.length <= 100 && factors.every(isFactor)) return factors;
  reader.refuseValue("factors", node, "a list of numbers > 0 such as [0.8, 1.2]");
  return null;
}

/**
 * W&B's `hyperband` ends running trials that are not among the best 1/η of those that got as far, at
 * bands of min_iter · η^k, or max_iter / η^k for k = s, …, 1: our stopping variant of asha, whose
 * first rung is the first band.
 */
function readWandbHyperband(reader: MapReader): SchedulerSpec {
  const eta = reader.integer("eta", ETA) ?? ETA.default;
  const minIter = reader.integer("min_iter", POSITIVE);
  const maxIter = reader.integer("max_iter", POSITIVE);
  const brackets = reader.integer("s", WANDB_BRACKETS);
  readStrict(reader);
  const has = (key: string): boolean => reader.get(key) !== undefined;
  if (!has("min_iter") && !has("max_iter")) {
    reader.refuseSelf("found neither min_iter nor max_iter, it must have one of them");
  } else if (has("min_iter") && has("max_iter")) {
    reader.refuseKey("max_iter", "found beside min_iter, it must be one or the other");
  } else if (has("max_iter") && !has("s")) {
    reader.refuseSelf("found no s, it must have it with max_iter: the number of bands");
  }
  const first = minIter ?? Math.round((maxIter ?? 1) / eta ** (brackets ?? 1));
  return { type: "asha", variant: "stopping", minEpochs: Math.max(1, first), eta };
}

/** Both kinds of W&B judge at bands; how a trial did in between is not looked at here. */
function readStrict(reader: MapReader): void {
  const node = reader.get("strict");
  if (node === undefined || (node.kind === "scalar" && typeof node.value === "boolean")) return;
  reader.refuseValue("strict", node, "true or false");
}
