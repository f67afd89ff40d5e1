/** What a user's module threw, as a reason that says where: the first frame of the user's own files. */
import { SourceMap } from "node:module";
import { clip, MAX_MESSAGE_LENGTH } from "../../core/domain/clip.ts";
import type { FailureReason } from "../../core/domain/trial.ts";
import { MODULE_MAP_MARK } from "../../core/domain/user_module.ts";
import { failureReason } from "../failure_reason.ts";

/** What was thrown inside a module's `Worker`. */
export interface ThrownByModule {
  /** Empty for what is no error. */
  readonly name: string;
  readonly message: string;
  readonly stack: string;
}

/** `    at boom (blob:null/1b2c…:5:9)`, with or without a name. */
const FRAME_REGEXP = /^\s*at (?:(?:async )?(.+?) \()?blob:\S+?:(\d+):(\d+)\)?\s*$/;
const LIBRARY_REGEXP = /(?:^|\/)(?:node_modules|npm)\//;

/** The reason, out of the bundled text that ran. */
export function moduleFailure(thrown: ThrownByModule, text: string): FailureReason {
  const { name, message, stack } = thrown;
  const told = name === "" || name === "Error" ? message : `${name}: ${message}`;
  const frame = firstFrame(stack, text);
  const hint = name === "NotCapable"
    ? "; a module may touch what task.permissions of its sweep file grants"
    : "";
  const where = frame === null ? "" : ` (at ${frame})`;
  // What it says last is the most useful, so that part is not what is cut off.
  const room = MAX_MESSAGE_LENGTH - hint.length - where.length;
  return failureReason(`${clip(told, room)}${where}${hint}`);
}

function firstFrame(stack: string, text: string): string | null {
  const map = sourceMapOf(text);
  for (const line of stack.split("\n")) {
    const [, name, row, column] = FRAME_REGEXP.exec(line) ?? [];
    if (row === undefined || column === undefined) continue;
    const caller = name === undefined ? "" : `${name.replace(/^Module\./, "")} in `;
    const place = map?.findEntry(Number(row) - 1, Number(column) - 1);
    if (place === undefined || !("originalSource" in place)) {
      return `${caller}the bundle:${row}:${column}`;
    }
    const { originalSource, originalLine, originalColumn } = place;
    if (LIBRARY_REGEXP.test(originalSource)) continue;
    return `${caller}${originalSource}:${originalLine + 1}:${originalColumn + 1}`;
  }
  return null;
}

/** The map at the end of the text; null without one that can be read. */
function sourceMapOf(text: string): SourceMap | null {
  const mark = text.lastIndexOf(MODULE_MAP_MARK);
  if (mark === -1) return null;
  const encoded = text.slice(mark + MODULE_MAP_MARK.length).trim();
  try {
    return new SourceMap(JSON.parse(new TextDecoder().decode(Uint8Array.fromBase64(encoded))));
  } catch {
    return null;
  }
}
