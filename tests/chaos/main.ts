/** The soak: `deno task chaos [--seed N | --scenarios N --from N --jobs N]`. */
import { parseArgs } from "node:util";
import { type Outcome, playScenario } from "./play.ts";
import { describeScenario, planScenario, type Scenario } from "./scenario.ts";

const USAGE = `Usage: deno task chaos [--scenarios N] [--from SEED] [--jobs N] | --seed SEED

  --scenarios N  seeds in a row (default: 20)
  --from SEED    the first of them (default: 1)
  --jobs N       so many at once (default: 1)
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
      jobs: { type: "string", default: "1" },
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
  const jobs = Math.max(1, Number(values.jobs) || 1);
  const failed: number[] = [];
  const sums = { deeds: 0, released: 0, entries: 0 };
  let next = first;
  async function playOn(): Promise<void> {
    while (next < first + count) {
      const scenario = planScenario(next++);
      const outcome = await playScenario(scenario);
      if (outcome.problems.length > 0) failed.push(scenario.seed);
      sums.deeds += scenario.deeds.length;
      sums.released += outcome.released;
      sums.entries += outcome.entries;
      tell(scenario, outcome, { isFull: values.seed !== undefined });
    }
  }
  await Promise.all(Array.from({ length: jobs }, playOn));
  console.log(
    `${count} scenarios, ${sums.deeds} deeds, ${sums.released} attempts lost or given back, ` +
      `${sums.entries} journal entries: ${failed.length} failed`,
  );
  for (const seed of failed) console.log(`  deno task chaos --seed ${seed}`);
  return failed.length === 0 ? 0 : 1;
}

function tell(
  scenario: Scenario,
  { problems, timeLine, durationMs }: Outcome,
  { isFull }: { readonly isFull: boolean },
): void {
  const isGood = problems.length === 0;
  const seconds = (durationMs / 1000).toFixed(1);
  console.log(`${isGood ? "✓" : "✗"} ${describeScenario(scenario)} (${seconds} s)`);
  for (const problem of problems) console.log(`    ${problem}`);
  if (!isGood || isFull) console.log(timeLine.join("\n"));
}

if (import.meta.main) Deno.exit(await soak(Deno.args));
