/**
 * What successive halving would have saved in a finished sweep: the recorded curves of its trials are
 * played through the scheduler, one search over all configurations for each replicate.
 *
 *   deno task trawl show SWEEP --journal | deno run --allow-env --allow-read bench/asha_replay.ts
 *
 * The sweep must have trained all its trials to their end.
 */
import { createStudy, type StudyScheduler } from "../coordinator/study/create_study.ts";
import { choice } from "../coordinator/study/parameters.ts";
import { studentQuantile } from "../core/domain/comparison/student_t.ts";
import { mean, sampleStandardDeviation } from "simple-statistics";
import { SweepLedger } from "../core/domain/sweep_ledger.ts";
import { journalEntrySchema } from "../core/protocol/journal_schema.ts";

const ETA = 3;
const MIN_EPOCHS = 2;

interface Recorded {
  readonly ledger: SweepLedger;
  /** By trial, then by epoch − 1. */
  readonly curves: readonly (readonly number[])[];
}

function read(text: string): Recorded {
  let ledger: SweepLedger | null = null;
  const curves: number[][] = [];
  for (const line of text.split("\n")) {
    if (line === "") continue;
    for (const event of journalEntrySchema.parse(JSON.parse(line)).events) {
      if (event.type === "sweepCreated") ledger = new SweepLedger(event);
      else ledger?.apply(event);
      if (event.type !== "epochReported" || ledger === null) continue;
      for (const lane of event.lanes) {
        if (lane.kind !== "measured") continue;
        (curves[lane.trial] ??= [])[event.epoch - 1] = lane.metrics[ledger.spec.metric.name] ?? NaN;
      }
    }
  }
  if (ledger === null) throw new SyntaxError("Cannot replay the input: it must be a journal");
  return { ledger, curves };
}

interface Search {
  /** Epochs that were trained, as a share of all. */
  readonly epochs: number;
  readonly winner: number;
}

/** One search over all configurations, each with its curve of this replicate. */
function search(
  curveOf: (configuration: number) => readonly number[],
  { configurations, seed, scheduler, goal }: {
    readonly configurations: number;
    readonly seed: number;
    readonly scheduler: StudyScheduler;
    readonly goal: "maximize" | "minimize";
  },
): Search {
  const all = Array.from({ length: configurations }, (_, i) => i);
  const study = createStudy({
    parameters: { configuration: choice(all) },
    sampler: "random",
    trials: configurations,
    goal,
    seed,
    scheduler,
  });
  let trained = 0;
  for (let asked = study.ask(); asked !== null; asked = study.ask()) {
    const curve = curveOf(Number(asked.hyperparameters["configuration"]));
    let epoch = asked.resumed?.epoch ?? 0;
    let isGoingOn = true;
    while (isGoingOn && epoch < scheduler.maxEpochs) {
      trained++;
      study.save(asked.trial, { epoch: ++epoch, state: null });
      const value = curve[epoch - 1] ?? NaN;
      isGoingOn = study.report(asked.trial, epoch, [value]) === "continue";
    }
    if (isGoingOn) study.tell(asked.trial, { values: [curve[epoch - 1] ?? NaN] });
  }
  const sign = goal === "maximize" ? 1 : -1;
  const done = study.records.flatMap(({ state, hyperparameters }) =>
    state.status === "completed"
      ? [{ value: sign * (state.values[0] ?? NaN), is: Number(hyperparameters["configuration"]) }]
      : []
  );
  const winner = done.toSorted((a, b) => b.value - a.value)[0]?.is ?? 0;
  return { epochs: trained / (configurations * scheduler.maxEpochs), winner };
}

function interval(values: readonly number[]): string {
  const n = values.length;
  const half = studentQuantile(0.975, n - 1) * sampleStandardDeviation([...values]) / Math.sqrt(n);
  const centre = mean([...values]);
  return `${centre.toFixed(4)} [${(centre - half).toFixed(4)}, ${(centre + half).toFixed(4)}]`;
}

const { ledger, curves } = read(await new Response(Deno.stdin.readable).text());
const { goal } = ledger.spec.metric;
const byConfiguration: number[][][] = [];
for (const { id, configuration, replicate } of ledger.trials) {
  (byConfiguration[configuration] ??= [])[replicate] = [...curves[id] ?? []];
}
const last = (curve: readonly number[] | undefined): number => curve?.at(-1) ?? NaN;
const means = byConfiguration.map((replicates) => mean(replicates.map(last)));
const maxEpochs = Math.max(...curves.map(({ length }) => length));
const searches = Array.from({ length: byConfiguration[0]?.length ?? 0 }, (_, replicate) => {
  const curveOf = (configuration: number): readonly number[] =>
    byConfiguration[configuration]?.[replicate] ?? [];
  const options = { configurations: byConfiguration.length, seed: replicate, goal };
  // Nobody waits for an improvement longer than a trial lasts: all train to their end.
  const never = {
    type: "patience",
    patience: maxEpochs,
    minDelta: 0,
    minEpochs: maxEpochs,
  } as const;
  return {
    full: search(curveOf, { ...options, scheduler: { spec: never, maxEpochs } }),
    asha: (["promotion", "stopping"] as const).map((variant) =>
      search(curveOf, {
        ...options,
        scheduler: { spec: { type: "asha", variant, minEpochs: MIN_EPOCHS, eta: ETA }, maxEpochs },
      })
    ),
  };
});
const { length } = byConfiguration;
console.log(
  `${length} configurations × ${searches.length} replicates, ${maxEpochs} epochs; ` +
    `rungs from ${MIN_EPOCHS}, η = ${ETA}; mean [95 % t interval over the searches]`,
);
for (const [i, variant] of ["promotion", "stopping"].entries()) {
  const ratios = searches.map(({ asha }) => asha[i]?.epochs ?? NaN);
  const losses = searches.map(({ full, asha }) =>
    (means[asha[i]?.winner ?? -1] ?? NaN) - (means[full.winner] ?? NaN)
  );
  console.log(`asha ${variant}: ${interval(ratios)} of the epochs of full training`);
  console.log(
    `  its winner's mean over all replicates, minus that of full training's winner: ` +
      interval(losses),
  );
}
