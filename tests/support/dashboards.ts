/** A dashboard over a real nats-server, with journals written as a coordinator writes them. */
import type { SweepId } from "../../core/domain/ids.ts";
import type { JournalEntry } from "../../core/domain/sweep_event.ts";
import { instant, milliseconds } from "../../core/domain/units.ts";
import { parseNatsTarget } from "../../core/nats/nats_target.ts";
import { openTransport, type Transport } from "../../core/nats/transport.ts";
import type { JournalWriter } from "../../core/protocol/ports.ts";
import type { DashboardAccess } from "../../dashboard/access/dashboard_access.ts";
import type { ClientBundle } from "../../dashboard/client_bundle.ts";
import { createDashboard } from "../../dashboard/create_dashboard.tsx";
import { TestNatsServer } from "./nats_server.ts";

/** A server with a connection to it. */
export interface JournalServer extends AsyncDisposable {
  readonly server: TestNatsServer;
  readonly transport: Transport;
  /** Appends entries to a sweep's journal, as its only writer. */
  readonly write: (sweep: SweepId, entries: Iterable<JournalEntry>) => Promise<void>;
}

/** Starts a server that holds no journal yet. */
export async function startJournalServer(): Promise<JournalServer> {
  const server = await TestNatsServer.start();
  const transport = await openTransport(parseNatsTarget(server.url), {
    name: "trawl-dashboard-test",
    leaseMs: milliseconds(5_000),
  });
  const writers = new Map<SweepId, JournalWriter>();
  return {
    server,
    transport,
    write: async (sweep, entries) => {
      const writer = writers.get(sweep) ?? await transport.openWriter(sweep, { after: 0 });
      writers.set(sweep, writer);
      for (const entry of entries) await writer.append(entry);
    },
    [Symbol.asyncDispose]: async () => {
      await transport[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** A bundle without a script, for tests of what the server says. */
export const STILL_BUNDLE: ClientBundle = {
  styles: {
    path: "/assets/style-0.css",
    contentType: "text/css; charset=utf-8",
    body: new TextEncoder().encode("main{}"),
  },
  theme: null,
  script: null,
};

/** A dashboard that ends with its scope. */
export interface TestDashboard extends Disposable {
  readonly app: ReturnType<typeof createDashboard>;
  readonly signal: AbortSignal;
}

/** A dashboard over a server's journals. */
export function openDashboard(
  { transport }: Pick<JournalServer, "transport">,
  clientBundle: ClientBundle = STILL_BUNDLE,
  { access, natsAddress, home, maxStreams, stallMs, onFault }: {
    readonly access?: DashboardAccess;
    readonly maxStreams?: number;
    readonly natsAddress?: string;
    readonly home?: string;
    readonly stallMs?: number;
    readonly onFault?: (error: Error) => void;
  } = {},
): TestDashboard {
  const controller = new AbortController();
  const app = createDashboard({
    journal: transport.journal,
    presence: transport.presence,
    artifacts: transport.artifacts,
    api: transport.api,
    clock: () => instant(Date.now()),
    version: "0.0.0-test",
    clientBundle,
    ...(access === undefined ? {} : { access }),
    ...(natsAddress === undefined ? {} : { natsAddress }),
    ...(home === undefined ? {} : { home }),
    ...(maxStreams === undefined ? {} : { maxStreams }),
    ...(stallMs === undefined ? {} : { stallMs }),
    ...(onFault === undefined ? {} : { onFault }),
  }, { signal: controller.signal });
  return {
    app,
    signal: controller.signal,
    [Symbol.dispose]: () => controller.abort(),
  };
}
