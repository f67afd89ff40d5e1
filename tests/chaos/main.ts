/** The soak: `deno task chaos [--scenarios N] [--seed S] [--jobs J] [--full]`. */
import { parseArgs } from "node:util";
import type { Outcome } from "./play.ts";
import { parseWorkersHost } from "./workers_host.ts";
import { describeScenario, planScenario, type Scenario } from "./scenario.ts";
import { commandOf, soak } from "./soak.ts";
import { describeTally } from "./tally.ts";

const USAGE = `Usage: deno task chaos [--scenarios N] [--seed SEED] [--jobs N] [--full]

  --scenarios N  seeds in a row (default: 20, or 1 with its time line if a seed is named)
  --seed SEED    the first of them (default: 1)
  --jobs N       so many at once (default: 3 for each core)
  --full         the program as its users start it, training real networks; otherwise the same
                 roles in light processes that train in miniature

A seed decides the sweep, the deeds and after which event of the journal each is done. How far the
other processes are by then is the machine's business: a failure that hangs on a race may take
several tries.

Examples:
  deno task chaos --scenarios 1000
  deno task chaos --seed 17
  deno task chaos --full --scenarios 30 --jobs 1`;

/** Plays scenarios and says how they went. Returns the exit code. */
async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: "string" },
      scenarios: { type: "string" },
      jobs: { type: "string", default: String(3 * navigator.hardwareConcurrency) },
      full: { type: "boolean", default: false },
      // For scenarios on two hosts; who starts them has made the hosts.
      "workers-on": { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  const first = Number(values.seed ?? 1);
  const count = Number(values.scenarios ?? (values.seed === undefined ? 20 : 1));
  const jobs = Number(values.jobs);
  const areNumbers = [first, count, jobs].every((n) => Number.isSafeInteger(n) && n >= 0);
  if (values.help || !areNumbers || jobs < 1) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  const scenarios = Array.from(
    { length: count },
    (_, n) => planScenario(first + n, values.full ? "full" : "light"),
  );
  const { failures, tally, durationMs } = await soak(scenarios, {
    jobs: values["workers-on"] === undefined ? jobs : 1,
    host: values["workers-on"] === undefined ? null : parseWorkersHost(values["workers-on"]),
    onPlayed: (scenario, outcome) => tell(scenario, outcome, { isFull: count === 1 }),
  });
  console.log(`In ${(durationMs / 1000).toFixed(0)} s: ${describeTally(tally)}`);
  console.log(`${failures.length} scenarios failed`);
  for (const { scenario } of failures) console.log(`  ${commandOf(scenario)}`);
  return failures.length === 0 ? 0 : 1;
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

if (import.meta.main) Deno.exit(await run(Deno.args));
