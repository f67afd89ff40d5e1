/** `trawl dashboard`: the page alone, over the sweeps of a home or of a NATS server. */
import { startDashboard } from "../dashboard_server.ts";
import type { CliContext } from "../context.ts";
import { EXIT, type ExitCode, UserError } from "../exit_code.ts";
import { openHome } from "../home.ts";
import { listenForInterruption } from "../interruption.ts";
import { configureLogging } from "../logging.ts";
import { openNatsSession } from "../nats_session.ts";
import { integer } from "../option_parsers.ts";
import type { AddCommand } from "../command.ts";
import { addPlaceOptions, type PlaceOptions } from "./common_options.ts";

interface DashboardOptions extends PlaceOptions {
  readonly host: string;
  readonly port?: number;
  readonly verbose?: boolean;
}

/** Addresses that nobody outside this machine can reach. */
const LOOPBACK: ReadonlySet<string> = new Set(["127.0.0.1", "::1", "localhost"]);

/** Adds the verb. */
export const addDashboardCommand: AddCommand = (program, run) => {
  addPlaceOptions(program.command("dashboard"))
    .description("Serve the dashboard, for finished sweeps as well, until Ctrl-C")
    .option("--host <address>", "loopback address to listen on", "127.0.0.1")
    .option("--port <n>", "port to listen on (default: 4747, or a free one)", integer(0, 65535))
    .option("--verbose", "log what happens, on stderr")
    .addHelpText(
      "after",
      `
Examples:
  deno task dashboard
  deno task dashboard --nats nats://cluster:4222 --port 8080
`,
    )
    .action((options: DashboardOptions) => run((context) => serve(options, context)));
};

async function serve(options: DashboardOptions, context: CliContext): Promise<ExitCode> {
  if (!LOOPBACK.has(options.host)) {
    throw new UserError(
      `Cannot serve the dashboard on "${options.host}": without a login it must stay on this ` +
        `machine; forward the port instead, as with ssh -L 4747:127.0.0.1:4747 HOST`,
    );
  }
  const { output, timers } = context;
  const level = options.verbose ? "debug" : "warning";
  await configureLogging(output, { level, json: false });
  using interruption = listenForInterruption();
  const signal = interruption.drain;
  const home = await openHome(options.home);
  await using session = await openNatsSession(
    { ...options, home, name: "trawl-dashboard", signal },
    context,
  );
  const address = { hostname: options.host, port: options.port };
  const dashboard = await startDashboard(session, address, { timers, signal });
  output.note(`Dashboard: ${dashboard.url}`);
  await dashboard.finished;
  // Ctrl-C is how a dashboard ends.
  return EXIT.completed;
}
