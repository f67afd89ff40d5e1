/** Trawl's entry point: the one place that reads the arguments and ends the process. */
import { processOutput } from "./cli/output.ts";
import { runCli } from "./cli/program.ts";
import { systemTimers } from "./cli/system_timers.ts";

if (import.meta.main) {
  const code = await runCli(Deno.args, {
    output: processOutput(),
    env: (name) => Deno.env.get(name),
    timers: systemTimers,
  });
  Deno.exit(code);
}
