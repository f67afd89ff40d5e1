/** `trawl dashboard`: the page alone, over the sweeps of a home or of a NATS server. */
import type { DashboardAccess } from "../../dashboard/access/dashboard_access.ts";
import type { Role } from "../../dashboard/access/role.ts";
import { LoginLinks } from "../../dashboard/access/login_links.ts";
import type { Clock } from "../../core/domain/units.ts";
import { startDashboard } from "../dashboard_server.ts";
import { launchDashboard } from "../confinement/launch.ts";
import type { CliContext } from "../context.ts";
import { EXIT, type ExitCode, UserError } from "../exit_code.ts";
import { openHome } from "../home.ts";
import { listenForInterruption } from "../interruption.ts";
import { configureLogging } from "../logging.ts";
import { openNatsSession } from "../nats_session.ts";
import { integer } from "../option_parsers.ts";
import type { AddCommand } from "../command.ts";
import { parentGone } from "../parent_gone.ts";
import { addPlaceOptions, exitWithParentOption, type PlaceOptions } from "./common_options.ts";

interface DashboardOptions extends PlaceOptions {
  readonly host: string;
  readonly port?: number;
  /** True: a random one. */
  readonly token?: string | true;
  /** True: a random one. */
  readonly viewerToken?: string | true;
  readonly verbose?: boolean;
  readonly exitWithParent?: boolean;
}

/** Addresses that nobody outside this machine can reach. */
const LOOPBACK: ReadonlySet<string> = new Set(["127.0.0.1", "::1", "localhost"]);

/** Fits into addresses and cookies as it is. */
const TOKEN_REGEXP = /^[\w-]{16,256}$/;

/** Adds the verb. */
export const addDashboardCommand: AddCommand = (program, run) => {
  addPlaceOptions(program.command("dashboard"))
    .description("Serve the dashboard, for finished sweeps as well, until Ctrl-C")
    .option(
      "--host <address>",
      "address to listen on; other than loopback it needs --token",
      "127.0.0.1",
    )
    .option(
      "--token [token]",
      "serve only who knows the token (default: TRAWL_DASHBOARD_TOKEN, else a random one)",
    )
    .option(
      "--viewer-token [token]",
      "besides, a token for those who may only read (default: TRAWL_DASHBOARD_VIEWER_TOKEN)",
    )
    .option("--port <n>", "port to listen on (default: 4747, or a free one)", integer(0, 65535))
    .option("--verbose", "log what happens, on stderr")
    .addHelpText(
      "after",
      `
Examples:
  deno task dashboard
  deno task dashboard --nats nats://cluster:4222 --port 8080
  deno task dashboard --host 0.0.0.0 --token
  deno task dashboard --host 0.0.0.0 --token --viewer-token
`,
    )
    .addOption(exitWithParentOption())
    .action((options: DashboardOptions) =>
      run((context) => {
        const { launches } = context;
        return launches === undefined
          ? serve(options, context)
          : launchDashboard(options, { context, args: launches });
      })
    );
};

async function serve(options: DashboardOptions, context: CliContext): Promise<ExitCode> {
  const { output, timers } = context;
  const access = accessOf(options, { env: context.env, clock: timers.now });
  const level = options.verbose ? "debug" : "warning";
  await configureLogging(output, { level, json: false });
  using interruption = listenForInterruption();
  const signal = options.exitWithParent
    ? AbortSignal.any([interruption.drain, parentGone()])
    : interruption.drain;
  const home = await openHome(options.home);
  await using session = await openNatsSession(
    { ...options, home, name: "trawl-dashboard", signal },
    context,
  );
  const address = { hostname: options.host, port: options.port };
  const dashboard = await startDashboard(session, address, { timers, signal, access });
  for (const line of addressLines(access, dashboard.url)) output.note(line);
  if (!LOOPBACK.has(options.host)) {
    output.note("It speaks plain HTTP: outside a network that you trust, put TLS before it");
  }
  await dashboard.finished;
  // Ctrl-C is how a dashboard ends.
  return EXIT.completed;
}

/** Where to go. The tokens are for programs, the links for browsers. */
function addressLines(access: DashboardAccess, url: string): readonly string[] {
  if (access.kind === "loopback") return [`Dashboard: ${url}`];
  const { links, token, viewerToken } = access;
  const link = (role: Role): string => new URL(links.issue(role), url).href;
  return [
    `Dashboard: ${link("operator")}`,
    `  to read only: ${link("viewer")}`,
    "  each link signs one browser in, once, within a day; more of them: Share, at the page's foot",
    `  programs: Authorization: Bearer ${token}`,
    ...(viewerToken === null ? [] : [`  to read only: Authorization: Bearer ${viewerToken}`]),
  ];
}

/** @throws {UserError} If others could reach the dashboard without a token, or could guess it. */
function accessOf(
  { host, token, viewerToken }: DashboardOptions,
  { env, clock }: { readonly env: CliContext["env"]; readonly clock: Clock },
): DashboardAccess {
  const chosen = chooseToken(token, env("TRAWL_DASHBOARD_TOKEN"));
  const forViewers = chooseToken(viewerToken, env("TRAWL_DASHBOARD_VIEWER_TOKEN"));
  if (chosen === null) {
    if (viewerToken !== undefined) {
      throw new UserError(
        "Cannot serve viewers by a token of their own: it must come with --token",
      );
    }
    if (LOOPBACK.has(host)) return { kind: "loopback" };
    throw new UserError(
      `Cannot serve the dashboard on "${host}": whoever reaches it must know a token; add --token, ` +
        `or forward the port instead, as with ssh -L 4747:127.0.0.1:4747 HOST`,
    );
  }
  for (const each of [chosen, forViewers]) {
    if (each === null || TOKEN_REGEXP.test(each)) continue;
    throw new UserError(
      `Cannot take the token for the dashboard: it must have at least 16 letters, digits, "-" or "_"`,
    );
  }
  if (chosen === forViewers) {
    throw new UserError("Cannot tell viewers from operators: their tokens must not be equal");
  }
  const links = new LoginLinks({ clock, newSecret: randomToken });
  return { kind: "token", token: chosen, viewerToken: forViewers, links };
}

/** Null: none was asked for. */
function chooseToken(
  option: string | true | undefined,
  fromEnv: string | undefined,
): string | null {
  const named = option === true ? undefined : option;
  return named ?? (fromEnv || null) ?? (option === true ? randomToken() : null);
}

function randomToken(): string {
  return crypto.getRandomValues(new Uint8Array(24)).toHex();
}
