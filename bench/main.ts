/** Runs benchmarks and prints what they found: `deno task bench [NAME…] [--json]`. */
import { controlBench } from "./control_bench.ts";
import { dashboardLoadBench } from "./dashboard_load.ts";
import { importanceBench } from "./importance_bench.ts";
import { journalBench } from "./journal_bench.ts";
import type { Benchmark, Measurement } from "./measurement.ts";
import { memoryBench } from "./memory_bench.ts";
import { packsBench } from "./packs_bench.ts";
import { searchBench } from "./search_bench.ts";

const BENCHMARKS: readonly Benchmark[] = [
  packsBench,
  memoryBench,
  journalBench,
  controlBench,
  searchBench,
  importanceBench,
  dashboardLoadBench,
];

/** Runs the benchmarks named, or all. Returns the exit code. */
export async function runBenchmarks(args: readonly string[]): Promise<number> {
  const json = args.includes("--json");
  const names = args.filter((arg) => !arg.startsWith("--"));
  const unknown = names.filter((name) => !BENCHMARKS.some((bench) => bench.name === name));
  if (unknown.length > 0 || args.includes("--help")) {
    console.log("Usage: deno task bench [NAME…] [--json]\n");
    for (const { name, about } of BENCHMARKS) console.log(`  ${name.padEnd(10)} ${about}`);
    return unknown.length > 0 ? 2 : 0;
  }
  for (const bench of BENCHMARKS) {
    if (names.length > 0 && !names.includes(bench.name)) continue;
    if (!json) console.log(`${bench.name}: ${bench.about}`);
    for await (const found of bench.run()) {
      console.log(json ? JSON.stringify(found) : lineOf(found));
    }
  }
  return 0;
}

function lineOf({ name, value, quartiles, unit, baseline, ratio, target }: Measurement): string {
  const compared = baseline === null || ratio === null
    ? ""
    : `  (${ratio.toFixed(2)} × the baseline's ${baseline} ${unit})`;
  const wanted = target === null ? "" : `  target ${target}`;
  const spread = quartiles === undefined ? "" : ` [${quartiles.join(", ")}]`;
  return `  ${name}: ${value}${spread} ${unit}${compared}${wanted}`;
}

if (import.meta.main) Deno.exit(await runBenchmarks(Deno.args));
