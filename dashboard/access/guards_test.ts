import assert from "node:assert/strict";
import { openDashboard, startJournalServer, STILL_BUNDLE } from "../../tests/support/dashboards.ts";
import { instant } from "../../core/domain/units.ts";
import type { DashboardAccess } from "./dashboard_access.ts";
import { LINK_LIFETIME, LoginLinks } from "./login_links.ts";

const TOKEN = "0123456789abcdef-TOKEN";
const VIEWER_TOKEN = "fedcba9876543210-VIEWER";
const THERE = "http://gpu-7:4747";
const HERE = "http://127.0.0.1:4747";

/** A dashboard with both tokens, the links it knows, and what asks it. */
function openGuarded(server: Awaited<ReturnType<typeof startJournalServer>>) {
  let made = 0;
  const links = new LoginLinks({
    clock: () => instant(Date.now()),
    newSecret: () => `secret-${made++}`,
  });
  const access: DashboardAccess = {
    kind: "token",
    token: TOKEN,
    viewerToken: VIEWER_TOKEN,
    links,
  };
  const dashboard = openDashboard(server, STILL_BUNDLE, { access });
  const ask = (path: string, init: RequestInit = {}) =>
    dashboard.app.request(`${THERE}${path}`, { redirect: "manual", ...init });
  return { links, ask, [Symbol.dispose]: () => dashboard[Symbol.dispose]() };
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const cookieOf = (response: Response) => response.headers.get("set-cookie")?.split(";")[0] ?? "";

Deno.test("guardHostName() refuses every name but loopback's, so no foreign name can be pointed here", async () => {
  await using server = await startJournalServer();
  using dashboard = openDashboard(server);
  const status = async (host: string) =>
    (await dashboard.app.request(`http://${host}/api/v1/sweeps`)).status;
  for (const host of ["localhost:1", "127.0.0.1:4747", "[::1]:9"]) {
    assert.equal(await status(host), 200, host);
  }
  const foreign = ["evil.example", "localhost.evil.example", "127.0.0.1.nip.io", "0.0.0.0:4747"];
  for (const host of foreign) assert.equal(await status(host), 403, host);
});

Deno.test("guardOrigin() refuses what pages of other sites send, and lets programs and our page through", async () => {
  await using server = await startJournalServer();
  using dashboard = openDashboard(server);
  const post = async (headers: Record<string, string>) =>
    (await dashboard.app.request(`${HERE}/api/v1/nothing`, { method: "POST", headers })).status;
  const foreign = [
    { origin: "http://evil.example" },
    { origin: "http://127.0.0.1:8080" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { origin: HERE, "sec-fetch-site": "cross-site" },
    { origin: "null", "sec-fetch-site": "cross-site" },
    { origin: "http://evil.example", "sec-fetch-site": "same-origin" },
  ];
  for (const headers of foreign) {
    assert.equal(await post(headers as Record<string, string>), 403, JSON.stringify(headers));
  }
  // Let through, they meet what every request to nothing meets.
  assert.equal(await post({}), 404);
  assert.equal(await post({ origin: HERE, "sec-fetch-site": "same-origin" }), 404);
  assert.equal(await post({ origin: "null", "sec-fetch-site": "same-origin" }), 404);
  const read = await dashboard.app.request(`${HERE}/api/v1/sweeps`, {
    headers: { origin: "http://evil.example" },
  });
  assert.equal(read.status, 200);
  // Without leave from us no browser gives the answer to the page that asked.
  assert.equal(read.headers.get("access-control-allow-origin"), null);
  // Without an origin in the forms of our own page there would be nothing to compare.
  assert.equal(read.headers.get("referrer-policy"), "same-origin");
});

Deno.test("createDashboard() refuses a body larger than any request of ours", async () => {
  await using server = await startJournalServer();
  using dashboard = openDashboard(server);
  const body = "x".repeat(65_537);
  const response = await dashboard.app.request(`${HERE}/api/v1/nothing`, {
    method: "POST",
    body,
    headers: { "content-length": String(body.length) },
  });
  assert.equal(response.status, 413);
});

Deno.test("guardToken() serves nothing to who does not know the token", async () => {
  await using server = await startJournalServer();
  using guarded = openGuarded(server);
  const attempts: readonly (readonly [string, Record<string, string>])[] = [
    ["/", {}],
    ["/healthz", {}],
    ["/api/v1/sweeps", {}],
    ["/api/v1/stream", {}],
    ["/links", {}],
    ["/?token=", {}],
    [`/?token=${TOKEN}`, {}],
    ["/", bearer(TOKEN.toLowerCase())],
    ["/", { authorization: `Basic ${TOKEN}` }],
    ["/", { cookie: `trawl_token=${TOKEN}` }],
    ["/", { cookie: `trawl_session_4747=operator.99999999999.${"0".repeat(64)}` }],
  ];
  for (const [path, headers] of attempts) {
    const response = await guarded.ask(path, { headers });
    assert.equal(response.status, 401, `${path} ${JSON.stringify(headers)}`);
    assert.equal((await response.text()).includes(TOKEN), false);
  }
  const problem = await guarded.ask("/api/v1/sweeps");
  assert.equal(problem.headers.get("content-type"), "application/problem+json");
  assert.match(problem.headers.get("www-authenticate") ?? "", /^Bearer/);
  const outside = await (await guarded.ask("/")).text();
  assert.match(outside, /action="\/login"/);
  assert.doesNotMatch(outside, /aria-invalid/, "who only came by typed nothing wrong");
  assert.doesNotMatch(outside, /<nav|id="find"/, "it leads nowhere but in");
  assert.match(await (await guarded.ask("/", { headers: bearer(TOKEN) })).text(), /<nav/);
});

Deno.test("loginRoutes() sign a browser in by a link, once, with a cookie for it alone", async () => {
  await using server = await startJournalServer();
  using guarded = openGuarded(server);
  const link = guarded.links.issue("operator");
  assert.equal((await guarded.ask(link, { method: "HEAD" })).status, 204, "a look uses nothing up");
  const entered = await guarded.ask(link);
  assert.equal(entered.status, 303);
  assert.equal(entered.headers.get("location"), "/");
  const set = entered.headers.get("set-cookie") ?? "";
  assert.match(set, /HttpOnly/);
  assert.match(set, /SameSite=Strict/);
  assert.equal(set.includes(TOKEN), false);
  const headers = { cookie: cookieOf(entered) };
  assert.equal((await guarded.ask("/", { headers })).status, 200);
  assert.equal((await guarded.ask(link)).status, 401, "the second time");
  assert.equal((await guarded.ask(link, { headers })).status, 303, "who is inside stays inside");
  const forged = { cookie: headers.cookie.replace("operator", "viewer") };
  assert.equal((await guarded.ask("/", { headers: forged })).status, 401);
  const left = await guarded.ask("/logout", { method: "POST", headers });
  assert.match(left.headers.get("set-cookie") ?? "", /Max-Age=0/);
});

Deno.test("loginRoutes() sign in by a token, and a session outlives a restart with the same tokens", async () => {
  await using server = await startJournalServer();
  let cookie = "";
  {
    using guarded = openGuarded(server);
    const body = new URLSearchParams({ token: ` ${TOKEN}\n` });
    const entered = await guarded.ask("/login", { method: "POST", body });
    assert.equal(entered.status, 303);
    cookie = cookieOf(entered);
    const wrong = await guarded.ask("/login", {
      method: "POST",
      body: new URLSearchParams({ token: "wrong" }),
    });
    assert.equal(wrong.status, 401);
  }
  using restarted = openGuarded(server);
  assert.equal((await restarted.ask("/", { headers: { cookie } })).status, 200);
});

Deno.test("SessionCookie keeps two dashboards on one host apart, by the ports that browsers know", async () => {
  await using server = await startJournalServer();
  using first = openGuarded(server);
  const entered = await first.ask(first.links.issue("operator"));
  const cookie = cookieOf(entered);
  assert.match(cookie, /^trawl_session_4747=/);
  // Another dashboard's, on another port of the host, which every browser sends along.
  const both = `trawl_session_4748=operator.99999999999.${"0".repeat(64)}; ${cookie}`;
  assert.equal((await first.ask("/", { headers: { cookie: both } })).status, 200);
  const left = await first.ask("/logout", { method: "POST", headers: { cookie: both } });
  assert.match(left.headers.get("set-cookie") ?? "", /^trawl_session_4747=;/);
});

Deno.test("guardRole() lets viewers read and nothing else", async () => {
  await using server = await startJournalServer();
  using guarded = openGuarded(server);
  const entered = await guarded.ask(guarded.links.issue("viewer"));
  for (const headers of [bearer(VIEWER_TOKEN), { cookie: cookieOf(entered) }]) {
    const page = await guarded.ask("/", { headers });
    assert.equal(page.status, 200);
    assert.match(await page.text(), /<body class="role-viewer">/);
    for (const path of ["/s/a/retry", "/api/v1/nothing", "/api/v1/links", "/links"]) {
      const refused = await guarded.ask(path, { method: "POST", headers });
      assert.equal(refused.status, 403, path);
      assert.match(await refused.text(), /viewer/);
    }
    for (const path of ["/links", "/fleet/alder-1/drain"]) {
      const refused = await guarded.ask(path, { headers });
      assert.equal(refused.status, 403, "no question that a viewer cannot answer");
      assert.match(await refused.text(), /as a viewer|viewer/);
    }
    assert.equal((await guarded.ask("/logout", { method: "POST", headers })).status, 303);
  }
  // An operator gets as far as the routes.
  const operator = { method: "POST", headers: bearer(TOKEN) };
  assert.equal((await guarded.ask("/api/v1/nothing", operator)).status, 404);
});

Deno.test("loginRoutes() make links for others, for operators alone", async () => {
  await using server = await startJournalServer();
  using guarded = openGuarded(server);
  const headers = { ...bearer(TOKEN), "content-type": "application/json" };
  const body = JSON.stringify({ role: "viewer" });
  const made = await guarded.ask("/api/v1/links", { method: "POST", headers, body });
  assert.equal(made.status, 201);
  const { link } = await made.json();
  const entered = await guarded.ask(new URL(link).pathname + new URL(link).search);
  const page = await guarded.ask("/", { headers: { cookie: cookieOf(entered) } });
  assert.match(await page.text(), /signed in as a viewer/);
  const form = { ...bearer(TOKEN), "content-type": "application/x-www-form-urlencoded" };
  const asked = await guarded.ask("/links", { method: "POST", headers: form, body: "role=viewer" });
  assert.match(await asked.text(), /in as <strong>viewer<\/strong>, once.*login\?link=/s);
  const wrong = JSON.stringify({ role: "admin" });
  const refused = await guarded.ask("/api/v1/links", { method: "POST", headers, body: wrong });
  assert.equal(refused.status, 400);
  assert.match((await refused.json()).detail, /"admin": it must be viewer or operator/);
});

Deno.test("LoginLinks.redeem() refuses a link that has lapsed", () => {
  let now = 0;
  const links = new LoginLinks({ clock: () => instant(now), newSecret: () => "s" });
  links.issue("viewer");
  now = LINK_LIFETIME - 1;
  assert.equal(links.redeem("s"), "viewer");
  links.issue("viewer");
  now += LINK_LIFETIME;
  assert.equal(links.redeem("s"), null);
});

Deno.test("failureLimit() makes who guesses wait, and nobody else of the address", async () => {
  await using server = await startJournalServer();
  using guarded = openGuarded(server);
  const guess = (token: string) => guarded.ask("/api/v1/sweeps", { headers: bearer(token) });
  for (let i = 0; i < 10; i++) assert.equal((await guess(`wrong-${i}`)).status, 401);
  const limited = await guess("wrong-10");
  assert.equal(limited.status, 429);
  assert.ok(Number(limited.headers.get("retry-after")) >= 1);
  // All behind one proxy have its address: who has the token is served.
  for (const token of [TOKEN, VIEWER_TOKEN]) assert.equal((await guess(token)).status, 200);
  assert.equal((await guess("wrong-11")).status, 429, "the right one forgives no guesses");
  const login = (token: string) =>
    guarded.ask("/login", { method: "POST", body: new URLSearchParams({ token }) });
  for (let i = 0; i < 9; i++) assert.equal((await login(`wrong-${i}`)).status, 401);
  const wrong = await login("wrong-9");
  assert.equal(wrong.status, 401);
  assert.match(await wrong.text(), /aria-invalid="true" aria-describedby="login-trouble"/);
  const late = await login("wrong-10");
  assert.equal(late.status, 429);
  const told = await late.text();
  assert.match(told, /Too many requests.*<a href="\/login">Sign in<\/a>/s);
  assert.doesNotMatch(told, /<nav/, "it leads nowhere but in");
  assert.equal((await login(TOKEN)).status, 303);
  const entered = await guarded.ask(guarded.links.issue("viewer"));
  assert.equal(entered.status, 303);
  const headers = { cookie: cookieOf(entered) };
  assert.equal((await guarded.ask("/api/v1/sweeps", { headers })).status, 200);
});

Deno.test("guardChanges() lets strangers take no changes from those who may", async () => {
  await using server = await startJournalServer();
  using guarded = openGuarded(server);
  const post = (path: string, headers: Readonly<Record<string, string>>) =>
    guarded.ask(path, { method: "POST", headers });
  for (let i = 0; i < 120; i++) {
    assert.equal((await post("/s/a/retry", {})).status, 401);
    await post("/login", {});
  }
  assert.equal((await post("/login", {})).status, 429);
  assert.equal((await post("/api/v1/nothing", bearer(TOKEN))).status, 404);
  const answers = new Set<number>();
  for (let i = 0; i < 150; i++) answers.add((await post("/api/v1/nothing", bearer(TOKEN))).status);
  assert.deepEqual([...answers], [404, 429]);
});
