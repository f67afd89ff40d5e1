/** Makes the Curves page live: choices and zooms stay on the page, new points are drawn as they come. */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { signal } from "@preact/signals";
import { hydrate, type VNode } from "preact";
import type { CurvesPageState, CurvesView } from "../curves/curves_model.ts";
import { withNews } from "../curves/curves_news.ts";
import { CurvesPage } from "../curves/curves_page.tsx";
import { type CurvesQuery, formatCurvesQuery, parseCurvesQuery } from "../curves/curves_query.ts";
import { LinesChart } from "../curves/lines_chart.tsx";
import { atMostEvery } from "../live/at_most_every.ts";
import { getJson } from "../live/get_json.ts";
import { tellFailure } from "../live/panel_failure.ts";
import type { LivePage } from "../live/live_page.tsx";

const REFRESH_MS = 3_000;

/** Takes the page over. */
export function startCurves(
  { snapshot: first }: CurvesPageState,
  root: Element,
  live: LivePage,
): void {
  const shown = signal(first);
  const problem = signal<string | null>(null);
  let [question, wanted, isHeld] = [0, first.view.query, false];
  // What the address asks for: what nobody can read the server has told, and does not ask again.
  let isReadable = queryIn(location.search) !== null;
  // What came while the pointer was down: the picture must not move under it.
  let waiting: CurvesView | null = null;
  const show = (view: CurvesView): void => {
    if (isHeld) waiting = view;
    else shown.value = { ...shown.value, view };
  };
  const ask = async (): Promise<void> => {
    if (!isReadable) return;
    const mine = ++question;
    const search = formatCurvesQuery(wanted);
    const path = `/api/v1/sweeps/${first.facts.sweep}/curves${search}${search ? "&" : "?"}points=`;
    // A stretch of two pixels is as fine as a line is wide.
    const points = Math.min(1_000, Math.max(200, Math.ceil(root.clientWidth / 2)));
    let outcome: unknown = null;
    const answer = await getJson<CurvesView>(path + points).catch((error) =>
      void (outcome = error)
    );
    // What came too late is not wanted any more.
    if (mine !== question) return;
    tellFailure(root, outcome, ask);
    if (answer) show(answer);
  };
  const go = (query: CurvesQuery): void => {
    wanted = query;
    isReadable = true;
    problem.value = null;
    ask();
  };
  const onQuery = (query: CurvesQuery): void => {
    history.pushState(null, "", location.pathname + formatCurvesQuery(query));
    go(query);
  };
  const onForm = (form: HTMLFormElement): void => {
    try {
      const fields = [...new FormData(form)].map(([name, value]) => [name, String(value)]);
      const read = parseCurvesQuery(new URLSearchParams(fields));
      const isUsual = read.metric === shown.value.facts.metric;
      const query = isUsual ? { ...read, metric: null } : read;
      // A part of one x is none of another.
      onQuery(query.x === wanted.x ? query : { ...query, from: null, to: null });
    } catch (error) {
      problem.value = error instanceof Error ? error.message : String(error);
    }
  };
  const onHold = (held: boolean): void => {
    isHeld = held;
    if (!held && waiting !== null) show(waiting);
    if (!held) waiting = null;
  };
  const App = (): VNode => (
    <CurvesPage
      snapshot={shown.value}
      problem={problem.value}
      chart={LinesChart}
      onQuery={onQuery}
      onForm={onForm}
      onHold={onHold}
    />
  );
  hydrate(<App />, root);
  addEventListener("popstate", () => {
    const query = queryIn(location.search);
    if (query === null) location.reload();
    else go(query);
  });
  // The page came with few points of long curves, so that it came soon.
  if (first.view.lines.some(({ low }) => low !== null)) ask();
  const refresh = atMostEvery(ask, { ms: REFRESH_MS, setTimer: (act, ms) => setTimeout(act, ms) });
  live.listen({
    url: live.sweepUrl(first.facts.sweep),
    after: first.asOf,
    onEvent: ({ type, data }) => {
      if (type === "state") {
        const { progress = shown.value.progress, facts = shown.value.facts } = JSON.parse(data);
        shown.value = { ...shown.value, progress, facts };
      }
      if (type === "metrics") show(withNews(waiting ?? shown.value.view, JSON.parse(data).points));
      refresh();
    },
  });
}

/** Null: it cannot be read. */
function queryIn(search: string): CurvesQuery | null {
  try {
    return parseCurvesQuery(new URLSearchParams(search));
  } catch {
    return null;
  }
}
