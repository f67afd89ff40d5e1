/** What a report begins with: which sweep it is, on which data and machines, how to do it again. */
import { describeCondition, describeDomain } from "../../domain/domain_words.ts";
import {
  type Condition,
  type ParameterDomain,
  variedParameters,
} from "../../domain/search_space.ts";
import type { DatasetSummary, Versions } from "../../domain/sweep_event.ts";
import type { LedgerCounts } from "../../domain/sweep_ledger.ts";
import type { SweepStatus } from "../../domain/sweep.ts";
import { taskKindOf } from "../../domain/sweep_spec.ts";
import { workedMs } from "../../domain/sweep_times.ts";
import type { TaskKind } from "../../domain/task_kind.ts";
import type { SweepView } from "../sweep_view.ts";
import { sweepFileText } from "./sweep_file_text.ts";

/** A parameter as it was asked for. */
export interface AskedParameter {
  readonly name: string;
  readonly domain: string;
  readonly isVaried: boolean;
}

/** A worker that trained some of it. */
export interface ReportedWorker {
  readonly worker: string;
  readonly backend: string;
  readonly packs: number;
}

/** How to get the same results. */
export interface Reproduction {
  /** The name of the file that `command` reads, and its text. */
  readonly fileName: string;
  readonly file: string;
  readonly command: string;
}

/** The facts of a sweep. */
export interface Heading {
  readonly sweep: string;
  readonly name: string;
  readonly description: string | null;
  readonly state: SweepStatus;
  /** Null: a module of the user trains. */
  readonly kind: TaskKind | null;
  readonly dataset: DatasetSummary;
  readonly seed: number;
  readonly method: string;
  readonly metric: { readonly name: string; readonly goal: string };
  readonly replicates: number;
  readonly trials: LedgerCounts;
  readonly parameters: readonly AskedParameter[];
  readonly versions: readonly Versions[];
  readonly workers: readonly ReportedWorker[];
  readonly createdAt: string;
  readonly wallMs: number;
  readonly laneSteps: number;
  readonly reproduction: Reproduction;
}

/** Datasets that are looked for in a directory of the user. */
const NEEDS_DIRECTORY: ReadonlySet<string> = new Set(["cifar100"]);

/** The facts, as of the sweep's last entry. `versions`: of all its coordinators. */
export function headingOf(view: SweepView, versions: readonly Versions[]): Heading {
  const { spec, dataset, status, counts } = view.ledger;
  const varied = new Set(variedParameters(spec.parameters).map(({ name }) => name));
  return {
    sweep: view.id,
    name: spec.name,
    description: spec.description,
    state: status,
    kind: taskKindOf(spec.task),
    dataset,
    seed: spec.seed,
    method: spec.method,
    metric: spec.metric,
    replicates: spec.replicates,
    trials: counts,
    parameters: spec.parameters.map(({ name, domain, when = [] }) => ({
      name,
      domain: parameterText(domain, when),
      isVaried: varied.has(name),
    })),
    versions: distinctVersions(versions),
    workers: view.workers.map(({ worker, backend, packsLeased }) => ({
      worker,
      backend,
      packs: packsLeased,
    })),
    createdAt: new Date(view.createdAt).toISOString(),
    wallMs: workedMs(view.sweepTimes),
    laneSteps: view.laneSteps,
    reproduction: reproductionOf(view),
  };
}

function reproductionOf({ ledger: { spec } }: SweepView): Reproduction {
  const fileName = `${spec.name}.yaml`;
  const options = [
    ...(NEEDS_DIRECTORY.has(spec.task.dataset) ? ["--data-dir DIR"] : []),
    ...(spec.maxLanes === 16 ? [] : [`--max-lanes ${spec.maxLanes}`]),
  ];
  return {
    fileName,
    file: sweepFileText(spec),
    command: ["deno task sweep", fileName, "--new", ...options].join(" "),
  };
}

function distinctVersions(versions: readonly Versions[]): readonly Versions[] {
  const seen = new Map(versions.map((each) => [`${each.trawl} ${each.deno}`, each]));
  return [...seen.values()];
}

function parameterText(domain: ParameterDomain, when: readonly Condition[]): string {
  if (when.length === 0) return describeDomain(domain);
  return `${describeDomain(domain)} (where ${when.map(describeCondition).join(" and ")})`;
}
