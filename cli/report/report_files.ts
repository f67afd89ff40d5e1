/** The files of a report: the published numbers that it reads, and the one that it writes. */
import { parsePublished, type Published } from "../../core/views/report/published.ts";
import { UserError } from "../exit_code.ts";

const MAX_PUBLISHED_BYTES = 1024 * 1024;
const MUST = 'a JSON file such as { "source": "…", "experiments": [{ "name": "baseline", ' +
  '"batch_size": 128, "testAccuracy": 0.81 }] }';

/** Reads published numbers. @throws {UserError} If they cannot be read, or are something else. */
export async function readPublished(path: string): Promise<Published> {
  try {
    const { size } = await Deno.stat(path);
    if (size > MAX_PUBLISHED_BYTES) {
      throw new SyntaxError(`it has ${size} bytes, more than ${MAX_PUBLISHED_BYTES}`);
    }
    return parsePublished(await Deno.readTextFile(path));
  } catch (cause) {
    throw new UserError(
      `Cannot read published numbers "${path}": ${reasonOf(cause)}; it must be ${MUST}`,
      { cause },
    );
  }
}

/** Writes the report. @throws {UserError} If the file cannot be written. */
export async function writeReport(path: string, text: string): Promise<void> {
  try {
    await Deno.writeTextFile(path, text);
  } catch (cause) {
    throw new UserError(
      `Cannot write report "${path}": ${reasonOf(cause)}; it must be a file in a directory that ` +
        "exists and may be written",
      { cause },
    );
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof Deno.errors.NotFound) return "there is no such file or directory";
  if (error instanceof Deno.errors.IsADirectory) return "it is a directory";
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/\s+\(os error \d+\).*$/s, "");
}
