/**
 * Runs every check that a change must pass, in order, and stops at the first that fails.
 *
 * `--verbose` shows the output of every step; `TRAWL_JUNIT` names a file for the tests' JUnit report.
 */
import { join } from "node:path";
import { hasExample } from "./docs.ts";
import { runDeno } from "./command.ts";
import { isTestPath, listModules, REPOSITORY_ROOT } from "./repository.ts";

/** One check: `deno` with these arguments must succeed. */
export interface Step {
  readonly name: string;
  readonly args: readonly string[];
}

function tool(name: string): readonly string[] {
  return ["run", "--quiet", "--allow-all", `tools/${name}.ts`];
}

async function listSteps(junitPath: string | undefined): Promise<readonly Step[]> {
  const examples = await listExampleModules();
  const report = junitPath === undefined ? [] : [`--junit-path=${junitPath}`];
  return [
    { name: "format", args: ["fmt", "--check"] },
    { name: "lint", args: ["lint"] },
    { name: "types", args: ["check"] },
    { name: "sizes", args: tool("sizes") },
    { name: "cycles", args: tool("cycles") },
    { name: "pins", args: tool("pins") },
    { name: "docs", args: tool("docs") },
    ...examples.length === 0
      ? []
      : [{ name: "examples", args: ["test", "--quiet", "--allow-all", "--doc", ...examples] }],
    { name: "tests", args: ["task", "test", ...report] },
  ];
}

/** Guides whose blocks are programs. */
const RUNNABLE_GUIDES: readonly string[] = ["docs/optimize.md"];

async function listExampleModules(): Promise<readonly string[]> {
  const found: string[] = [...RUNNABLE_GUIDES];
  for (const path of await listModules()) {
    if (isTestPath(path)) continue;
    if (hasExample(await Deno.readTextFile(join(REPOSITORY_ROOT, path)))) found.push(path);
  }
  return found;
}

/** How to run the steps. */
export interface RunStepsOptions {
  /** Where the lines go. */
  readonly write: (line: string) => void;
  /** Whether the output of every step goes straight to ours. */
  readonly isShown?: boolean;
}

/** Runs steps in order, one line each; stops at the first that fails, shows what it said, and is false. */
export async function runSteps(
  steps: readonly Step[],
  options: RunStepsOptions,
): Promise<boolean> {
  const { write, isShown = false } = options;
  for (const { name, args } of steps) {
    const start = performance.now();
    if (isShown) write(`· ${name}: deno ${args.join(" ")}`);
    const { isSuccess, stdout, stderr } = await runDeno(args, { isShown });
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    if (!isSuccess && !isShown) write(`${stdout}${stderr}`.trimEnd());
    write(`${isSuccess ? "✓" : "✗"} ${name.padEnd(9)} ${seconds.padStart(6)} s`);
    if (!isSuccess) return false;
  }
  return true;
}

if (import.meta.main) {
  const steps = await listSteps(Deno.env.get("TRAWL_JUNIT"));
  const isShown = Deno.args.includes("--verbose");
  if (!await runSteps(steps, { write: console.log, isShown })) Deno.exit(1);
}
