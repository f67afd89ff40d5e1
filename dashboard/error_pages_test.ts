import assert from "node:assert/strict";
import { parseSweepId } from "../core/domain/ids.ts";
import { instant } from "../core/domain/units.ts";
import { openDashboard, startJournalServer, STILL_BUNDLE } from "../tests/support/dashboards.ts";
import { journalOf } from "../tests/support/journals.ts";
import { LoginLinks } from "./access/login_links.ts";

Deno.test("the page of a sweep that is not there names the nearest, and the command that lists them", async () => {
  await using server = await startJournalServer();
  await server.write(parseSweepId("grown-1"), journalOf({ configurations: 2 }));
  using dashboard = openDashboard(server, STILL_BUNDLE, { natsAddress: "nats://lab:4222" });
  const near = await dashboard.app.request("/s/grwon-1/trials");
  assert.equal(near.status, 404);
  const html = await near.text();
  assert.match(html, /Did you mean <a href="\/s\/grown-1">grown-1<\/a>/);
  assert.match(html, /deno task trawl ls --nats nats:\/\/lab:4222/);
  const far = await (await dashboard.app.request("/s/something-else")).text();
  assert.doesNotMatch(far, /Did you mean/);
});

Deno.test("pages without anything on them teach the command with the server's own address", async () => {
  await using server = await startJournalServer();
  using dashboard = openDashboard(server, STILL_BUNDLE, { natsAddress: "nats://lab:4222" });
  for (const [path, command] of [["/", "sweep"], ["/fleet", "worker"], ["/events", "sweep"]]) {
    const html = await (await dashboard.app.request(path ?? "")).text();
    assert.ok(html.includes(`<code>deno task ${command} --nats nats://lab:4222</code>`), path);
  }
});

Deno.test("every answer says what its request is called, and a problem says it too", async () => {
  await using server = await startJournalServer();
  using dashboard = openDashboard(server, STILL_BUNDLE);
  const well = await dashboard.app.request("/healthz");
  const first = well.headers.get("x-request-id") ?? "";
  assert.match(first, /^[0-9a-z]+-\d+$/);
  const missing = await dashboard.app.request("/api/v1/sweeps/none-1/trials");
  const id = missing.headers.get("x-request-id") ?? "";
  assert.equal(missing.status, 404);
  assert.notEqual(id, first);
  assert.equal((await missing.json()).requestId, id);
  const page = await dashboard.app.request("/s/none-1", { headers: { "x-request-id": "proxy-7" } });
  assert.equal(page.headers.get("x-request-id"), "proxy-7");
  assert.match(await page.text(), /request <code>proxy-7<\/code>/);
  const hostile = await dashboard.app.request("/nothing", {
    headers: { "x-request-id": "<b>".repeat(40) },
  });
  assert.match(hostile.headers.get("x-request-id") ?? "", /^[0-9a-z]+-\d+$/);
});

Deno.test("a fault of the dashboard is told as one, with its request in the log, and blames no server", async () => {
  const faults: Error[] = [];
  await using server = await startJournalServer();
  const { transport } = server;
  const journal = new Proxy(transport.journal, {
    get: (whole, name) =>
      name === "lengths"
        ? () => Promise.reject(new TypeError("undefined is not iterable"))
        : Reflect.get(whole, name),
  });
  using dashboard = openDashboard({ transport: { ...transport, journal } }, STILL_BUNDLE, {
    onFault: (fault) => faults.push(fault),
  });
  const answer = await dashboard.app.request("/");
  const html = await answer.text();
  assert.equal(answer.status, 500);
  assert.match(html, /Fault of the dashboard/);
  assert.doesNotMatch(html, /NATS server|not iterable/);
  const id = answer.headers.get("x-request-id");
  assert.equal(faults[0]?.message, `Cannot answer GET /, request ${id}`);
});

Deno.test("pages over a home's own server teach commands that name the home, which knows the password", async () => {
  await using server = await startJournalServer();
  const own = { natsAddress: "nats://127.0.0.1:4222", home: "/data/my runs/.trawl" };
  using dashboard = openDashboard(server, STILL_BUNDLE, own);
  for (
    const [path, command] of [
      ["/", "deno task sweep"],
      ["/fleet", "deno task worker"],
      ["/events", "deno task sweep"],
      ["/s/nowhere", "deno task trawl ls"],
    ]
  ) {
    const html = await (await dashboard.app.request(path ?? "")).text();
    const home = "--home &#39;/data/my runs/.trawl&#39;";
    assert.ok(html.includes(`<code>${command} ${home}</code>`), path);
    assert.ok(html.includes(`<html lang="en" data-server=" ${home}"`), path);
    assert.doesNotMatch(html, /--nats/, path);
  }
});

Deno.test("a page for somebody who has not signed in names no directory of the machine", async () => {
  await using server = await startJournalServer();
  const token = "a-token-of-a-test-that-is-long";
  const links = new LoginLinks({ clock: () => instant(0), newSecret: () => "secret" });
  using dashboard = openDashboard(server, STILL_BUNDLE, {
    access: { kind: "token", token, viewerToken: null, links },
    home: "/data/runs",
  });
  for (const path of ["/", "/nowhere", "/assets/nowhere.js", "/login?link=spent"]) {
    const html = await (await dashboard.app.request(path)).text();
    assert.doesNotMatch(html, /\/data\/runs/, path);
  }
  const headers = { authorization: `Bearer ${token}` };
  const inside = await (await dashboard.app.request("/fleet", { headers })).text();
  assert.match(inside, /deno task worker --home \/data\/runs</);
});
