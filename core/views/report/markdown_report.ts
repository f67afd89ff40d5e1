/** A report as Markdown, for repositories and notes: the same tables and sentences, no drawings. */
import { formatClassificationReport } from "../classification_text.ts";
import type { Against } from "./against.ts";
import type { ReportedTrial } from "./best_trial.ts";
import type { FinalMetrics } from "./final_metrics.ts";
import type { Heading } from "./heading.ts";
import { plainMarkdown } from "./markup.ts";
import type { ParameterEffect } from "./parameter_effects.ts";
import type { Ranking } from "./ranking.ts";
import type { Report, SweepReport } from "./report.ts";
import {
  comparisonsTable,
  conclusionsTable,
  experimentsTable,
  finalsTable,
  meansTable,
  rankingTable,
  type TextTable,
} from "./report_tables.ts";
import {
  effectNote,
  type Fact,
  finalsNote,
  headingFacts,
  logNote,
  NO_RESULT,
  rankingNotes,
  trialFacts,
} from "./report_words.ts";

/** The document's text. */
export function markdownReport({ sweeps, against, command, versions }: Report): string {
  const title = sweeps.length === 1
    ? sweeps[0]?.heading.name ?? ""
    : `Report on ${sweeps.length} sweeps`;
  return [
    `# ${plainMarkdown(title)}`,
    "",
    `Made by Trawl ${plainMarkdown(versions.trawl)} with`,
    "",
    ...fenced(command, "sh"),
    ...(against === null ? [] : againstLines(against)),
    ...sweeps.flatMap(sweepLines),
  ].join("\n");
}

function againstLines(against: Against): readonly string[] {
  return [
    "## Against what was published",
    "",
    plainMarkdown(against.source),
    "",
    ...against.sentences.flatMap((sentence) => [plainMarkdown(sentence), ""]),
    ...(against.conclusions.length === 0
      ? []
      : ["### Conclusions", "", ...table(conclusionsTable(against))]),
    "### Numbers",
    "",
    ...table(experimentsTable(against)),
    ...against.rules.map((rule) => `- ${plainMarkdown(rule)}`),
    "",
  ];
}

function sweepLines({ heading, ranking, effects, finals, trial }: SweepReport): readonly string[] {
  return [
    `## ${plainMarkdown(heading.name)}`,
    "",
    ...(heading.description === null ? [] : [plainMarkdown(heading.description), ""]),
    ...rankingLines(ranking),
    ...(effects.length === 0 ? [] : [`### What each parameter does to ${ranking.metric}`, ""]),
    ...effects.flatMap((effect) => effectLines(effect, ranking.metric)),
    ...(finals === null || finals.metrics.length === 0 ? [] : finalsLines(finals)),
    ...(trial === null ? [] : trialLines(trial)),
    ...headingLines(heading),
  ];
}

function rankingLines(ranking: Ranking): readonly string[] {
  if (ranking.rows.length === 0) return ["No trial completed, so there is nothing to rank.", ""];
  return [
    `### Ranking by ${plainMarkdown(ranking.metric)}`,
    "",
    ...ranking.sentences.flatMap((sentence) => [plainMarkdown(sentence), ""]),
    ...table(rankingTable(ranking)),
    ...rankingNotes(ranking).map((note) => `- ${plainMarkdown(note)}`),
    "",
  ];
}

function effectLines(effect: ParameterEffect, metric: string): readonly string[] {
  return [
    `#### ${plainMarkdown(effect.parameter)}`,
    "",
    plainMarkdown(effectNote(effect)),
    "",
    ...table(meansTable(effect, metric)),
    ...(effect.comparisons.length === 0 ? [] : table(comparisonsTable(effect))),
  ];
}

function finalsLines(finals: FinalMetrics): readonly string[] {
  return [
    "### What the first configuration came to",
    "",
    plainMarkdown(finalsNote(finals)),
    "",
    ...table(finalsTable(finals)),
  ];
}

function trialLines(trial: ReportedTrial): readonly string[] {
  return [
    trial.choice === "best" ? "### The best trial" : `### Trial ${trial.trial}`,
    "",
    ...factLines(trialFacts(trial)),
    ...(trial.hasResult ? [] : [NO_RESULT, ""]),
    ...trial.splits.flatMap(({ split, report }) => [
      `#### Classification of the ${split} examples`,
      "",
      ...fenced(formatClassificationReport(report, { digits: 4 })),
      ...table(confusionTable(report.confusion, report.classes.map(({ name }) => name))),
    ]),
    ...mistakeLines(trial),
    "#### Log of the losses",
    "",
    plainMarkdown(logNote(trial.log)),
    "",
    ...(trial.log.lines.length === 0 ? [] : fenced(trial.log.lines.join("\n"))),
  ];
}

function confusionTable(
  confusion: readonly (readonly number[])[],
  classes: readonly string[],
): TextTable {
  return {
    caption: "Confusion matrix",
    columns: [
      { header: "true \\ predicted" },
      ...classes.map((header) => ({ header, isNumber: true })),
    ],
    rows: confusion.map((row, index) => [classes[index] ?? "", ...row.map(String)]),
  };
}

function mistakeLines({ mistakes }: ReportedTrial): readonly string[] {
  if (mistakes.length === 0) return [];
  return [
    "#### The most confident mistakes on the test set",
    "",
    ...mistakes.map(({ actual, predicted, confidence, index }) =>
      `- ${plainMarkdown(actual)}, taken for ${plainMarkdown(predicted)} with ` +
      `${(100 * confidence).toFixed(1)} % (test example ${index})`
    ),
    "",
  ];
}

function headingLines(heading: Heading): readonly string[] {
  return [
    "### How it was made",
    "",
    ...factLines(headingFacts(heading)),
    `The same again, with this as \`${heading.reproduction.fileName}\`:`,
    "",
    ...fenced(heading.reproduction.file, "yaml"),
    ...fenced(heading.reproduction.command, "sh"),
  ];
}

function factLines(facts: readonly Fact[]): readonly string[] {
  return [...facts.map(([name, value]) => `- **${name}**: ${plainMarkdown(value)}`), ""];
}

function table({ columns, rows }: TextTable): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    line(columns.map(({ header }) => plainMarkdown(header))),
    line(columns.map(({ isNumber }) => isNumber === true ? "---:" : "---")),
    ...rows.map((cells) => line(cells.map(plainMarkdown))),
    "",
  ];
}

/** A code block that nothing inside can end. */
function fenced(text: string, language = ""): readonly string[] {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return [`${fence}${language}`, text.trimEnd(), fence, ""];
}
