/** The dashboard as a command starts it: over a transport, at an address that is then printed. */
import { getLogger } from "@logtape/logtape";
import { describeNatsTarget, parseNatsTarget } from "../core/nats/nats_target.ts";
import type { Timers } from "../core/protocol/ports.ts";
import type { DashboardAccess } from "../dashboard/access/dashboard_access.ts";
import { bundleClient } from "../dashboard/client_bundle.ts";
import { createDashboard } from "../dashboard/create_dashboard.tsx";
import {
  DashboardAddressError,
  DEFAULT_DASHBOARD_PORT,
  serveDashboard,
  type ServedDashboard,
} from "../dashboard/serve_dashboard.ts";
import type { NatsSession } from "./nats_session.ts";
import { TRAWL_VERSION } from "./versions.ts";

const logger = getLogger(["trawl", "dashboard"]);

/** Where to serve. */
export interface DashboardAddress {
  readonly hostname: string;
  /** Undefined: the default port, or a free one if that is taken. */
  readonly port: number | undefined;
}

/** Serves until the signal aborts. @throws {DashboardAddressError} If the address cannot be had. */
export async function startDashboard(
  { transport: { journal, presence, artifacts, api }, link, url, home }: Pick<
    NatsSession,
    "transport" | "link" | "url" | "home"
  >,
  { hostname, port }: DashboardAddress,
  { timers, signal, access = { kind: "loopback" } }: {
    readonly timers: Timers;
    readonly signal: AbortSignal;
    readonly access?: DashboardAccess;
  },
): Promise<ServedDashboard> {
  const app = createDashboard({
    journal,
    presence,
    artifacts,
    api,
    clock: timers.now,
    trouble: () => link.describe(),
    natsAddress: describeNatsTarget(parseNatsTarget(url)),
    ...(home === undefined ? {} : { home }),
    version: TRAWL_VERSION,
    clientBundle: await bundleClient(),
    access,
    onFault: ({ message, cause }) => logger.error("{message}: {cause}", { message, cause }),
  }, { signal });
  if (port !== undefined) return serveDashboard(app, { hostname, port, signal });
  try {
    return serveDashboard(app, { hostname, port: DEFAULT_DASHBOARD_PORT, signal });
  } catch (error) {
    if (!(error instanceof DashboardAddressError && error.isPortInUse)) throw error;
    return serveDashboard(app, { hostname, port: 0, signal });
  }
}

/**
 * Fails early, before anything is started.
 * @throws {DashboardAddressError} If the port that the user named cannot be had.
 */
export function assertPortFree({ hostname, port }: DashboardAddress): void {
  if (port === undefined || port === 0) return;
  try {
    Deno.listen({ hostname, port }).close();
  } catch (error) {
    const isPortInUse = error instanceof Deno.errors.AddrInUse;
    if (!isPortInUse && !(error instanceof Deno.errors.PermissionDenied)) throw error;
    throw new DashboardAddressError(
      `Cannot serve the dashboard on ${hostname}:${port}: ` +
        `${isPortInUse ? "the port is in use" : "permission denied"}; ` +
        `--port must name a free one (0 takes any)`,
      { cause: error, isPortInUse },
    );
  }
}
