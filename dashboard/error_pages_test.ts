import assert from "node:assert/strict";
import { parseSweepId } from "../core/domain/ids.ts";
import { openDashboard, startJournalServer, STILL_BUNDLE } from "../tests/support/dashboards.ts";
import { journalOf } from "../tests/support/journals.ts";

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
  for (const path of ["/", "/fleet"]) {
    const html = await (await dashboard.app.request(path)).text();
    assert.match(html, /<code>deno task worker --nats nats:\/\/lab:4222<\/code>/, path);
  }
});
