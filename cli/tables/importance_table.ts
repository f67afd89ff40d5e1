/** How much each parameter matters, as `trawl show SWEEP --importance` tells it. */
import type { Importance, ImportanceEstimator } from "../../core/domain/importance/importance.ts";
import type { PairShare } from "../../core/domain/importance/fanova_pairs.ts";
import { counted } from "../../core/views/quantities.ts";
import { printable } from "../terminal/text.ts";
import { renderTable } from "./table.ts";

/** How the table is drawn. */
export interface ImportanceTableOptions {
  /** Terminal cells at most. */
  readonly width: number;
  readonly unicode: boolean;
}

/** Cells of the bar of a parameter that explains everything. */
const BAR = 24;

/** What an estimator's shares are parts of. */
const MEANINGS: Readonly<Record<ImportanceEstimator, string>> = {
  "ped-anova": "PED-ANOVA: what makes a configuration one of the best 10 %",
  fanova: "fANOVA: what the objective depends on over the whole space",
};

/** The lines. */
export function importanceTable(
  { estimator, n, resamples, parameters, notes }: Importance,
  { width, unicode }: ImportanceTableOptions,
): readonly string[] {
  const columns = [
    { header: "parameter" },
    { header: "share", align: "right" as const },
    { header: "95 % interval", align: "right" as const },
    // A bar that is cut would say something else.
    { header: "", isOptional: true, isWhole: true },
  ];
  const rows = parameters.map(({ name, share, interval }) => [
    name,
    percent(share),
    interval === null
      ? (unicode ? "–" : "-")
      : `${percent(interval[0])} to ${percent(interval[1])}`,
    (unicode ? "█" : "#").repeat(Math.round(BAR * share)),
  ]);
  const intervals = resamples > 0 ? `; intervals from ${resamples} bootstrap resamples` : "";
  return [
    `${MEANINGS[estimator]}; ${counted(n, "configuration")}${intervals}`,
    "",
    ...(parameters.length === 0
      ? ["No parameter varies."]
      : renderTable(columns, rows, { width, ellipsis: unicode ? "…" : "..." })),
    ...(notes.length === 0 ? [] : ["", ...notes.map((note) => `${printable(note)}.`)]),
  ];
}

/** Pairs that are shown at most; JSON has all of them. */
const MOST_PAIRS = 10;

/** The lines about interactions. */
export function interactionsTable(
  pairs: readonly PairShare[],
  { width, unicode }: ImportanceTableOptions,
): readonly string[] {
  if (pairs.length === 0) return [];
  const shown = pairs.slice(0, MOST_PAIRS);
  const columns = [{ header: "pair" }, { header: "interaction", align: "right" as const }];
  const rows = shown.map(({ names, fraction }) => [
    names.join(unicode ? " × " : " x "),
    percent(fraction),
  ]);
  return [
    "",
    `What two parameters do together, of the whole variance: ${shown.length} of ` +
    counted(pairs.length, "pair"),
    "",
    ...renderTable(columns, rows, { width, ellipsis: unicode ? "…" : "..." }),
  ];
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
