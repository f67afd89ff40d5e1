/** The forms of a report, and which one a user means. */
import { htmlReport } from "../../core/views/report/html_report.ts";
import { markdownReport } from "../../core/views/report/markdown_report.ts";
import type { Report } from "../../core/views/report/report.ts";

/** The forms, by the words of `--format`. */
export const REPORT_FORMATS = ["html", "md", "json"] as const;
/** One of the forms. */
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** The form that was asked for, else the one that the file's name ends with, else HTML. */
export function reportFormat(asked?: ReportFormat, out?: string): ReportFormat {
  const ending = out?.split(".").at(-1)?.toLowerCase();
  return asked ?? REPORT_FORMATS.find((format) => format === ending) ?? "html";
}

/** The report's text. */
export function formatReport(report: Report, format: ReportFormat): string {
  switch (format) {
    case "html":
      return htmlReport(report);
    case "md":
      return markdownReport(report);
    case "json":
      return `${JSON.stringify(report, null, 2)}\n`;
    default:
      return format satisfies never;
  }
}

/** The command by which a report is made again, its words quoted for a shell. */
export function reportCommand(
  targets: readonly string[],
  { format, against }: { readonly format: ReportFormat; readonly against?: string | undefined },
): string {
  const words = [
    "deno task trawl report",
    ...targets.map(quoted),
    ...(format === "html" ? [] : [`--format ${format}`]),
    ...(against === undefined ? [] : [`--against ${quoted(against)}`]),
  ];
  return words.join(" ");
}

function quoted(word: string): string {
  return /^[\w./:@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
