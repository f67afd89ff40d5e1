import assert from "node:assert/strict";
import { parseSweepId, parseWorkerId } from "../core/domain/ids.ts";
import { instant } from "../core/domain/units.ts";
import {
  type JournalServer,
  openDashboard,
  startJournalServer,
  STILL_BUNDLE,
} from "../tests/support/dashboards.ts";
import { journalOf } from "../tests/support/journals.ts";

const sweep = parseSweepId("grown-1");
const HOME = { natsAddress: "nats://127.0.0.1:4222", home: "/data/runs" };

/** As the sweep's coordinator does: without one a sweep is interrupted. */
async function answerPings({ transport }: JournalServer, signal: AbortSignal): Promise<void> {
  for await (const call of transport.serveApi(sweep).calls({ signal })) {
    if (call.verb === "ping") call.respond({ type: "pong", coordinator: "c" });
  }
}

const PAGES = ["", "/trials", "/curves", "/params", "/timeline", "/events"];

Deno.test("the Overview says first of all that nobody trains, until a worker is there", async () => {
  await using server = await startJournalServer();
  const ending = new AbortController();
  const serving = answerPings(server, ending.signal);
  const [queued] = journalOf({ configurations: 6 });
  assert.ok(queued);
  await server.write(sweep, [queued]);
  const overview = async (): Promise<string> => {
    using dashboard = openDashboard(server, STILL_BUNDLE, HOME);
    return await (await dashboard.app.request("/s/grown-1")).text();
  };
  const alone = await overview();
  const notice = alone.indexOf("No worker is here: 6 trials wait for one.");
  assert.ok(notice > 0 && notice < alone.indexOf("Trials by state"));
  assert.match(alone, /<code>deno task worker --home \/data\/runs<\/code>/);
  await server.transport.presence.put({
    v: 1,
    worker: parseWorkerId("alder-1"),
    host: "alder",
    pid: 7,
    version: "0.0.0-test",
    backend: "wasm",
    reason: "the first that loads",
    refused: [],
    slots: 1,
    draining: false,
    packs: [],
    laneStepsPerSecond: 0,
    trialsFinished: 0,
    startedAt: instant(Date.now()),
    at: instant(Date.now() + 60_000),
  });
  assert.doesNotMatch(await overview(), /No worker is here/);
  ending.abort();
  await serving;
});

Deno.test("no page of a sweep that is over promises what will never come", async () => {
  await using server = await startJournalServer();
  await server.write(sweep, journalOf({ configurations: 6, failureRate: 1 }));
  using dashboard = openDashboard(server, STILL_BUNDLE, HOME);
  for (const page of PAGES) {
    const answer = await dashboard.app.request(`/s/grown-1${page}`);
    assert.equal(answer.status, 200, page);
    const html = await answer.text();
    assert.doesNotMatch(
      html,
      /has completed yet|ranked yet|first (?:one|curve|mark)|as soon as/,
      page,
    );
  }
  const overview = await (await dashboard.app.request("/s/grown-1")).text();
  assert.match(overview, /No trial completed\./);
  const curves = await (await dashboard.app.request("/s/grown-1/curves")).text();
  assert.match(curves, /No trial completed, so none is the best/);
});

Deno.test("a sweep that goes on says what will come where nothing is yet", async () => {
  await using server = await startJournalServer();
  await server.write(sweep, [...journalOf({ configurations: 6 })].slice(0, 3));
  using dashboard = openDashboard(server, STILL_BUNDLE, HOME);
  const html = await (await dashboard.app.request("/s/grown-1")).text();
  assert.match(html, /The first curve begins when a trial reports its first epoch/);
  assert.match(html, /No trial has completed yet/);
  // Nobody coordinates it: the command that goes on with it finds its server.
  assert.match(html, /deno task trawl resume grown-1 --home \/data\/runs</);
});
