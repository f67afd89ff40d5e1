import assert from "node:assert/strict";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parseSweepId } from "../../core/domain/ids.ts";
import { instant } from "../../core/domain/units.ts";
import { openDashboard, startJournalServer, STILL_BUNDLE } from "../../tests/support/dashboards.ts";
import { EVENTFUL_SWEEP, eventfulJournal } from "../../tests/support/eventful_journal.ts";
import { journalOf } from "../../tests/support/journals.ts";
import {
  resultWith,
  storeResult,
  SURFACE,
  withStored,
} from "../../tests/support/stored_results.ts";
import { LoginLinks } from "../access/login_links.ts";
import { createTrawlClient } from "./trawl_client.ts";
import openapi from "./generated/openapi.json" with { type: "json" };
import { OPERATIONS } from "./operations.ts";

const GROWN = parseSweepId("grown-1");
const TOKEN = "0123456789abcdef-TOKEN";

const ajv = new Ajv2020({ strict: false, allErrors: true });
ajv.addSchema(openapi, "openapi");

/** Says what is wrong with a body that shall be of a schema. */
function assertSchema(name: string, body: unknown, about: string): void {
  const validate = ajv.getSchema(`openapi#/components/schemas/${name}`);
  assert.ok(validate, name);
  assert.ok(validate(body), `${about}: ${ajv.errorsText(validate.errors)}`);
}

/** A dashboard over sweeps that hold what sweeps can hold. */
async function openWorld() {
  const server = await startJournalServer();
  await server.write(
    GROWN,
    withStored(
      [...journalOf({ configurations: 12, spec: { replicates: 2 }, failureRate: 0.2 })],
      [0, 1, 2, 3],
    ),
  );
  for (const trial of [0, 1, 2, 3]) {
    await storeResult(server.transport, trial, resultWith(SURFACE));
  }
  await server.write(EVENTFUL_SWEEP, eventfulJournal());
  const links = new LoginLinks({
    clock: () => instant(Date.now()),
    newSecret: () => crypto.randomUUID(),
  });
  const access = { kind: "token", token: TOKEN, viewerToken: null, links } as const;
  const dashboard = openDashboard(server, STILL_BUNDLE, { access });
  const headers = { authorization: `Bearer ${TOKEN}` };
  const ask = (path: string, init: RequestInit = {}) =>
    dashboard.app.request(`http://gpu-7:4747${path}`, {
      ...init,
      headers: { ...headers, ...init.headers },
    });
  return {
    app: dashboard.app,
    ask,
    [Symbol.asyncDispose]: async () => {
      dashboard[Symbol.dispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

const routePath = (path: string): string => path.replace(/:(\w+)/g, "{}").replace(/\{\w*\}/g, "{}");

Deno.test("OPERATIONS are the routes of the interface, all of them and no other", async () => {
  await using world = await openWorld();
  const routes = world.app.routes
    .filter(({ path, method }) =>
      method !== "ALL" && (path.startsWith("/api/") || path === "/healthz")
    )
    .map(({ method, path }) => `${method.toLowerCase()} ${routePath(path)}`);
  const documented = OPERATIONS.map(({ method, path }) => `${method} ${routePath(path)}`);
  assert.deepEqual([...new Set(routes)].sort(), documented.toSorted());
  const ids = OPERATIONS.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length, "an id names one operation");
});

/** Queries that are worth asking, by operation. */
const QUERIES: Readonly<Record<string, readonly string[]>> = {
  getCurves: [
    "",
    "?points=50",
    "?points=50&group=lr&smooth=0.9",
    "?points=9&x=wall&show=all",
    "?most=20",
  ],
  listTrials: ["", "?sort=-trial&size=200", "?state=failed", "?q=lr<0.1", "?page=9"],
  getTrial: ["", "?cells=shares", "?split=validation"],
  compareTrials: ["?t=0", "?t=0,1,2,5", ""],
  getParameters: ["", "?top=50", "?cell=count"],
  listEvents: ["", "?kind=trialCompleted", "?trial=3"],
  getSnapshot: ["", "?limit=0", "?limit=100"],
};

Deno.test("every operation that reads answers as its schema says", async () => {
  await using world = await openWorld();
  let checked = 0;
  for (const { id, method, path, answer } of OPERATIONS) {
    if (method !== "get" || answer.kind !== "json") continue;
    for (const sweep of path.includes("{sweep}") ? [GROWN, EVENTFUL_SWEEP] : [GROWN]) {
      for (const trial of path.includes("{trial}") ? [0, 1, 5, 11] : [0]) {
        for (const query of QUERIES[id] ?? [""]) {
          const asked = path.replace("{sweep}", sweep).replace("{trial}", String(trial)) + query;
          const response = await world.ask(asked);
          const body: unknown = await response.json();
          if (response.status === 404 && trial > 3) continue; // the shorter sweep has fewer
          assert.equal(response.status, answer.status, `${asked}: ${JSON.stringify(body)}`);
          assertSchema(answer.schema, body, asked);
          checked++;
        }
      }
    }
  }
  assert.ok(checked >= 40, String(checked));
});

Deno.test("every operation refuses what it cannot serve with a problem that it has announced", async () => {
  await using world = await openWorld();
  for (const { method, path, problems } of OPERATIONS) {
    if (path === "/healthz") continue;
    const absent = path.replace("{sweep}", "no-such-sweep").replace("{trial}", "0");
    const unreadable = path.replace("{sweep}", "%20%3C%3E").replace("{trial}", "x");
    const body = method === "post" ? { body: "{}" } : {};
    for (const asked of path.includes("{sweep}") ? [absent, unreadable] : []) {
      const response = await world.ask(asked, { method, ...body });
      const problem = await response.json();
      assert.ok(problems.includes(response.status), `${asked}: ${response.status}`);
      assert.equal(response.headers.get("content-type"), "application/problem+json");
      assertSchema("Problem", problem, asked);
      assert.equal(problem.status, response.status);
    }
    const stranger = await world.ask(absent, { method, ...body, headers: { authorization: "" } });
    assert.equal(stranger.status, 401, path);
    assertSchema("Problem", await stranger.json(), path);
  }
});

Deno.test("createTrawlClient() asks with types that come from the document", async () => {
  await using world = await openWorld();
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    world.app.fetch,
  );
  const url = `http://127.0.0.1:${server.addr.port}`;
  const client = createTrawlClient({ url, token: TOKEN });
  const { data } = await client.GET("/api/v1/sweeps/{sweep}/trials", {
    params: { path: { sweep: GROWN }, query: { sort: "-trial" } },
  });
  assert.equal(data?.rows[0]?.trial, 23);
  const { error } = await client.GET("/api/v1/sweeps/{sweep}/snapshot", {
    params: { path: { sweep: "no-such-sweep" } },
  });
  assert.equal(error?.status, 404);
  const stranger = createTrawlClient({ url });
  assert.equal((await stranger.GET("/api/v1/fleet")).error?.status, 401);
});

Deno.test("openapiRoutes() serve the document", async () => {
  await using world = await openWorld();
  const response = await world.ask("/openapi.json");
  assert.equal(response.status, 200);
  assert.deepEqual(await response.json(), openapi);
});
