import assert from "node:assert/strict";
import { parseSweepId } from "../core/domain/ids.ts";
import type { CurvesView } from "./client/curves/curves_model.ts";
import type { Panels } from "./client/overview/panels_model.ts";
import type { Timeline } from "./client/timeline/timeline_model.ts";
import type { TrialsSnapshot } from "./client/trials/trials_model.ts";
import { openDashboard, startJournalServer } from "../tests/support/dashboards.ts";
import { journalOf } from "../tests/support/journals.ts";

const sweep = parseSweepId("grown-1");
const FILTER = "q=hidden_width%3E%3D32&state=completed";
const PAGES = ["", "/trials", "/curves", "/params", "/timeline"];

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
  await t.step("a filter that cannot be read is said where it stands", async () => {
    for (const path of ["", "/timeline"]) {
      assert.match(
        await page(`${path}?q=nothing>1`),
        /role="alert">Cannot filter by "nothing"|role="alert">Cannot filter by &quot;nothing/,
      );
    }
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
