import assert from "node:assert/strict";
import { openDashboard, startJournalServer, STILL_BUNDLE } from "../tests/support/dashboards.ts";
import { HOSTILE_SWEEP, writeHostileSweep } from "../tests/support/hostile_journal.ts";

const PAGES = ["", "/trials", "/params", "/timeline", "/events", "/t/0", "/compare?t=0&t=1"];
const QUERIES = [
  "/trials?q=%3Cimg%20src%3Dx%3E",
  "/trials?state=%22%3E%3Cscript%3E",
  "/events?worker=%3C%2Fscript%3E%3Cimg%20src%3Dx%3E",
  "/t/%3Cimg%20src%3Dx%3E",
  "?metric=%22%3E%3Cimg%20src%3Dx%20onerror%3D1%3E",
];

/** What a page's markup is made of: every element's name and attributes, in order. */
function elementsOf(html: string): readonly string[] {
  // Escaped text has no "<": whatever begins with one is markup.
  return [...html.matchAll(/<([a-zA-Z][\w-]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*\/?>/g)]
    .map(([, name = "", attributes = ""]) =>
      [name, ...[...attributes.matchAll(/([\w:-]+)(?:="[^"]*")?/g)].map(([, key]) => key)].join(" ")
    );
}

Deno.test("pages and answers keep hostile texts text, wherever these come from", async () => {
  await using server = await startJournalServer();
  await writeHostileSweep(server, Date.now());
  const script = {
    path: "/assets/main-0.js",
    contentType: "text/javascript",
    body: new Uint8Array(),
  };
  using dashboard = openDashboard(server, { ...STILL_BUNDLE, script });
  const paths = [
    "/",
    "/fleet",
    ...[...PAGES, ...QUERIES].map((path) => `/s/${HOSTILE_SWEEP}${path}`),
    "/s/%3Cimg%20src%3Dx%3E",
    "/%3Cscript%3E",
  ];
  for (const path of paths) {
    const response = await dashboard.app.request(path);
    const html = await response.text();
    assert.match(response.headers.get("content-type") ?? "", /^text\/html/, path);
    const isBad = /^\/%3Cscript%3E$|\/t\/%3C|\/s\/%3C/.test(path);
    assert.equal(response.ok, !isBad, `${path}: ${response.status}`);
    const elements = elementsOf(html);
    assert.ok(elements.length > 20, path);
    for (const element of elements) {
      assert.doesNotMatch(element, /^(?:img|iframe|object|embed|style)\b/, `${path}: ${element}`);
      assert.doesNotMatch(element, / on\w+/, `${path}: ${element}`);
    }
    // The page's own scripts and no other; the state between them ends where it should.
    const scripts = html.match(/<script[^>]*>/g) ?? [];
    assert.ok(scripts.length <= 2, `${path}: ${scripts}`);
    assert.equal(html.match(/<\/script>/g)?.length, scripts.length, path);
    const state = /<script type="application\/json" id="page-state">([^<]*)<\/script>/.exec(html)
      ?.[1];
    if (state !== undefined) assert.ok(JSON.parse(state).page.length > 0, path);
    for (const [, href = ""] of html.matchAll(/(?:href|src|action)="([^"]*)"/g)) {
      assert.match(href, /^(?:[/?#]|$)/, `${path}: ${href.slice(0, 80)}`);
      assert.doesNotMatch(href, /^\/\//, path);
    }
  }
});

Deno.test("answers for programs are JSON that no browser takes for a page, and CSV that runs nothing", async () => {
  await using server = await startJournalServer();
  await writeHostileSweep(server, Date.now());
  using dashboard = openDashboard(server);
  const base = `/api/v1/sweeps/${HOSTILE_SWEEP}`;
  const answers = ["snapshot", "curves", "trials", "events", "timeline", "trials/0"];
  for (
    const path of [
      "/api/v1/sweeps",
      "/api/v1/fleet",
      ...answers.map((name) => `${base}/${name}`),
    ]
  ) {
    const response = await dashboard.app.request(path);
    assert.match(
      response.headers.get("content-type") ?? "",
      /^application\/(?:problem\+)?json/,
      path,
    );
    assert.equal(response.headers.get("x-content-type-options"), "nosniff", path);
    JSON.parse(await response.text());
  }
  const csv = await dashboard.app.request(`${base}/trials.csv`);
  assert.equal(csv.status, 200);
  const cells = [...(await csv.text()).matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(?:,|\r\n)/g)]
    .map(([, cell = ""]) => cell);
  for (const cell of cells) assert.doesNotMatch(cell, /^"?[=+@\t\r]/);
  assert.ok(cells.some((cell) => cell.includes("'=cmd|")));
});
