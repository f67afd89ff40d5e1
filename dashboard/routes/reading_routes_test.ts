import assert from "node:assert/strict";
import { parseSweepId } from "../../core/domain/ids.ts";
import { instant } from "../../core/domain/units.ts";
import type { JournalReader } from "../../core/protocol/ports.ts";
import { startJournalServer, STILL_BUNDLE } from "../../tests/support/dashboards.ts";
import { journalOf } from "../../tests/support/journals.ts";
import { createDashboard } from "../create_dashboard.tsx";

const sweep = parseSweepId("grown-1");

/** The same journals, said to be so long; they stop after five entries until somebody opens. */
function slowed(
  journal: JournalReader,
  { length }: { readonly length: number },
): { readonly journal: JournalReader; readonly open: () => void } {
  const gate = Promise.withResolvers<void>();
  return {
    open: gate.resolve,
    journal: {
      sweeps: (options) => journal.sweeps(options),
      lengths: async (options) =>
        new Map([...await journal.lengths(options)].map(([id]) => [id, length])),
      async *read(id, options) {
        let read = 0;
        for await (const stored of journal.read(id, options)) {
          if (read++ === 5) await gate.promise;
          yield stored;
        }
      },
      lastSequence: (id, options) => journal.lastSequence(id, options),
      last: (id, options) => journal.last(id, options),
      streamEpoch: (options) => journal.streamEpoch(options),
      follow: (id, options) => journal.follow(id, options),
    },
  };
}

for (const path of ["/s/grown-1", "/s/grown-1/trials", "/"]) {
  Deno.test(`readingRoutes tells on ${path} how far a long journal is, then passes on`, async () => {
    await using server = await startJournalServer();
    await server.write(sweep, journalOf());
    const { journal, open } = slowed(server.transport.journal, { length: 30_000 });
    const { presence, artifacts, api } = server.transport;
    const ending = new AbortController();
    const app = createDashboard({
      ...{ journal, presence, artifacts, api, clock: () => instant(Date.now()) },
      version: "0.0.0-test",
      clientBundle: STILL_BUNDLE,
    }, { signal: ending.signal });
    assert.equal((await app.request(path)).status, 503, "to a script there is no answer yet");
    const visit = { headers: { "sec-fetch-mode": "navigate" } };
    const early = await app.request(path, visit);
    assert.equal(early.status, 202, "no error that a browser would log");
    assert.equal(early.headers.get("refresh"), "1");
    const html = await early.text();
    assert.match(html, /[0-5] of 30,000 entries/);
    assert.match(html, /<progress max="30000" value="[0-5]"/);
    open();
    let late = await app.request(path, visit);
    while (late.status === 202) late = await app.request(path, visit);
    assert.equal(late.status, 200);
    assert.equal(late.headers.get("refresh"), null);
    assert.match(await late.text(), /small/);
    ending.abort();
  });
}

Deno.test("readingRoutes makes everybody wait for a short journal, and programs for any", async () => {
  await using server = await startJournalServer();
  await server.write(sweep, journalOf());
  const { presence, artifacts, api } = server.transport;
  for (
    const [length, path] of [[10, "/s/grown-1"], [
      30_000,
      "/api/v1/sweeps/grown-1/snapshot",
    ]] as const
  ) {
    const { journal, open } = slowed(server.transport.journal, { length });
    const ending = new AbortController();
    const app = createDashboard({
      ...{ journal, presence, artifacts, api, clock: () => instant(Date.now()) },
      version: "0.0.0-test",
      clientBundle: STILL_BUNDLE,
    }, { signal: ending.signal });
    let isAnswered = false;
    const asked = Promise.resolve(app.request(path)).finally(() => isAnswered = true);
    await new Promise((resolve) => setTimeout(resolve, 600));
    assert.equal(isAnswered, false);
    open();
    assert.equal((await asked).status, 200);
    ending.abort();
  }
});

Deno.test("readingRoutes passes on what was read once, however long it takes to look for more", async () => {
  await using server = await startJournalServer();
  await server.write(sweep, journalOf());
  const { journal: slow, open } = slowed(server.transport.journal, { length: 30_000 });
  open();
  const gate = Promise.withResolvers<void>();
  let isAway = false;
  const journal: JournalReader = {
    ...slow,
    streamEpoch: async (options) => {
      if (isAway) await gate.promise;
      return await slow.streamEpoch(options);
    },
  };
  const { presence, artifacts, api } = server.transport;
  const ending = new AbortController();
  const app = createDashboard({
    ...{ journal, presence, artifacts, api, clock: () => instant(Date.now()) },
    version: "0.0.0-test",
    clientBundle: STILL_BUNDLE,
  }, { signal: ending.signal });
  await app.request("/api/v1/sweeps/grown-1/snapshot");
  isAway = true;
  const asked = app.request("/s/grown-1");
  // Longer than a person's patience with a journal that is still being read.
  setTimeout(gate.resolve, 900);
  assert.equal((await asked).status, 200);
  ending.abort();
});
