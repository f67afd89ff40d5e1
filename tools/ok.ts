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
interface Step {
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

async function listExampleModules(): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of await listModules()) {
    if (isTestPath(path)) continue;
    if (hasExample(await Deno.readTextFile(join(REPOSITORY_ROOT, path)))) found.push(path);
  }
  return found;
}

async function runStep({ name, args }: Step, isShown: boolean): Promise<boolean> {
  const start = performance.now();
  if (isShown) console.log(`· ${name}: deno ${args.join(" ")}`);
  const { isSuccess, stdout, stderr } = await runDeno(args, { isShown });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  if (!isSuccess) console.log(`${stdout}${stderr}`.trimEnd());
  console.log(`${isSuccess ? "✓" : "✗"} ${name.padEnd(9)} ${seconds.padStart(6)} s`);
  return isSuccess;
}

if (import.meta.main) {
  const isShown = Deno.args.includes("--verbose");
  for (const step of await listSteps(Deno.env.get("TRAWL_JUNIT"))) {
    if (!await runStep(step, isShown)) Deno.exit(1);
  }
}
