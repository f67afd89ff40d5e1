/** `trawl extend`: asks for more of a sweep, whether it runs, was interrupted or is over. */
import { InvalidArgumentError, Option } from "commander";
import { MAX_TRIALS } from "../../core/domain/sweep_spec.ts";
import type { AddCommand } from "../command.ts";
import { extendSweep } from "../extend_sweep.ts";
import { collect, integer } from "../option_parsers.ts";
import type { RunOptions } from "../run_sweep.ts";
import { REPLICATES } from "../sweep_file/format.ts";
import { addRunOptions } from "./sweep_command.ts";

interface ExtendOptions extends RunOptions {
  readonly add: readonly string[];
  readonly replicates?: number;
  readonly runCap?: number | null;
}

/** Adds the verb. */
export const addExtendCommand: AddCommand = (program, run) => {
  addRunOptions(program.command("extend <sweep>"))
    .description("Ask for more of a sweep, also of a finished one; only what is new is trained")
    .addOption(
      new Option(
        "--add <name=values>",
        "values to add, such as lr=0.2,0.5, or a wider range, lr=0.001..1; repeatable",
      ).argParser(collect).default([], "none"),
    )
    .option(
      "--replicates <n>",
      "trials per configuration; at most, where a race decides (replicates: auto)",
      integer(REPLICATES.min, REPLICATES.max),
    )
    .option("--run-cap <n>", "trials at most; none: no limit", runCap)
    .addHelpText(
      "after",
      `
Examples:
  deno task trawl extend latest --add lr=0.5,1
  deno task trawl extend quickstart --replicates 5 --workers 4
  deno task trawl extend my-random-sweep --run-cap 200
  deno task trawl extend my-random-sweep --add lr=0.0001..1 --run-cap 200
`,
    )
    .action((name: string, { add, replicates, runCap, ...options }: ExtendOptions) =>
      run((context) => extendSweep(name, { add, replicates, runCap }, { options, context }))
    );
};

function runCap(text: string): number | null {
  if (text === "none") return null;
  try {
    return integer(1, MAX_TRIALS)(text);
  } catch {
    throw new InvalidArgumentError(`It must be an integer from 1 to ${MAX_TRIALS}, or none.`);
  }
}
