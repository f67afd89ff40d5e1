/** `trawl doctor`: what works on this machine, what does not, and what mends it. */
import { addonsDir } from "../backend_install/addons_dir.ts";
import { cacheDir } from "../cache_dir.ts";
import type { AddCommand } from "../command.ts";
import type { CliContext } from "../context.ts";
import { checkBackends } from "../doctor/backend_checks.ts";
import { type Check, hasProblem } from "../doctor/check.ts";
import { checkCifar100 } from "../doctor/data_check.ts";
import { checkDeno, checkDisk, checkFolder } from "../doctor/machine_checks.ts";
import { checkNamedServer, checkServerBinary } from "../doctor/nats_checks.ts";
import { checksAsJson, renderChecks } from "../doctor/render_checks.ts";
import { EXIT, type ExitCode } from "../exit_code.ts";
import { listenForInterruption } from "../interruption.ts";
import { namedNatsTarget } from "../nats_options.ts";
import { terminalSize } from "../terminal_size.ts";
import { addPlaceOptions, type PlaceOptions } from "./common_options.ts";

interface DoctorOptions extends PlaceOptions {
  readonly dataDir?: string;
  readonly json?: true;
}

/** Adds the verb. */
export const addDoctorCommand: AddCommand = (program, run) => {
  addPlaceOptions(program.command("doctor"))
    .description("Check this machine: Deno, NATS, every backend, disk, clock, data")
    .option("--data-dir <dir>", "directory of dataset files")
    .option("--json", "one JSON object a line")
    .addHelpText(
      "after",
      `\nExamples:\n  deno task trawl doctor\n  deno task trawl doctor --nats nats://host:4222 --json\n`,
    )
    .action((options: DoctorOptions) => run((context) => examine(options, context)));
};

async function examine(options: DoctorOptions, context: CliContext): Promise<ExitCode> {
  const { output } = context;
  using interruption = listenForInterruption();
  const checks = await runChecks(options, context, interruption.drain);
  const lines = options.json
    ? checksAsJson(checks)
    : renderChecks(checks, { width: terminalSize().columns });
  for (const line of lines) output.line(line);
  return hasProblem(checks) ? EXIT.infrastructure : EXIT.completed;
}

async function runChecks(
  { home, nats, dataDir }: DoctorOptions,
  { env }: CliContext,
  signal: AbortSignal,
): Promise<readonly Check[]> {
  const cache = cacheDir(env, home);
  const target = namedNatsTarget(nats, env);
  const homeCheck = await checkFolder("home", home, {
    fix: "--home with a directory that you may write",
  });
  const server = target === null
    ? [await checkServerBinary({ cacheDir: cache, env, signal })]
    : await checkNamedServer(target, { now: Date.now, signal });
  return [
    checkDeno(Deno.version.deno),
    homeCheck,
    await checkFolder("cache", cache, {
      fix: "XDG_CACHE_HOME with a directory that you may write",
    }),
    ...(homeCheck.status === "ok" ? [await checkDisk(home)] : []),
    ...server,
    ...await checkBackends(addonsDir(env, home)),
    await checkCifar100({ home, dataDir }),
  ];
}
