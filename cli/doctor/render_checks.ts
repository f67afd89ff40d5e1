/** The doctor's findings as lines for people and as JSON. */
import { renderTable } from "../tables/table.ts";
import type { Check, CheckStatus } from "./check.ts";

const WORDS: Readonly<Record<CheckStatus, string>> = {
  ok: "ok",
  note: "-",
  warning: "warning",
  problem: "PROBLEM",
};

/** A table, then what to do about what is wrong, then a verdict. */
export function renderChecks(
  checks: readonly Check[],
  { width }: { readonly width: number },
): readonly string[] {
  const table = renderTable(
    [{ header: "", isWhole: true }, { header: "check", isWhole: true }, { header: "found" }],
    checks.map(({ name, status, found }) => [WORDS[status], name, found]),
    { width },
  );
  // In full: the table cuts what does not fit.
  const wrong = checks.filter(({ status }) => status === "warning" || status === "problem");
  const mends = checks.filter(({ status, fix }) => status === "note" && fix !== null);
  return [
    ...table,
    ...wrong.flatMap(({ name, found, fix }) => [
      "",
      `${name}: ${found}`,
      ...(fix === null ? [] : [`  to mend it: ${fix}`]),
    ]),
    ...(mends.length === 0 ? [] : ["", "Not here, and not needed:"]),
    ...mends.map(({ name, fix }) => `  ${name}: ${fix}`),
    "",
    verdictOf(checks),
  ];
}

function verdictOf(checks: readonly Check[]): string {
  const count = (status: CheckStatus): number =>
    checks.filter((check) => check.status === status).length;
  const [problems, warnings] = [count("problem"), count("warning")];
  if (problems > 0) {
    return `Trawl cannot work here yet: ${problems} of ${checks.length} checks fail`;
  }
  return warnings > 0 ? `Trawl works here, with ${warnings} warnings` : "Trawl works here";
}

/** One JSON object a line, the last one a summary. */
export function checksAsJson(checks: readonly Check[]): readonly string[] {
  const isOk = !checks.some(({ status }) => status === "problem");
  return [
    ...checks.map((check) => JSON.stringify({ type: "check", ...check })),
    JSON.stringify({ type: "summary", ok: isOk, checks: checks.length }),
  ];
}
