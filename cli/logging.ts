/** Where log lines go: stderr, as text for people or as JSON lines. */
import {
  configure,
  getJsonLinesFormatter,
  getTextFormatter,
  type LogRecord,
} from "@logtape/logtape";
import type { Output } from "./output.ts";

/** How much is logged, and how. */
export interface LoggingOptions {
  readonly level: "debug" | "info" | "warning";
  readonly json: boolean;
}

/** Sends all of Trawl's log records to the notes of the process. */
export async function configureLogging(output: Output, options: LoggingOptions): Promise<void> {
  const format = options.json
    ? getJsonLinesFormatter()
    : getTextFormatter({ timestamp: "time", category: "·", value: plainly });
  await configure({
    reset: true,
    sinks: { notes: (record: LogRecord) => output.note(format(record).trimEnd()) },
    loggers: [
      { category: ["trawl"], lowestLevel: options.level, sinks: ["notes"] },
      { category: ["logtape", "meta"], lowestLevel: "warning", sinks: ["notes"] },
    ],
  });
}

/** A value as a person reads it: no quotes, and of an error what happened, not where. */
function plainly(value: unknown): string {
  if (typeof value === "string") return value;
  return value instanceof Error ? `${value.name}: ${value.message}` : Deno.inspect(value);
}
