import assert from "node:assert/strict";
import { parseSweepId } from "../core/domain/ids.ts";
import { instant } from "../core/domain/units.ts";
import {
  openDashboard,
  startJournalServer,
  STILL_BUNDLE,
  type TestDashboard,
} from "../tests/support/dashboards.ts";
import { journalOf } from "../tests/support/journals.ts";

const sweep = parseSweepId("grown-1");

Deno.test("createDashboard serves loopback names only, against pages of others that point here", async () => {
  await using server = await startJournalServer();
  using dashboard = openDashboard(server);
  const foreign = await dashboard.app.request("http://evil.example/");
  assert.equal(foreign.status, 403);
  for (const name of ["localhost", "127.0.0.1", "[::1]"]) {
    assert.equal((await dashboard.app.request(`http://${name}:4747/healthz`)).status, 200);
  }
});

Deno.test("createDashboard shows a whole sweep without a script", async () => {
  await using server = await startJournalServer();
  await server.write(sweep, journalOf({ configurations: 6, spec: { replicates: 2 } }));
  using dashboard = openDashboard(server);
  const response = await dashboard.app.request("/s/grown-1");
  const html = await response.text();
  assert.equal(response.status, 200);
  assert.match(html, /<h1>small<\/h1>/);
  assert.match(html, /aria-label="12 trials: 12 completed"/);
  assert.match(html, /<b data-count="asked">12<\/b>/);
  assert.match(html, /Mean of 2 replicates; 95 % interval by Student&#39;s t/);
  assert.match(html, /deno task sweep FILE --set lr=/);
  assert.match(html, /showing 6 of 6/);
  assert.equal(html.match(/<svg class="interval"/g)?.length, 6);
  assert.match(html, /<polyline points="\d/);
  assert.match(html, /alder-1/);
  assert.match(html, /0\.001 to 0\.5, log scale/);
  assert.match(html, /data-setting="journal position">[0-9a-f]{16}\.\d+</);
  assert.match(html, /This page does not update by itself/);
});

Deno.test("createDashboard says in words who is tied with the best, and what may be concluded", async () => {
  await using server = await startJournalServer();
  await server.write(sweep, journalOf({ configurations: 6, spec: { replicates: 2 } }));
  using dashboard = openDashboard(server);
  const html = await (await dashboard.app.request("/s/grown-1")).text();
  assert.match(html, /<span class="tie" title="Cannot be told from the best">tied<\/span>/);
  assert.match(html, /<b>tied<\/b>: cannot be told from the best/);
  assert.match(html, /No winner: \d other configurations? cannot be told from the best/);
  const answer = await (await dashboard.app.request("/api/v1/sweeps/grown-1/snapshot")).json();
  const { rows, conclusion } = answer.live.leaderboard;
  assert.equal(rows[0].isTied, true);
  assert.ok(conclusion.some((sentence: string) => sentence.startsWith("No winner: ")));
});

Deno.test("createDashboard says of a sweep that goes on what it came to so far", async () => {
  await using server = await startJournalServer();
  // All of its trials are over; that the sweep is, nobody has written yet.
  const entries = [...journalOf({ configurations: 6, spec: { replicates: 2 } })].slice(0, -1);
  await server.write(sweep, entries);
  using dashboard = openDashboard(server);
  const html = await (await dashboard.app.request("/s/grown-1")).text();
  assert.match(html, /No winner so far: \d other configurations? cannot be told from the best/);
});

Deno.test("createDashboard shows single runs with their interval, and concludes nothing", async () => {
  await using server = await startJournalServer();
  await server.write(sweep, journalOf({ configurations: 6 }));
  using dashboard = openDashboard(server);
  const html = await (await dashboard.app.request("/s/grown-1")).text();
  assert.match(html, /Wilson&#39;s score interval/);
  assert.doesNotMatch(html, /class="tie"|class="conclusion"/);
});

Deno.test("createDashboard lists sweeps, the newest first, and teaches the first command when there is none", async () => {
  await using server = await startJournalServer();
  using dashboard = openDashboard(server);
  const empty = await (await dashboard.app.request("/")).text();
  assert.match(empty, /deno task sweep --nats/);
  const other = parseSweepId("older-1");
  await server.write(sweep, journalOf());
  await server.write(other, journalOf({ sweep: other, startAt: Date.UTC(2025, 0, 1) }));
  const html = await (await dashboard.app.request("/")).text();
  assert.ok(html.indexOf("/s/grown-1") < html.indexOf("/s/older-1"), "the newest comes first");
  const { sweeps } = await (await dashboard.app.request("/api/v1/sweeps")).json();
  assert.deepEqual(sweeps.map((row: { sweep: string }) => row.sweep), ["grown-1", "older-1"]);
  assert.equal(sweeps[0].progress.counts.completed, 6);
});

Deno.test("createDashboard escapes whatever names and values a sweep has", async () => {
  const hostile = `</script><script>alert(1)</script><img src=x onerror="alert(2)">'`;
  await using server = await startJournalServer();
  const parameters = [
    { name: hostile, domain: { kind: "values", values: [hostile, 2] } },
    { name: "lr", domain: { kind: "values", values: [0.1] } },
  ] as const;
  const spec = { name: hostile, description: hostile, parameters };
  // Up to the first leases: a trial that runs has names that the trainer knows.
  await server.write(sweep, [...journalOf({ spec })].slice(0, 3));
  using dashboard = openDashboard(server, {
    ...STILL_BUNDLE,
    script: { ...STILL_BUNDLE.styles, path: "/assets/main.js" },
  });
  const asked = encodeURIComponent(hostile);
  const paths = ["/", "/s/grown-1", `/s/grown-1?metric=${asked}`, "/s/grown-1/trials"];
  const more = [`/s/grown-1/trials?q=${asked}&worker=${asked}`, `/s/grown-1/t/0?metric=${asked}`];
  for (const path of [...paths, ...more]) {
    const html = await (await dashboard.app.request(path)).text();
    assert.ok(html.includes("&lt;/script&gt;&lt;script&gt;"), path);
    assert.ok(!html.includes("<script>alert"), path);
    assert.ok(!html.includes("<img src=x"), path);
    const state = /id="page-state">([^<]*)<\/script>/.exec(html)?.[1];
    const told = JSON.stringify(JSON.parse(state ?? ""));
    // The list's script is told no names: the server draws it.
    assert.ok(path === "/" || told.includes("alert(2)"), "the state survives");
  }
});

Deno.test("createDashboard shows more rows and another metric when the address asks for them", async () => {
  await using server = await startJournalServer();
  await server.write(sweep, journalOf({ configurations: 60, lanes: 10, epochs: 2 }));
  using dashboard = openDashboard(server);
  const rows = (html: string): number => html.match(/<svg class="interval"/g)?.length ?? 0;
  const usual = await (await dashboard.app.request("/s/grown-1")).text();
  assert.equal(rows(usual), 50);
  assert.match(usual, /showing 50 of 60/);
  assert.match(usual, /href="\/s\/grown-1\?limit=60"/);
  const all = await (await dashboard.app.request("/s/grown-1?limit=60&metric=val_loss")).text();
  assert.equal(rows(all), 60);
  assert.match(all, /href="\/s\/grown-1\?metric=val_loss&amp;limit=60" aria-current="true"/);
});

Deno.test("createDashboard answers what it cannot serve with a problem", async () => {
  await using server = await startJournalServer();
  await server.write(sweep, [...journalOf()].slice(0, 2));
  const { transport } = server;
  // A journal whose second entry can follow no other: the trial is not running.
  const broken = parseSweepId("broken-1");
  const [first, , ...rest] = journalOf({ sweep: broken });
  await server.write(broken, [first!, rest.at(-2)!]);
  using dashboard = openDashboard({ transport });
  const cases: readonly (readonly [string, number, RegExp])[] = [
    ["/api/v1/sweeps/absent/snapshot", 404, /Cannot find sweep "absent"/],
    ["/api/v1/sweeps/no.id/snapshot", 400, /Cannot parse sweep id "no\.id"/],
    ["/api/v1/sweeps/grown-1/curves?trials=1,x", 400, /Cannot read trials "x"/],
    ["/api/v1/sweeps/grown-1/snapshot?limit=-1", 400, /Cannot read limit "-1"/],
    ["/api/v1/sweeps/broken-1/snapshot", 500, /Cannot read entry \d+ of sweep "broken-1"/],
    ["/api/v1/nothing", 404, /Cannot find \/api\/v1\/nothing/],
  ];
  for (const [path, status, detail] of cases) {
    const response = await dashboard.app.request(path);
    assert.equal(response.status, status, path);
    assert.equal(response.headers.get("content-type"), "application/problem+json", path);
    const problem = await response.json();
    assert.equal(problem.status, status);
    assert.match(problem.detail, detail);
  }
  const page = await dashboard.app.request("/s/absent");
  assert.equal(page.status, 404);
  assert.match(await page.text(), /Cannot find sweep &quot;absent&quot;/);
  assert.match(await (await dashboard.app.request("/")).text(), /Cannot read entry/);
});

Deno.test("createDashboard allows its own scripts alone and caches what never changes", async () => {
  await using server = await startJournalServer();
  using dashboard = openDashboard(server);
  const page = await dashboard.app.request("/");
  assert.match(page.headers.get("content-security-policy") ?? "", /default-src 'self'/);
  assert.doesNotMatch(page.headers.get("content-security-policy") ?? "", /unsafe/);
  assert.equal(page.headers.get("strict-transport-security"), null);
  assert.equal(page.headers.get("cache-control"), "no-store");
  const html = await page.text();
  assert.doesNotMatch(html, /\sstyle=|\son[a-z]+=|<style/);
  const styles = await dashboard.app.request(STILL_BUNDLE.styles.path);
  assert.match(styles.headers.get("cache-control") ?? "", /immutable/);
  assert.equal(await styles.text(), "main{}");
  assert.equal((await dashboard.app.request("/assets/absent.js")).status, 404);
  assert.deepEqual(await (await dashboard.app.request("/healthz")).json(), {
    status: "ok",
    version: "0.0.0-test",
  });
});

const SAME_SITE = { origin: "http://localhost", "sec-fetch-site": "same-origin" };

/** Posts a form as a browser does. */
function post(
  { app }: TestDashboard,
  path: string,
  options: { readonly form?: Record<string, string>; readonly headers?: HeadersInit } = {},
): Response | Promise<Response> {
  const { form = {}, headers = SAME_SITE } = options;
  const body = new URLSearchParams(form);
  return app.request(`http://localhost${path}`, { method: "POST", body, headers });
}

Deno.test("createDashboard lists failed trials, and names the command where nobody can retry them", async () => {
  await using server = await startJournalServer();
  await server.write(sweep, journalOf({ failureRate: 0.5 }));
  using dashboard = openDashboard(server);
  const html = await (await dashboard.app.request("/s/grown-1")).text();
  const [, trial = ""] = /data-failed="(\d+)"/.exec(html) ?? [];
  assert.match(html, /Retry failed/);
  const all = await post(dashboard, "/s/grown-1/retry");
  assert.equal(all.status, 409);
  assert.match(
    await all.text(),
    /no coordinator of it can be reached .*deno task trawl retry grown-1</,
  );
  const one = await post(dashboard, "/s/grown-1/retry", { form: { trial } });
  assert.match(await one.text(), new RegExp(`deno task trawl retry grown-1/${trial}<`));
});

Deno.test("createDashboard takes no form of another site, and none that it cannot read", async () => {
  await using server = await startJournalServer();
  using dashboard = openDashboard(server);
  const foreign = { origin: "http://evil.example", "sec-fetch-site": "cross-site" };
  const refused = await post(dashboard, "/s/grown-1/retry", { headers: foreign });
  assert.equal(refused.status, 403);
  assert.equal((await post(dashboard, "/s/no.id/retry")).status, 400);
  const wrong = await post(dashboard, "/s/grown-1/retry", { form: { trial: "1;2" } });
  assert.equal(wrong.status, 400);
  const large = await post(dashboard, "/s/grown-1/retry", { form: { trial: "1".repeat(10_000) } });
  assert.equal(large.status, 413);
});

Deno.test("createDashboard shows a sweep that was reopened after its end", async () => {
  await using server = await startJournalServer();
  await server.write(sweep, journalOf({ failureRate: 0.5 }));
  using dashboard = openDashboard(server);
  const statusOf = async (path: string) => {
    const response = await dashboard.app.request(`http://localhost/api/v1${path}`);
    const body = await response.json();
    return (body.sweeps?.[0] ?? body.live).progress.status;
  };
  for (const path of ["/sweeps", "/sweeps/grown-1/snapshot", "/sweeps"]) {
    assert.equal(await statusOf(path), "completed");
  }
  const reopened = { type: "sweepReopened", by: "test" } as const;
  await server.write(sweep, [{ v: 1, at: instant(Date.now()), events: [reopened] }]);
  for (const path of ["/sweeps/grown-1/snapshot", "/sweeps"]) {
    assert.equal(await statusOf(path), "running");
  }
  const ended = { type: "sweepEnded", outcome: "failed", by: "test" } as const;
  await server.write(sweep, [{ v: 1, at: instant(Date.now()), events: [ended] }]);
  // It is followed again: the end comes by itself.
  const deadline = AbortSignal.timeout(30_000);
  while (await statusOf("/sweeps/grown-1/snapshot") !== "failed") {
    deadline.throwIfAborted();
    // Whoever asks without a pause is refused after two thousand requests.
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
});
