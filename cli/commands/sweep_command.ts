/** `trawl sweep` and `trawl resume`: the options; `run_sweep.ts` does the work. */
import { type Command, Option } from "commander";
import { MAX_TRIALS } from "../../core/domain/sweep_spec.ts";
import { collect, integer, oneOf } from "../option_parsers.ts";
import type { AddCommand } from "../command.ts";
import { type ResumeOptions, resumeSweep, type StartOptions, startSweep } from "../run_sweep.ts";
import { BACKEND_REQUESTS } from "./backend_option.ts";
import { addLeaseOption, addPlaceOptions, addServerOptions } from "./common_options.ts";

/** Options of a new sweep, beyond those of running one. */
interface NewSweepOptions extends StartOptions {
  readonly set: readonly string[];
  readonly seed?: number;
  readonly maxLanes?: number;
  readonly runCap?: number;
}

/** Adds `sweep`. */
export const addSweepCommand: AddCommand = (program, run) => {
  addRunOptions(program.command("sweep [file]"))
    .description("Run a sweep: a YAML file, or the name of a shipped one (default: quickstart)")
    .addOption(
      new Option(
        "--set <name=values>",
        "set a parameter's values, such as lr=0.1,0.01; repeatable",
      ).argParser(collect).default([], "as in the file"),
    )
    .option(
      "--run-cap <n>",
      "trials at most, instead of the file's run_cap",
      integer(1, MAX_TRIALS),
    )
    .option("--seed <n>", "the root of all randomness", integer(0, 2 ** 32 - 1))
    .option(
      "--max-lanes <n>",
      "trials in a pack at most; 1 forbids fusing (default: 16)",
      integer(1, 1024),
    )
    .option("--new", "start anew, though this very sweep was begun before and interrupted")
    .addHelpText(
      "after",
      `
The same command again goes on with a sweep that was interrupted.

Examples:
  deno task sweep
  deno task sweep my_sweep.yaml --workers 4 --backend wasm
  deno task sweep quickstart --set lr=0.05,0.1,0.2 --set depth=1 --json
  deno task sweep lab/cifar100 --data-dir /data
  deno task sweep my_sweep.yaml --run-cap 20
  deno task sweep my_sweep.yaml --new
  deno task sweep my_sweep.yaml --listen 0.0.0.0:4222
  deno task sweep my_sweep.yaml --nats nats://a,nats://b,nats://c --replicas 3
`,
    )
    .action((
      file: string | undefined,
      { set, seed, maxLanes, runCap, ...options }: NewSweepOptions,
    ) =>
      run((context) =>
        startSweep(
          { file, set, seed, maxLanes, runCap, dataDir: options.dataDir },
          options,
          context,
        )
      )
    );
};

/** Adds `resume`. */
export const addResumeCommand: AddCommand = (program, run) => {
  addRunOptions(program.command("resume <sweep>"))
    .description("Go on with an interrupted or paused sweep, exactly where its journal ends")
    .addOption(
      new Option("--take-over", "ask nobody whether the sweep is coordinated").hideHelp(),
    )
    .addHelpText(
      "after",
      `
Examples:
  deno task trawl resume latest
  deno task trawl resume quickstart-1123-0950-x7k2 --workers 4
`,
    )
    .action((sweep: string, options: ResumeOptions) =>
      run((context) => resumeSweep(sweep, options, context))
    );
};

/** Adds what a sweep is run with, whether it is new or goes on. */
export function addRunOptions(command: Command): Command {
  return addServerOptions(addLeaseOption(addPlaceOptions(command)))
    .option("--workers <n>", "worker processes on this machine", integer(0, 256), 2)
    .option(
      "--backend <name>",
      `what they compute on: ${BACKEND_REQUESTS.join(", ")}`,
      oneOf(BACKEND_REQUESTS),
      "auto",
    )
    .option("--data-dir <dir>", "directory of dataset files")
    .option("--port <n>", "port of the dashboard (default: 4747, or a free one)", integer(0, 65535))
    .option("--no-dashboard", "serve no dashboard")
    .option("--hold", "keep the dashboard up when the sweep is over")
    .option("--json", "one JSON object a line on stdout, the last one a summary")
    .option("--verbose", "log what happens, on stderr");
}
