/** A dashboard at a port, for a browser. */
import type { ClientBundle } from "../../dashboard/client_bundle.ts";
import { serveDashboard } from "../../dashboard/serve_dashboard.ts";
import { type JournalServer, openDashboard } from "./dashboards.ts";

/** Ends with its scope. */
export interface ServedTestDashboard extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
}

/** Serves a server's journals; port 0 is any. */
export function serveTestDashboard(
  server: JournalServer,
  options: { readonly clientBundle: ClientBundle; readonly port: number },
): ServedTestDashboard {
  const dashboard = openDashboard(server, options.clientBundle);
  const listening = { hostname: "127.0.0.1", port: options.port, signal: dashboard.signal };
  const { url, port, finished } = serveDashboard(dashboard.app, listening);
  return {
    url,
    port,
    [Symbol.asyncDispose]: async () => {
      dashboard[Symbol.dispose]();
      await finished;
    },
  };
}
