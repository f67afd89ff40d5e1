import assert from "node:assert/strict";
import { Hono } from "hono";
import { DashboardAddressError, serveDashboard } from "./serve_dashboard.ts";

Deno.test("serveDashboard serves until its signal aborts", async () => {
  const ending = new AbortController();
  const app = new Hono().get("/", (context) => context.text("here"));
  const served = serveDashboard(app, { hostname: "127.0.0.1", port: 0, signal: ending.signal });
  assert.equal(await (await fetch(served.url)).text(), "here");
  ending.abort();
  await served.finished;
});

Deno.test("serveDashboard says that a port is in use", async () => {
  const ending = new AbortController();
  const options = { hostname: "127.0.0.1", signal: ending.signal };
  const served = serveDashboard(new Hono(), { ...options, port: 0 });
  const { port } = served;
  assert.throws(
    () => serveDashboard(new Hono(), { ...options, port }),
    (error) =>
      error instanceof DashboardAddressError && error.isPortInUse &&
      error.message.startsWith(
        `Cannot serve the dashboard on 127.0.0.1:${port}: the port is in use; `,
      ),
  );
  ending.abort();
  await served.finished;
});
