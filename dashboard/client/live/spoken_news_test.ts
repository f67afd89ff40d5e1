import assert from "node:assert/strict";
import { parseSweepId } from "../../../core/domain/ids.ts";
import { openDashboard, startJournalServer } from "../../../tests/support/dashboards.ts";
import { journalOf } from "../../../tests/support/journals.ts";
import type { OverviewSnapshot, StateUpdate } from "../model.ts";
import { SpokenNews } from "./spoken_news.ts";

const sweep = parseSweepId("grown-1");

Deno.test("SpokenNews says a new best, failures and the end, and nothing of how it was at first", async () => {
  const entries = [...journalOf({ configurations: 8, epochs: 2, failureRate: 0.4, seed: 5 })];
  await using server = await startJournalServer();
  await server.write(sweep, entries.slice(0, 1));
  using dashboard = openDashboard(server);
  const news = new SpokenNews();
  const said: string[] = [];
  let written = 1;
  while (true) {
    const answer = await dashboard.app.request(`/api/v1/sweeps/${sweep}/snapshot?limit=0`);
    const { asOf, now, facts, live }: OverviewSnapshot = await answer.json();
    const update: StateUpdate = { asOf, now, facts, ...live };
    const text = news.take(update);
    if (text !== null) said.push(text);
    assert.equal(news.take(update), null, "the same again is no news");
    if (live.progress.status === "completed") break;
    const next = entries[written];
    if (Number(asOf.split(".")[1]) < written || next === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      continue;
    }
    await server.write(sweep, [next]);
    written++;
  }
  assert.equal(said.at(-1), "The sweep is completed.");
  assert.match(said.join(" "), /\d trials? ha(?:s|ve) failed\./);
  assert.match(said.join(" "), /New best configuration: val_accuracy 0\.\d+\./);
  assert.equal(new SpokenNews().take({ asOf: "x.1", now: 0 }), null);
});
