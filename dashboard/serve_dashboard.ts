/** Serves the dashboard over HTTP until somebody ends it. */
import type { Hono } from "hono";

/** The port that is tried when nobody names one. */
export const DEFAULT_DASHBOARD_PORT = 4747;

/** Where to listen; port 0 takes a free one. */
export interface ServeDashboardOptions {
  readonly hostname: string;
  readonly port: number;
  /** Stops listening; requests under way may finish, streams end by the app's own signal. */
  readonly signal: AbortSignal;
}

/** A dashboard that listens. */
export interface ServedDashboard {
  /** `http://<hostname>:<port>/`, as a browser on this machine reaches it. */
  readonly url: string;
  readonly port: number;
  /** Resolves when the last connection is closed. */
  readonly finished: Promise<void>;
}

/** The address cannot be listened on. */
export class DashboardAddressError extends Error {
  override readonly name = "DashboardAddressError";
  /** Whether another port would do. */
  readonly isPortInUse: boolean;

  constructor(message: string, options: ErrorOptions & { readonly isPortInUse: boolean }) {
    super(message, options);
    this.isPortInUse = options.isPortInUse;
  }
}

/**
 * Listens and returns at once.
 * @throws {DashboardAddressError} If the port is in use or the address is not ours.
 */
export function serveDashboard(app: Hono, options: ServeDashboardOptions): ServedDashboard {
  const { hostname, port, signal } = options;
  try {
    const server = Deno.serve({ hostname, port, signal, onListen: () => {} }, app.fetch);
    const shown = isEverywhere(hostname) ? "localhost" : hostname;
    const url = `http://${shown.includes(":") ? `[${shown}]` : shown}:${server.addr.port}/`;
    return { url, port: server.addr.port, finished: server.finished };
  } catch (cause) {
    throw addressError(options, cause);
  }
}

function addressError(
  { hostname, port }: ServeDashboardOptions,
  cause: unknown,
): DashboardAddressError {
  const isPortInUse = cause instanceof Deno.errors.AddrInUse;
  const state = isPortInUse
    ? "the port is in use; it must be a free one (--port 0 takes any)"
    : cause instanceof Deno.errors.PermissionDenied
    ? "this user may not listen there; it must be a port from 1024 on"
    : cause instanceof Deno.errors.AddrNotAvailable
    ? "no network interface of this machine has the address"
    : cause instanceof Error
    ? cause.message
    : String(cause);
  return new DashboardAddressError(
    `Cannot serve the dashboard on ${hostname}:${port}: ${state}`,
    { cause, isPortInUse },
  );
}

function isEverywhere(hostname: string): boolean {
  return hostname === "0.0.0.0" || hostname === "::";
}
