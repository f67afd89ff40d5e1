import assert from "node:assert/strict";
import { parseSweepId } from "../core/domain/ids.ts";
import { openDashboard, startJournalServer } from "../tests/support/dashboards.ts";
import { journalOf } from "../tests/support/journals.ts";
import { resultWith, storeResult, withStored } from "../tests/support/stored_results.ts";

const sweep = parseSweepId("grown-1");

/** The charts of every page, by the ids of their cards. */
const CHARTS: Readonly<Record<string, readonly string[]>> = {
  "": ["ledger", "curves", "history", "brief-timeline", "importance-brief"],
  "/curves": ["curves"],
  "/params": ["parallel", "slices", "heat-map", "contour", "importance", "edf"],
  "/compare?t=0,1,2": ["curves", "change"],
  "/t/0": ["curves", "confusion"],
  "/t/0?cells=shares&split=validation": ["confusion"],
  "/t/3": ["curves"],
  "/timeline": ["timeline"],
};

const CARD = /<section class="card chart"[^>]*>(?:(?!<section).)*?<\/section>/gs;

Deno.test("createDashboard puts every chart into a card with a sentence, numbers and a menu", async (t) => {
  await using server = await startJournalServer();
  await server.write(sweep, withStored([...journalOf({ configurations: 12, epochs: 4 })], [0, 1]));
  await storeResult(server.transport, 0, resultWith());
  await storeResult(server.transport, 1, resultWith());
  using dashboard = openDashboard(server);
  for (const [path, ids] of Object.entries(CHARTS)) {
    await t.step(`of ${path === "" ? "the overview" : path}`, async () => {
      const html = await (await dashboard.app.request(`/s/grown-1${path}`)).text();
      const cards = html.match(CARD) ?? [];
      const found = cards.map((card) => / id="([^"]+)"/.exec(card)?.[1] ?? "");
      for (const id of ids) assert.ok(found.includes(id), `no chart "${id}" among ${found}`);
      for (const card of cards) await checkCard(card, (url) => dashboard.app.request(url));
      const rest = html.replaceAll(CARD, "");
      for (const drawn of ['class="plot', "<figure", "data-island="]) {
        assert.ok(!rest.includes(drawn), `${drawn} stands outside of a chart's card`);
      }
    });
  }
});

async function checkCard(
  card: string,
  ask: (url: string) => Response | Promise<Response>,
): Promise<void> {
  const [, title] = /<h2[^>]*>(.*?)<\/h2>/s.exec(card) ?? [];
  assert.ok(title, "a chart has a title");
  assert.match(card, /<figure aria-labelledby="[^"]+" aria-describedby="[^"]+">/, title);
  assert.match(card, /<figcaption class="note"[^>]*>[^<]{10,}/, `${title} says what it shows`);
  for (const format of ["png", "svg", "csv"]) {
    assert.ok(card.includes(`data-export="${format}"`), `${title} as ${format}`);
  }
  const csv = / data-csv="([^"]+)"/.exec(card)?.[1]?.replaceAll("&amp;", "&");
  assert.ok(csv !== undefined || card.includes("<table"), `${title} has numbers`);
  if (csv === undefined) return;
  const answer = await ask(csv);
  assert.equal(answer.status, 200, csv);
  assert.match(answer.headers.get("content-type") ?? "", /^text\/csv/);
  assert.ok((await answer.text()).trimEnd().split("\r\n").length > 1, `${csv} has rows`);
}

Deno.test("createDashboard gives every point of a curve as CSV, and of a picture how many each row is", async () => {
  await using server = await startJournalServer();
  await server.write(sweep, journalOf({ configurations: 4, epochs: 50 }));
  using dashboard = openDashboard(server);
  const rowsOf = async (query: string): Promise<readonly string[][]> => {
    const answer = await dashboard.app.request(`/api/v1/sweeps/grown-1/curves.csv?${query}`);
    assert.equal(answer.status, 200, await answer.clone().text());
    return (await answer.text()).trimEnd().split("\r\n").map((line) => line.split(","));
  };
  const [head, ...points] = await rowsOf("trials=2,0&metric=val_loss");
  assert.deepEqual(head, ["trial", "configuration", "replicate", "epoch", "val_loss"]);
  assert.deepEqual([points.length, points[0]?.[0], points[50]?.[0]], [100, "2", "0"]);
  const whole = await (await dashboard.app.request(
    "/api/v1/sweeps/grown-1/curves?trials=2&metric=val_loss",
  )).json();
  assert.deepEqual(
    points.slice(0, 50).map(([, , , epoch, value]) => [Number(epoch), Number(value)]),
    whole.series[0].points,
  );
  const [, ...stretches] = await rowsOf("points=10&show=all&metric=val_loss&t=2");
  assert.ok(stretches.length < 20);
  assert.equal(stretches.reduce((sum, row) => sum + Number(row.at(3)), 0), 50);
  for (const query of ["trials=99", "trials=x", "points=10&q=nothing>1"]) {
    const answer = await dashboard.app.request(`/api/v1/sweeps/grown-1/curves.csv?${query}`);
    assert.equal(answer.status, 400, query);
  }
});

Deno.test("createDashboard draws curves over training examples: of an epoch all of them", async () => {
  await using server = await startJournalServer();
  await server.write(sweep, journalOf({ configurations: 2, epochs: 5 }));
  using dashboard = openDashboard(server);
  const view = await (await dashboard.app.request(
    "/api/v1/sweeps/grown-1/curves?points=100&t=1&x=samples",
  )).json();
  const [first, ...more] = view.lines[0].x;
  assert.ok(first >= 1);
  assert.deepEqual(more, [2, 3, 4, 5].map((epoch) => epoch * first));
});
