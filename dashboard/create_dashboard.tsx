/** The dashboard as a Hono app: pages, JSON and live events over journals. */
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { compress } from "hono/compress";
import { secureHeaders } from "hono/secure-headers";
import { nearestName } from "../core/domain/nearest_name.ts";
import type { Clock } from "../core/domain/units.ts";
import type {
  ApiClient,
  ArtifactStore,
  JournalReader,
  PresenceDirectory,
} from "../core/protocol/ports.ts";
import type { DashboardAccess } from "./access/dashboard_access.ts";
import {
  guardChanges,
  guardHostName,
  guardOrigin,
  guardRate,
  guardRole,
  guardToken,
} from "./access/guards.ts";
import { faultOf, nameRequests, requestIdOf } from "./access/request_ids.ts";
import { hasRole } from "./access/role.ts";
import { SessionCookie } from "./access/session_cookie.ts";
import type { ClientBundle } from "./client_bundle.ts";
import { sweepOfPath } from "./client/keyboard/shortcuts.ts";
import { SweepAbsentError } from "./live_sweep.ts";
import { LiveSweeps } from "./live_sweeps.ts";
import { ErrorPage, type ErrorPageProps } from "./pages/error_page.tsx";
import { LoginPage } from "./pages/login_page.tsx";
import { renderHtml } from "./pages/render_html.ts";
import { isFault, type Problem, problemOf, problemResponse, RefusedError } from "./problem.ts";
import { actionApiRoutes } from "./routes/action_api_routes.ts";
import { actionRoutes } from "./routes/action_routes.ts";
import { allEventsRoutes } from "./routes/all_events_routes.tsx";
import { apiRoutes } from "./routes/api_routes.ts";
import { assetRoutes } from "./routes/asset_routes.ts";
import { compareRoutes } from "./routes/compare_routes.tsx";
import { curvesRoutes } from "./routes/curves_routes.tsx";
import { controlRoutes } from "./routes/control_routes.tsx";
import type { DashboardContext } from "./routes/dashboard_context.ts";
import { eventsRoutes } from "./routes/events_routes.tsx";
import { fleetRoutes } from "./routes/fleet_routes.tsx";
import { loginRoutes } from "./routes/login_routes.tsx";
import { openapiRoutes } from "./routes/openapi_routes.ts";
import { pageRoutes } from "./routes/page_routes.tsx";
import { panelsRoutes } from "./routes/panels_routes.tsx";
import { parametersRoutes } from "./routes/parameters_routes.tsx";
import { readingRoutes } from "./routes/reading_routes.tsx";
import { streamRoute } from "./routes/stream_route.ts";
import { timelineRoutes } from "./routes/timeline_routes.tsx";
import { trialRoutes } from "./routes/trial_routes.tsx";
import { trialsRoutes } from "./routes/trials_routes.tsx";
import { StreamSeats } from "./stream/stream_seats.ts";
import { serverOptionFor } from "./server_option.ts";
import { TrialResults } from "./trial_results.ts";
import { pause } from "./waiting.ts";

/** What a dashboard reads and shows. */
export interface DashboardDependencies {
  readonly journal: JournalReader;
  readonly presence: PresenceDirectory;
  /** Where completed trials have left their results and models. */
  readonly artifacts: Pick<ArtifactStore, "get">;
  /** Asks coordinators whether they are there, and for what a button says. */
  readonly api: ApiClient;
  readonly clock: Clock;
  /** What the connection to the journals lacks at present; null while all is well. */
  readonly trouble?: () => string | null;
  /** Where workers join, without credentials: for commands that somebody copies. */
  readonly natsAddress?: string;
  /** The directory whose own server that is: commands then name it, not the address. */
  readonly home?: string;
  /** Trawl's own version. */
  readonly version: string;
  readonly clientBundle: ClientBundle;
  /** Who is served; browsers on this machine unless told. */
  readonly access?: DashboardAccess;
  /** Live streams at once: a browser needs one. */
  readonly maxStreams?: number;
  /** Is told what went wrong by a fault of the dashboard itself. */
  readonly onFault?: (error: Error) => void;
  /** How long a client of a live stream may take nothing until it counts as gone. */
  readonly stallMs?: number;
}

/** No request of ours has a body of more than a few hundred bytes. */
const MAX_BODY_BYTES = 65_536;
const LOAD_EVERY_MS = 10_000;

/** The app. When the signal aborts, streams end and no journal is followed any more. */
export function createDashboard(
  dependencies: DashboardDependencies,
  { signal }: { readonly signal: AbortSignal },
): Hono {
  const { api, presence, clock, version, clientBundle, access = { kind: "loopback" } } =
    dependencies;
  const live = new LiveSweeps({ ...dependencies, signal });
  void watchLoads(live, signal);
  const results = new TrialResults(dependencies.artifacts);
  const { natsAddress = null, home = null, maxStreams = 256, onFault = () => {} } = dependencies;
  const dashboard: DashboardContext = {
    live,
    results,
    api,
    presence,
    clock,
    version,
    clientBundle,
    natsAddress,
    serverOption: serverOptionFor({ natsAddress, home }),
    needsLogin: access.kind === "token",
    seats: new StreamSeats(maxStreams),
    stallMs: dependencies.stallMs,
    onFault,
    signal,
  };
  const app = new Hono();
  addGuards(app, dashboard, access);
  app.get("/healthz", (context) => context.json({ status: "ok", version }));
  addRoutes(app, dashboard);
  app.notFound((context) =>
    answer(context, dashboard, {
      type: "about:blank",
      title: "Not found",
      status: 404,
      detail: `Cannot find ${context.req.path}`,
    })
  );
  app.onError(async (error, context) => {
    const absentSweep = error instanceof SweepAbsentError
      ? { nearest: await nearestSweep(context.req.path, dashboard) }
      : null;
    if (isFault(error)) onFault(faultOf(context, error));
    const response = answer(context, dashboard, problemOf(error), absentSweep);
    const headers = error instanceof RefusedError ? error.headers : {};
    for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
    return response;
  });
  return app;
}

/** Asks for the workers now and then while nobody looks: a page opens with the minutes before. */
async function watchLoads(live: LiveSweeps, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await pause(LOAD_EVERY_MS, signal);
    if (!signal.aborted) await live.workers();
  }
}

/** What every request passes, from the outside in. */
function addGuards(app: Hono, dashboard: DashboardContext, access: DashboardAccess): void {
  const { clock } = dashboard;
  app.use(nameRequests(clock));
  app.use(secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      // A drawing becomes a picture by way of an image of the page's own making.
      imgSrc: ["'self'", "blob:"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
    // Without any a browser would tell our own forms' origin as "null", as it does a stranger's.
    referrerPolicy: "same-origin",
    // Plain HTTP on loopback: a browser must not be told to insist on TLS.
    strictTransportSecurity: false,
  }));
  app.use(guardRate(clock));
  app.use(guardOrigin());
  app.use(bodyLimit({
    maxSize: MAX_BODY_BYTES,
    onError: () => {
      throw new RefusedError(
        413,
        `Cannot take this body: it must be at most ${MAX_BODY_BYTES} bytes`,
      );
    },
  }));
  if (access.kind === "loopback") app.use(guardHostName(), guardChanges(clock));
  else {
    const session = new SessionCookie([access.token, access.viewerToken ?? ""], clock);
    app.use(guardToken(access, { session, clock }));
    app.use(guardRole(), guardChanges(clock));
    app.route("/", loginRoutes(dashboard, { access, session }));
  }
  // Pages and JSON; live events stay as they are, because a packer would hold them back.
  app.use(compress());
}

function addRoutes(app: Hono, dashboard: DashboardContext): void {
  app.route("/", assetRoutes(dashboard));
  app.route("/", openapiRoutes());
  app.route("/api/v1", apiRoutes(dashboard));
  app.route("/api/v1", streamRoute(dashboard));
  app.route("/api/v1", actionApiRoutes(dashboard));
  app.route("/", actionRoutes(dashboard));
  app.route("/", readingRoutes(dashboard));
  app.route("/", controlRoutes(dashboard));
  app.route("/", pageRoutes(dashboard));
  app.route("/", panelsRoutes(dashboard));
  app.route("/", trialsRoutes(dashboard));
  app.route("/", curvesRoutes(dashboard));
  app.route("/", parametersRoutes(dashboard));
  app.route("/", timelineRoutes(dashboard));
  app.route("/", eventsRoutes(dashboard));
  app.route("/", allEventsRoutes(dashboard));
  app.route("/", fleetRoutes(dashboard));
  app.route("/", trialRoutes(dashboard));
  app.route("/", compareRoutes(dashboard));
}

/** The sweep that the address may mean; null: none is near, or nobody can tell at present. */
async function nearestSweep(path: string, { live }: DashboardContext): Promise<string | null> {
  const asked = sweepOfPath(path);
  if (asked === null) return null;
  try {
    return nearestName(asked, await live.ids());
  } catch {
    return null; // the journals are out of reach: the page says enough without it
  }
}

/** JSON for programs, a page for people. */
function answer(
  context: Context,
  dashboard: DashboardContext,
  what: Problem,
  absentSweep: ErrorPageProps["absentSweep"] = null,
): Response {
  const { path } = context.req;
  const problem = { ...what, requestId: requestIdOf(context) };
  if (path.startsWith("/api/")) return problemResponse(problem);
  const { version, clientBundle, clock, natsAddress, needsLogin } = dashboard;
  // Whoever has not signed in need not know directories of this machine.
  const serverOption = needsLogin ? "" : dashboard.serverOption;
  const page = problem.status === 401
    ? (
      <LoginPage
        // Whoever only came by has done nothing wrong.
        words={path === "/login" ? problem.detail : null}
        isTokenWrong={path === "/login" && context.req.method === "POST"}
        version={version}
        clientBundle={clientBundle}
        now={clock()}
      />
    )
    : (
      <ErrorPage
        problem={problem}
        version={version}
        clientBundle={clientBundle}
        now={clock()}
        natsAddress={natsAddress}
        absentSweep={absentSweep}
        isOutside={needsLogin && !hasRole(context)}
      />
    );
  return new Response(renderHtml(page, { serverOption }), {
    status: problem.status,
    headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
  });
}
