/** Before every page of a sweep: where its journal is still being read, the page says how far. */
import { type Context, Hono } from "hono";
import type { JournalReading } from "../journal_reading.ts";
import { ReadingPage } from "../pages/reading_page.tsx";
import { renderHtml } from "../pages/render_html.ts";
import type { DashboardContext } from "./dashboard_context.ts";
import { sweepOf } from "./query.ts";

/** How long a person waits for the page before it tells that it waits itself. */
const PATIENCE_MS = 400;
const ASK_AGAIN_SECONDS = "1";

/** Passes on what can be answered. Programs, who ask the JSON interface, are made to wait. */
export function readingRoutes(dashboard: DashboardContext): Hono {
  const app = new Hono();
  const { live } = dashboard;
  app.get("/", async (context, next) => {
    const reading = await live.readingAfter(null, PATIENCE_MS);
    return reading === null ? await next() : answer(context, { dashboard, reading, sweep: null });
  });
  app.get("/s/:sweep/*", async (context, next) => {
    const sweep = sweepOf(context.req.param("sweep"));
    const reading = await live.readingAfter(sweep, PATIENCE_MS);
    return reading === null ? await next() : answer(context, { dashboard, reading, sweep });
  });
  return app;
}

function answer(
  context: Context,
  { dashboard: { version, clientBundle, clock }, ...what }: {
    readonly dashboard: DashboardContext;
    readonly reading: JournalReading;
    readonly sweep: string | null;
  },
): Response | Promise<Response> {
  const page = (
    <ReadingPage
      {...what}
      version={version}
      clientBundle={clientBundle}
      now={clock()}
    />
  );
  context.header("cache-control", "no-store");
  // It works with and without a script, and asks for the very address that the person wanted.
  context.header("refresh", ASK_AGAIN_SECONDS);
  context.header("retry-after", ASK_AGAIN_SECONDS);
  // A browser logs every 5xx as an error and a proxy may put its own page there: who comes by an
  // address is told that the answer is under way. A script that asks is told that there is none yet.
  const isVisit = context.req.header("sec-fetch-mode") === "navigate";
  return context.html(renderHtml(page), isVisit ? 202 : 503);
}
