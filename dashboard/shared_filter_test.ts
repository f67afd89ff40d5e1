import assert from "node:assert/strict";
import { parseSweepId } from "../core/domain/ids.ts";
import type { CurvesView } from "./client/curves/curves_model.ts";
import type { CurvesAnswer, OverviewSnapshot } from "./client/model.ts";
import type { Panels } from "./client/overview/panels_model.ts";
import type { Timeline } from "./client/timeline/timeline_model.ts";
import type { TrialsSnapshot } from "./client/trials/trials_model.ts";
import { openDashboard, startJournalServer } from "../tests/support/dashboards.ts";
import { journalOf } from "../tests/support/journals.ts";

const sweep = parseSweepId("grown-1");
const FILTER = "q=hidden_width%3E%3D32&state=completed";
const UNREADABLE = [
  ["q=nothing>1", /^Cannot filter by "nothing"/],
  ["state=nonsense", /^Cannot show trials that are "nonsense"/],
  ["pack=x", /^Cannot read pack "x"/],
] as const;
/** The pages, and what of each stands below its filter. */
const FIRST: Readonly<Record<string, string>> = {
  "": 'id="curves"',
  "/trials": 'id="trials-title"',
  "/curves": 'aria-label="Choice of curves"',
  "/params": ">Parallel coordinates<",
  "/timeline": 'id="timeline"',
};
const PAGES = Object.keys(FIRST);

Deno.test("createDashboard hands the filter from page to page, and every page honours it", async (t) => {
  await using server = await startJournalServer();
  await server.write(
    sweep,
    journalOf({ configurations: 24, lanes: 2, epochs: 3, failureRate: 0.1 }),
  );
  using dashboard = openDashboard(server);
  const page = async (path: string): Promise<string> => {
    const answer = await dashboard.app.request(`/s/grown-1${path}`);
    assert.equal(answer.status, 200, path);
    return (await answer.text()).replaceAll("&amp;", "&").replaceAll("&gt;", ">");
  };
  const json = async <Answer>(path: string): Promise<Answer> =>
    await (await dashboard.app.request(`/api/v1/sweeps/grown-1${path}`)).json();
  const { matchingTrials: matching, total } = await json<TrialsSnapshot>(`/trials?${FILTER}`);
  assert.ok(Number(matching) > 0 && Number(matching) < Number(total));

  await t.step("the tabs of every page lead to the others with it", async () => {
    for (const path of [...PAGES, "/trials?sort=-trial&page=1"]) {
      const html = await page(`${path}${path.includes("?") ? "&" : "?"}${FILTER}`);
      for (const other of PAGES) {
        assert.ok(html.includes(`href="/s/grown-1${other}?${FILTER}"`), `${path} to ${other}`);
      }
      assert.ok(html.includes('href="/s/grown-1/events"'), "events are not about trials alone");
    }
  });
  await t.step("without one nothing is handed on", async () => {
    for (const path of PAGES) assert.ok((await page(path)).includes('href="/s/grown-1/trials"'));
  });
  await t.step("overview and timeline say what is left, and the way back", async () => {
    const rest = "metric=val_loss&from=0";
    for (const [path, kept] of [["", rest], ["/timeline", "from=0"]] as const) {
      const html = await page(`${path}?${FILTER}&${rest}`);
      assert.match(html, new RegExp(`data-filtered="${matching}">${matching} of ${total} trials`));
      assert.match(html, /\(filter: completed, hidden_width>=32\)/);
      assert.ok(html.includes(`<a href="/s/grown-1${path}?${kept}">clear</a>`), kept);
    }
  });
  await t.step("charts are made of what matches", async () => {
    const { history: all } = await json<Panels>("/panels");
    const { history } = await json<Panels>(`/panels?${FILTER}`);
    assert.ok(history.completed > 0 && history.completed < all.completed);
    const { inWindow: every } = await json<Timeline>("/timeline");
    const { inWindow } = await json<Timeline>(`/timeline?${FILTER}`);
    assert.ok(inWindow > 0 && inWindow < every);
    const { lines } = await json<CurvesView>(`/curves?points=20&top=64&${FILTER}`);
    assert.equal(lines.length, matching);
    const failed = await json<CurvesView>("/curves?points=20&top=64&state=failed");
    assert.ok(failed.lines.length > 0 && failed.lines.every(({ tag }) => tag === "failed"));
  });
  await t.step("a filter that cannot be read is said in the bar of every page", async () => {
    for (const [search, words] of UNREADABLE) {
      for (const path of PAGES) {
        const html = await page(`${path}?${search}`);
        const said = [...html.matchAll(/role="alert">([^<]*)/g)].map(([, text]) => text);
        assert.equal(said.length, 1, `${path}?${search}`);
        assert.match(said[0]!.replaceAll("&quot;", '"'), words, path);
        const place = html.indexOf('role="alert"');
        const bar = html.indexOf('class="card filter-bar"');
        assert.ok(
          html.slice(bar, place).startsWith('class="card filter-bar" aria-label="Filter" open'),
        );
        assert.ok(
          !html.slice(bar + 8, place).includes('class="card'),
          `it is in the bar of ${path}`,
        );
        assert.ok(html.slice(bar).includes(">clear</a>"), "the way back");
      }
    }
    for (const path of ["/trials?", "/params?", "/curves?", "/snapshot?"]) {
      const answer = await dashboard.app.request(`/api/v1/sweeps/grown-1${path}q=nothing>1`);
      assert.equal(answer.status, 400, path);
    }
    const other = await dashboard.app.request("/s/grown-1/params?lines=none&q=nothing>1");
    assert.equal(other.status, 400, "what is no filter is told as before");
  });
  await t.step("every page has one bar, with the same fields in the same order", async () => {
    for (const path of PAGES) {
      const html = await page(path);
      assert.equal(html.split('class="card filter-bar"').length, 2, path);
      assert.equal(html.split("data-filter ").length + html.split('data-filter="').length, 3, path);
      const bar = html.slice(html.indexOf('class="card filter-bar"'));
      const places = ['name="state"', 'name="worker"', 'name="q"', ">Filter</button>"]
        .map((part) => bar.indexOf(part));
      assert.ok(places.every((place) => place > 0), path);
      assert.deepEqual(places, places.toSorted((a, b) => a - b), path);
      assert.ok(bar.includes('placeholder="best%<=10 val_accuracy>… '.replace("<", "&lt;")), path);
      assert.ok(!/^[^>]* open/.test(bar), "it is closed while nothing is filtered");
      assert.ok(html.indexOf("filter-bar") < html.indexOf(FIRST[path]!), "it stands above all");
    }
    assert.match(await page(`/params?${FILTER}`), /filter-bar" aria-label="Filter" open/);
  });
  await t.step("the overview's curves are those of trials that match", async () => {
    const { live: { selection } } = await json<OverviewSnapshot>(`/snapshot?${FILTER}`);
    const { live: { selection: all } } = await json<OverviewSnapshot>("/snapshot");
    assert.ok(selection.ranked > 0 && selection.ranked < all.ranked);
    const html = await page(`?${FILTER}`);
    assert.ok(
      html.includes(
        `of ${selection.ranked} ranked configurations (${all.ranked} without the filter)`,
      ),
    );
    const { series } = await json<CurvesAnswer>(`/curves?${FILTER}`);
    assert.deepEqual(series.map(({ trial }) => trial), selection.curves.map(({ trial }) => trial));
    assert.ok((await page("?q=trial<0")).includes("lets no ranked, running or paused trial"));
    assert.doesNotMatch(await page(""), /without the filter/);
  });
  await t.step("fields of the Parameters page become comparisons", async () => {
    const html = await page("/params?min.hidden_width=32&top=50&q=lr%3E0");
    const carried = new URLSearchParams({ q: "lr>0 best%<=50 hidden_width>=32" });
    assert.ok(html.includes(`href="/s/grown-1/trials?${carried}"`), "the tab to the trials");
    const { matchingTrials } = await json<TrialsSnapshot>(`/trials?${carried}`);
    assert.ok(Number(matchingTrials) > 0);
  });
  await t.step("best% are the best so many in a hundred", async () => {
    const { matchingTrials: completed } = await json<TrialsSnapshot>("/trials?state=completed");
    const { matchingTrials: half } = await json<TrialsSnapshot>("/trials?q=best%25%3C%3D50");
    assert.equal(half, Math.floor(Number(completed) / 2));
  });
});
