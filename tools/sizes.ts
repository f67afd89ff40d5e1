/** Checks that files stay short: code lines per file have a limit, long functions get a warning. */
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { runDeno } from "./command.ts";
import type { Measurement } from "./lint_sizes.ts";
import { isTestPath, listModules, REPOSITORY_ROOT, repositoryPath } from "./repository.ts";

const MAX_SOURCE_LINES = 300;
const MAX_TEST_LINES = 600;

/** The measurements of one file. */
export interface FileSize {
  readonly path: string;
  readonly codeLines: number;
  /** The functions that are longer than they should be. */
  readonly longFunctions: readonly { readonly name: string; readonly codeLines: number }[];
}

/** What the sizes of all files say together. */
export interface SizeReport {
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
  /** Code lines of source files, tests left out. */
  readonly median: number;
  readonly p90: number;
}

const measurementSchema: z.ZodType<Measurement> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("file"), codeLines: z.number() }),
  z.object({ kind: z.literal("function"), name: z.string(), codeLines: z.number() }),
]);
const lintOutputSchema = z.object({
  diagnostics: z.array(z.object({ filename: z.string(), message: z.string() })),
  errors: z.array(z.unknown()),
});

/**
 * Measures modules, given by their repository paths.
 * @throws {Error} If a module could not be parsed, or was not measured.
 */
export async function measureSizes(
  paths: readonly string[],
  root: string = REPOSITORY_ROOT,
): Promise<readonly FileSize[]> {
  const config = fileURLToPath(new URL("./sizes.json", import.meta.url));
  const result = await runDeno(["lint", "--json", "--config", config, ...paths], { folder: root });
  const { diagnostics, errors } = lintOutputSchema.parse(JSON.parse(result.stdout));
  if (errors.length > 0) {
    throw new Error(`Cannot measure the modules: ${JSON.stringify(errors)}`);
  }
  return paths.map((path) => {
    const measurements = diagnostics
      .filter(({ filename }) => repositoryPath(fileURLToPath(filename), root) === path)
      .map(({ message }) => measurementSchema.parse(JSON.parse(message)));
    const file = measurements.find(({ kind }) => kind === "file");
    if (file === undefined) throw new Error(`Cannot measure "${path}": the linter skipped it`);
    const longFunctions = measurements.filter((each) => each.kind === "function");
    return { path, codeLines: file.codeLines, longFunctions };
  });
}

/** Judges measured files: problems fail the check, warnings are shown. */
export function judgeSizes(files: readonly FileSize[]): SizeReport {
  const problems = files.flatMap(({ path, codeLines }) => {
    const limit = isTestPath(path) ? MAX_TEST_LINES : MAX_SOURCE_LINES;
    return codeLines > limit ? [`${path}: ${codeLines} code lines, at most ${limit}`] : [];
  });
  const sources = files.filter(({ path }) => !isTestPath(path));
  const warnings = sources.flatMap(({ path, longFunctions }) =>
    longFunctions.map(({ name, codeLines }) => `${path}: ${name} has ${codeLines} code lines`)
  );
  const ordered = sources.map(({ codeLines }) => codeLines).sort((a, b) => a - b);
  return { problems, warnings, median: quantile(ordered, 0.5), p90: quantile(ordered, 0.9) };
}

/** The nearest-rank quantile of sorted numbers; 0 of none. */
function quantile(ordered: readonly number[], share: number): number {
  return ordered[Math.max(0, Math.ceil(share * ordered.length) - 1)] ?? 0;
}

if (import.meta.main) {
  const report = judgeSizes(await measureSizes(await listModules()));
  for (const warning of report.warnings) console.log(`warning: ${warning}`);
  for (const problem of report.problems) console.error(`error: ${problem}`);
  console.log(`code lines of a source file: median ${report.median}, p90 ${report.p90}`);
  if (report.problems.length > 0) Deno.exit(1);
}
