/** The dashboard as a command starts it: over a transport, at an address that is then printed. */
import { createDashboard } from "../dashboard/create_dashboard.ts";
import { type RunningDashboard, serveDashboard } from "../dashboard/serve_dashboard.ts";
import type { Timers } from "../core/protocol/ports.ts";
import type { Transport } from "../core/nats/transport.ts";
import { UserError } from "./exit_code.ts";
import { TRAWL_VERSION } from "./versions.ts";

/** The port unless told otherwise. */
export const DEFAULT_PORT = 4747;

/** Where to serve. */
export interface DashboardAddress {
  readonly hostname: string;
  /** Undefined: the default port, or a free one if that is taken. */
  readonly port: number | undefined;
}

/** Serves until the signal aborts. @throws {UserError} If the port that was named is taken. */
export async function startDashboard(
  transport: Transport,
  address: DashboardAddress,
  options: { readonly timers: Timers; readonly signal: AbortSignal },
): Promise<RunningDashboard> {
  const { signal, timers } = options;
  const app = createDashboard(
    {
      journal: transport.journal,
      presence: transport.presence,
      clock: timers.now,
      version: TRAWL_VERSION,
    },
    { signal },
  );
  const { hostname } = address;
  if (address.port !== undefined) {
    return await serveDashboard(app, { hostname, port: address.port, signal });
  }
  const isFree = canListen(hostname, DEFAULT_PORT);
  return await serveDashboard(app, { hostname, port: isFree ? DEFAULT_PORT : 0, signal });
}

/**
 * Fails early, before anything is started.
 * @throws {UserError} If the port that the user named is taken.
 */
export function assertPortFree({ hostname, port }: DashboardAddress): void {
  if (port === undefined || port === 0 || canListen(hostname, port)) return;
  throw new UserError(
    `Cannot serve the dashboard on ${hostname}:${port}: the port is in use; ` +
      `--port must name a free one (0 takes any)`,
  );
}

function canListen(hostname: string, port: number): boolean {
  try {
    Deno.listen({ hostname, port }).close();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse || error instanceof Deno.errors.PermissionDenied) {
      return false;
    }
    throw error;
  }
}
