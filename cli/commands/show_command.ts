/** `trawl show`: one sweep with its trials, or one trial with its curve. */
import { getLogger } from "@logtape/logtape";
import { classificationReport } from "../../core/domain/classification_report.ts";
import type { TrialId } from "../../core/domain/ids.ts";
import {
  IMPORTANCE_ESTIMATORS,
  type ImportanceEstimator,
} from "../../core/domain/importance/importance.ts";
import type { Trial } from "../../core/domain/sweep_ledger.ts";
import type { TrialResult } from "../../core/domain/trial_result.ts";
import type { Transport } from "../../core/nats/transport.ts";
import { importanceOf, interactionsOf } from "../../core/views/importance.ts";
import type { ArtifactStore, JournalReader } from "../../core/protocol/ports.ts";
import { readTrialResult } from "../../core/views/trial_files.ts";
import { StoryReader, type TrialStory } from "../../core/views/trial_story.ts";
import { trialRecord } from "../../core/views/trial_record.ts";
import { sweepSummary } from "../../core/views/sweep_summary.ts";
import type { SweepView } from "../../core/views/sweep_view.ts";
import { objectivesOf } from "../../core/domain/sweep_spec.ts";
import { paretoView } from "../../core/views/pareto_view.ts";
import type { AddCommand } from "../command.ts";
import type { CliContext } from "../context.ts";
import { EXIT, UserError } from "../exit_code.ts";
import { findSweep, parseTarget, trialOf } from "../find_sweep.ts";
import { oneOf } from "../option_parsers.ts";
import { type ShownState, shownState } from "../sweep_lines.ts";
import { importanceTable, interactionsTable } from "../tables/importance_table.ts";
import { paretoTable } from "../tables/pareto_table.ts";
import { resultDetails, SPLIT_NAMES, type SplitName } from "../tables/result_details.ts";
import { sweepDetails } from "../tables/sweep_details.ts";
import { trialDetails } from "../tables/trial_details.ts";
import { terminalFeatures } from "../terminal/features.ts";
import { whyLines } from "../tables/why.ts";
import { terminalSize } from "../terminal_size.ts";
import { withReader } from "../with_reader.ts";
import { addPlaceOptions, type PlaceOptions } from "./common_options.ts";

const logger = getLogger(["trawl", "cli"]);

interface ShowOptions extends PlaceOptions {
  readonly json?: boolean;
  readonly journal?: boolean;
  readonly front?: boolean;
  readonly split?: SplitName;
  /** True where no estimator is named. */
  readonly importance?: ImportanceEstimator | true;
  readonly why?: boolean;
}

/** Where what the view does not keep is read. */
interface StorySources {
  readonly artifacts: ArtifactStore;
  readonly journal: JournalReader;
}

/** Adds the verb. */
export const addShowCommand: AddCommand = (program, run) => {
  addPlaceOptions(program.command("show <sweep[/trial]>"))
    .description("Show a sweep and its trials, or one trial; SWEEP is an id, a name or latest")
    .option("--json", "one JSON object")
    .option(
      "--split <name>",
      `of a trial: the split of the classification report: ${
        SPLIT_NAMES.join(", ")
      } (default: test)`,
      oneOf(SPLIT_NAMES),
    )
    .option(
      "--importance [estimator]",
      `of a sweep: how much each parameter matters: ${IMPORTANCE_ESTIMATORS.join(", ")}`,
      oneOf(IMPORTANCE_ESTIMATORS),
    )
    .option("--why", "of a trial: who proposed it from what evidence, and which rungs decided")
    .option("--front", "of a sweep with several objectives: its Pareto front and hypervolume")
    .option("--journal", "every entry of the journal, one JSON object a line: all else follows")
    .addHelpText(
      "after",
      `
Examples:
  deno task trawl show latest
  deno task trawl show quickstart/17 --split validation
  deno task trawl show latest --importance
  deno task trawl show latest --importance fanova --json
  deno task trawl show my-search/41 --why
  deno task trawl show lab-xor/3 --json > with_picture.json
  deno task trawl show latest --front
  deno task trawl show latest --journal > journal.jsonl
  deno task trawl show latest --journal | grep '"type":"trialFailed"'
`,
    )
    .action((target: string, options: ShowOptions) =>
      run((context) =>
        withReader(options, context, async (transport, signal) => {
          await show({ target, transport, signal }, options, context);
          return EXIT.completed;
        })
      )
    );
};

async function show(
  { target, transport, signal }: {
    readonly target: string;
    readonly transport: Transport;
    readonly signal: AbortSignal;
  },
  options: ShowOptions,
  context: CliContext,
): Promise<void> {
  const { sweep, trial } = parseTarget(target);
  const view = await findSweep(transport, sweep);
  if (options.journal) {
    for await (const { sequence, entry } of transport.journal.read(view.id)) {
      context.output.line(JSON.stringify({ sequence, ...entry }));
    }
  } else if (options.importance !== undefined) {
    if (trial !== null) throw importanceOfTrial(target);
    showImportance(view, { ...options, importance: options.importance }, context);
  } else if (options.front) {
    if (trial !== null) throw frontOfTrial(target);
    showFront(view, options, context);
  } else if (trial === null) {
    if (options.why) throw new UserError(`Cannot tell why "${target}": it must be SWEEP/TRIAL`);
    const { ledger: { status }, id } = view;
    const state = await shownState(id, status, transport, { signal });
    showSweep(view, { ...options, state }, context);
  } else {
    await showTrial(view, { ...options, trial, sources: transport }, context);
  }
}

function showSweep(
  view: SweepView,
  { json, state }: ShowOptions & { readonly state: ShownState },
  { output }: CliContext,
): void {
  if (json) output.line(JSON.stringify({ ...sweepSummary(view), state }));
  else sweepDetails(view, { width: terminalSize().columns, state }).forEach(output.line);
}

function showImportance(
  { ledger }: SweepView,
  { json, importance }: ShowOptions & { readonly importance: ImportanceEstimator | true },
  { output, env }: CliContext,
): void {
  const found = importanceOf(ledger, importance === true ? {} : { estimator: importance });
  const pairs = interactionsOf(ledger, found.estimator);
  if (json) {
    const { id: sweep, spec: { metric } } = ledger;
    const shown = pairs === null ? found : { ...found, pairs };
    output.line(JSON.stringify({ sweep, metric, ...shown }));
    return;
  }
  const { unicode } = terminalFeatures(env, { isTerminal: Deno.stdout.isTerminal() });
  const { columns: width } = terminalSize();
  importanceTable(found, { width, unicode }).forEach(output.line);
  if (pairs !== null) interactionsTable(pairs, { width, unicode }).forEach(output.line);
}

function importanceOfTrial(target: string): Error {
  return new UserError(
    `Cannot show what matters for "${target}": it is one trial; it must be a sweep`,
  );
}

function showFront(view: SweepView, { json }: ShowOptions, { output }: CliContext): void {
  const [objective, ...others] = objectivesOf(view.ledger.spec);
  if (others.length === 0) {
    throw new UserError(
      `Cannot show the front of sweep "${view.id}": its only objective is ${objective?.name}; ` +
        "it must have several",
    );
  }
  if (json) output.line(JSON.stringify(paretoView(view)));
  else paretoTable(view, { width: terminalSize().columns }).forEach(output.line);
}

function frontOfTrial(target: string): Error {
  return new UserError(
    `Cannot show the front of "${target}": it is one trial; it must be a sweep`,
  );
}

async function showTrial(
  view: SweepView,
  { json, split = "test", why = false, trial: id, sources }: ShowOptions & {
    readonly trial: TrialId;
    readonly sources: StorySources;
  },
  { output }: CliContext,
): Promise<void> {
  const trial = trialOf(view, id);
  const result = await resultOf(trial, sources.artifacts);
  const story = why ? await storyOf(view, id, sources) : null;
  if (json) {
    const { points } = view.curve(trial.id);
    const record = trialRecord(view.ledger, trial);
    output.line(
      JSON.stringify({
        ...record,
        curve: points,
        result: result && withReports(result),
        ...(story === null ? {} : { why: story }),
      }),
    );
    return;
  }
  trialDetails(view, trial).forEach(output.line);
  if (story !== null) ["", ...whyLines(story, view.ledger.spec)].forEach(output.line);
  if (result !== null) resultDetails(result, { split }).forEach(output.line);
}

/** What the view does not keep: the reasons are in the journal. */
async function storyOf(
  { id, ledger: { spec } }: SweepView,
  trial: TrialId,
  { journal }: StorySources,
): Promise<TrialStory> {
  const reader = new StoryReader(trial, spec);
  for await (const { entry } of journal.read(id)) {
    entry.events.forEach((event) => reader.apply(event));
  }
  return reader.story;
}

/** A file that cannot be read must not hide the rest. */
async function resultOf(trial: Trial, artifacts: ArtifactStore): Promise<TrialResult | null> {
  try {
    return await readTrialResult(artifacts, trial);
  } catch (error) {
    logger.warn("Cannot read the result of trial {trial}: {error}", { trial: trial.id, error });
    return null;
  }
}

/** The result with the classification report of each split. */
function withReports(result: TrialResult): unknown {
  const { confusions, classes } = result;
  if (confusions === null) return { ...result, reports: null };
  const { train, validation, test } = confusions;
  const reports = {
    train: classificationReport(train, classes),
    validation: classificationReport(validation, classes),
    test: classificationReport(test, classes),
  };
  return { ...result, reports };
}
