import assert from "node:assert/strict";
import { openDashboard, startJournalServer, STILL_BUNDLE } from "../tests/support/dashboards.ts";

const TOKEN = "0123456789abcdef-TOKEN";
const WITH_TOKEN = { access: { kind: "token", token: TOKEN } } as const;
const HERE = "http://127.0.0.1:4747";

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
  using dashboard = openDashboard(server, STILL_BUNDLE, WITH_TOKEN);
  const attempts: readonly (readonly [string, Record<string, string>])[] = [
    ["/", {}],
    ["/healthz", {}],
    ["/api/v1/sweeps", {}],
    ["/api/v1/stream", {}],
    ["/?token=", {}],
    [`/?token=${TOKEN}x`, {}],
    ["/", { authorization: `Bearer ${TOKEN.toLowerCase()}` }],
    ["/", { authorization: `Basic ${TOKEN}` }],
    ["/", { cookie: `trawl_token=${TOKEN}x` }],
    ["/", { cookie: `other=${TOKEN}` }],
  ];
  for (const [path, headers] of attempts) {
    const response = await dashboard.app.request(`http://gpu-7:4747${path}`, { headers });
    assert.equal(response.status, 401, `${path} ${JSON.stringify(headers)}`);
    assert.equal((await response.text()).includes(TOKEN), false);
  }
});

Deno.test("guardToken() turns the printed link into a cookie that scripts and other sites cannot use", async () => {
  await using server = await startJournalServer();
  using dashboard = openDashboard(server, STILL_BUNDLE, WITH_TOKEN);
  const link = await dashboard.app.request(`http://gpu-7:4747/?limit=3&token=${TOKEN}`);
  assert.equal(link.status, 303);
  assert.equal(link.headers.get("location"), "/?limit=3");
  const cookie = link.headers.get("set-cookie") ?? "";
  assert.match(cookie, /HttpOnly/);
  assert.match(cookie, /SameSite=Strict/);
  const headers = { cookie: cookie.split(";")[0] ?? "" };
  assert.equal((await dashboard.app.request("http://gpu-7:4747/", { headers })).status, 200);
  const program = await dashboard.app.request("http://gpu-7:4747/api/v1/sweeps", {
    headers: { authorization: `Bearer ${TOKEN}` },
  });
  assert.equal(program.status, 200);
});

Deno.test("guardToken() does not follow a link that leads to another site", async () => {
  await using server = await startJournalServer();
  using dashboard = openDashboard(server, STILL_BUNDLE, WITH_TOKEN);
  const link = await dashboard.app.request(`http://gpu-7:4747//evil.example/?token=${TOKEN}`);
  const location = link.headers.get("location") ?? "/";
  assert.equal(new URL(location, "http://gpu-7:4747").host, "gpu-7:4747");
});
