/** The soak: `deno task chaos [--seed N] [--scenarios N] [--from N]`. */
import { parseArgs } from "node:util";
import { playScenario } from "./play.ts";
import { describeScenario, planScenario } from "./scenario.ts";

const USAGE = `Usage: deno task chaos [--scenarios N] [--from SEED] | --seed SEED

  --scenarios N  seeds in a row (default: 20)
  --from SEED    the first of them (default: 1)
  --seed SEED    this one only, with its time line

A seed decides the sweep, the deeds and their moments; how far the processes are by then is the
machine's business, so a failure that hangs on a race may take several tries.`;

/** Plays scenarios and says how they went. Returns the exit code. */
export async function soak(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: "string" },
      scenarios: { type: "string", default: "20" },
      from: { type: "string", default: "1" },
      help: { type: "boolean", default: false },
    },
  });
  const [first, count] = values.seed === undefined
    ? [Number(values.from), Number(values.scenarios)]
    : [Number(values.seed), 1];
  if (values.help || !Number.isSafeInteger(first) || !Number.isSafeInteger(count)) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  const failed: number[] = [];
  const sums = { deeds: 0, released: 0, entries: 0 };
  for (let seed = first; seed < first + count; seed++) {
    const scenario = planScenario(seed);
    const outcome = await playScenario(scenario);
    const isGood = outcome.problems.length === 0;
    if (!isGood) failed.push(seed);
    sums.deeds += scenario.deeds.length;
    sums.released += outcome.released;
    sums.entries += outcome.entries;
    const seconds = (outcome.durationMs / 1000).toFixed(1);
    console.log(`${isGood ? "✓" : "✗"} ${describeScenario(scenario)} (${seconds} s)`);
    for (const problem of outcome.problems) console.log(`    ${problem}`);
    if (!isGood || values.seed !== undefined) console.log(outcome.timeLine.join("\n"));
  }
  console.log(
    `${count} scenarios, ${sums.deeds} deeds, ${sums.released} attempts lost or given back, ` +
      `${sums.entries} journal entries: ${failed.length} failed`,
  );
  for (const seed of failed) console.log(`  deno task chaos --seed ${seed}`);
  return failed.length === 0 ? 0 : 1;
}

if (import.meta.main) Deno.exit(await soak(Deno.args));
