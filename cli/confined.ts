/** The entry point that starts `worker` and `dashboard` confined: it is not one of them itself. */
import { processOutput } from "./output.ts";
import { runCli } from "./program.ts";
import { systemTimers } from "./system_timers.ts";

if (import.meta.main) {
  const code = await runCli(Deno.args, {
    output: processOutput(),
    env: (name) => Deno.env.get(name),
    timers: systemTimers,
    launches: Deno.args,
  });
  Deno.exit(code);
}
