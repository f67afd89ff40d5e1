/** The Trials page, the same as JSON, and its rows as files. */
import { Hono } from "hono";
import type { SweepLedger, Trial } from "../../core/domain/sweep_ledger.ts";
import { exportCsv, exportJsonLines } from "../../core/views/trial_export.ts";
import { exportParquet } from "../../core/views/trial_parquet.ts";
import type { TrialsPageState, TrialsSnapshot } from "../client/trials/trials_model.ts";
import { TrialsPage } from "../client/trials/trials_page.tsx";
import { ALL_TRIALS, parseTrialsQuery, type TrialsQuery } from "../client/trials/trials_query.ts";
import type { LiveSweep } from "../live_sweep.ts";
import { selectTrials } from "../state/trial_selection.ts";
import { trialsSnapshot, unreadableTrials } from "../state/trials_snapshot.ts";
import type { DashboardContext } from "./dashboard_context.ts";
import { sweepOf } from "./query.ts";
import { sendPage } from "./send_page.tsx";
import { byteStream, textStream } from "./text_stream.ts";

interface TrialsExport {
  readonly contentType: string;
  readonly body: (ledger: SweepLedger, trials: readonly Trial[]) => ReadableStream<Uint8Array>;
}

/** What can be exported, by the ending of its address. */
const EXPORTS: Readonly<Record<string, TrialsExport>> = {
  csv: {
    contentType: "text/csv; charset=utf-8; header=present",
    body: (ledger, trials) => textStream(exportCsv(ledger, trials)),
  },
  jsonl: {
    contentType: "application/jsonl; charset=utf-8",
    body: (ledger, trials) => textStream(exportJsonLines(ledger, trials)),
  },
  parquet: {
    contentType: "application/vnd.apache.parquet",
    body: (ledger, trials) => byteStream(exportParquet(ledger, trials)),
  },
};

/** Everything about many trials. */
export function trialsRoutes(dashboard: DashboardContext): Hono {
  const { live, clock } = dashboard;
  const app = new Hono();
  app.get("/s/:sweep/trials", async (context) => {
    using watched = await live.watch(sweepOf(context.req.param("sweep")));
    const snapshot = readable(watched.sweep, new URL(context.req.url).searchParams, clock());
    const state: TrialsPageState = { page: "trials", snapshot };
    return sendPage(context, {
      dashboard,
      title: `Trials of ${snapshot.facts.name}`,
      state,
      current: { page: "sweeps", isPart: true },
      content: TrialsPage({ snapshot }),
    });
  });
  app.get("/api/v1/sweeps/:sweep/trials", async (context) => {
    const query = parseTrialsQuery(new URL(context.req.url).searchParams);
    using watched = await live.watch(sweepOf(context.req.param("sweep")));
    context.header("cache-control", "no-store");
    return context.json(trialsSnapshot(watched.sweep, query, { now: clock() }));
  });
  for (const [ending, { contentType, body }] of Object.entries(EXPORTS)) {
    app.get(`/api/v1/sweeps/:sweep/trials.${ending}`, async (context) => {
      const query = parseTrialsQuery(new URL(context.req.url).searchParams);
      using watched = await live.watch(sweepOf(context.req.param("sweep")));
      const { view } = watched.sweep;
      context.header("content-type", contentType);
      context.header("cache-control", "no-store");
      return context.body(body(view.ledger, selectTrials(view, query)));
    });
  }
  return app;
}

/** A person who mistyped a filter gets the page back, with what is wrong with it. */
function readable(live: LiveSweep, params: URLSearchParams, now: number): TrialsSnapshot {
  let query: TrialsQuery = { ...ALL_TRIALS, text: params.get("q") ?? "" };
  try {
    query = parseTrialsQuery(params);
    return trialsSnapshot(live, query, { now });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return unreadableTrials(live, query, { now, problem: error.message });
  }
}
