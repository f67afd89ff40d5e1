/** What every page can do beyond its own script: keys, the palette, and tools for its charts. */
/// <reference lib="dom" />
import { startChartExport } from "../charts/chart_export.ts";
import { startDataCursor } from "../charts/data_cursor.ts";
import { startSameTrial } from "../charts/same_trial.ts";
import { startKeyboard } from "./start_keyboard.ts";
import { startPrinting } from "./start_printing.ts";

/** Begins all of it, after the page's own script has taken its markup over. */
export function startShell(): void {
  startKeyboard();
  startChartExport();
  startDataCursor();
  startSameTrial();
  startPrinting();
}
