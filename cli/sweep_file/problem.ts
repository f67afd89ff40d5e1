/** What is wrong with a sweep file: each problem with its place, and all of them as one error. */
import { printable } from "../terminal/text.ts";

/** Where a value was written: a place in the file, or an option of the command line. */
export type Origin =
  | { readonly kind: "file"; readonly line: number; readonly column: number }
  | { readonly kind: "option"; readonly option: string };

/** One thing that is wrong. */
export interface SweepFileProblem {
  readonly origin: Origin;
  /** The key's path, such as `parameters.lr.max`; empty for the file as a whole. */
  readonly path: string;
  /** What was found and what it must be. */
  readonly message: string;
}

/** Collects problems, so that a user hears of all of them at once. */
export class ProblemLog {
  readonly #problems: SweepFileProblem[] = [];

  get isEmpty(): boolean {
    return this.#problems.length === 0;
  }

  /** The problems in the order of the file; those of options come last. */
  get problems(): readonly SweepFileProblem[] {
    return this.#problems.toSorted((a, b) => compareOrigins(a.origin, b.origin));
  }

  add(problem: SweepFileProblem): void {
    this.#problems.push(problem);
  }
}

function compareOrigins(a: Origin, b: Origin): number {
  if (a.kind === "file" && b.kind === "file") return a.line - b.line || a.column - b.column;
  if (a.kind === b.kind) return 0;
  return a.kind === "file" ? -1 : 1;
}

// ---- errors ----

/** Problems shown at most; a broken file must not scroll its first problem away. */
const MAX_SHOWN_PROBLEMS = 20;

/** A sweep file, or an option that overrides it, asks for something that cannot be done. */
export class SweepFileError extends SyntaxError {
  override readonly name = "SweepFileError";
  readonly problems: readonly SweepFileProblem[];

  /** `path` is the file as the user would name it. */
  constructor(path: string, problems: readonly SweepFileProblem[]) {
    const lines = problems.slice(0, MAX_SHOWN_PROBLEMS).map((each) => problemLine(path, each));
    const hidden = problems.length - lines.length;
    if (hidden > 0) lines.push(`${printable(path)}: … and ${hidden} more`);
    super(lines.join("\n"));
    this.problems = problems;
  }
}

function problemLine(path: string, { origin, path: key, message }: SweepFileProblem): string {
  const where = origin.kind === "file" ? `${path}:${origin.line}:${origin.column}` : origin.option;
  return printable(key === "" ? `${where}: ${message}` : `${where}: ${key}: ${message}`);
}
