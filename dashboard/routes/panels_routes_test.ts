import assert from "node:assert/strict";
import { parseSweepId } from "../../core/domain/ids.ts";
import type { JournalEntry, SweepEvent } from "../../core/domain/sweep_event.ts";
import { openDashboard, startJournalServer } from "../../tests/support/dashboards.ts";
import { journalOf } from "../../tests/support/journals.ts";
import { sweepsSnapshot } from "../state/sweeps_snapshot.ts";

const sweep = parseSweepId("grown-1");
const metric = { name: "val_accuracy", goal: "maximize" } as const;
const objectives = [metric, { name: "val_loss", goal: "minimize" }] as const;

Deno.test("the overview draws history, front, importance, workers over time and the last events", async () => {
  await using server = await startJournalServer();
  const spec = { replicates: 2, metric, objectives };
  await server.write(sweep, journalOf({ configurations: 12, spec }));
  using dashboard = openDashboard(server);
  const get = async (path: string) => await (await dashboard.app.request(path)).text();
  const html = await get("/s/grown-1");
  assert.match(html, /val_accuracy of 12 configurations in the order in which they completed/);
  assert.match(html, /Dots are means, bars span their replicates/);
  assert.match(html, /of 12 configurations on the front: no other is as good in both/);
  assert.match(html, /Hypervolume \d/);
  assert.match(html, /Ranked by val_accuracy alone, the first of 2 objectives/);
  assert.match(html, /PED-ANOVA, 12 configurations/);
  assert.match(html, /<td class="number" data-label="hidden_width">/, "a phone shows names there");
  assert.match(html, /id="brief-timeline"/);
  assert.match(html, /<a class="more" href="\/s\/grown-1\/events">8 of \d+<\/a>/);
  assert.doesNotMatch(html, /id="rungs"| style="/);
  const panels = await get("/s/grown-1/panels?x=val_loss&limit=7");
  assert.match(panels, /val_loss · less is better/);
  assert.doesNotMatch(panels, /id="page-state"/);
  assert.equal(panels.match(/<tr id="configuration-\d+"/g)?.length, 7, "as many rows as asked for");
  for (const id of ["best", "leaderboard", "workers", "space", "set-up"]) {
    assert.ok(panels.includes(`id="${id}"`), id);
  }
  const json = JSON.parse(await get("/api/v1/sweeps/grown-1/panels"));
  assert.equal(json.history.ended, 12);
  assert.equal(json.plane.measured, 12);
  const refused = await dashboard.app.request("/s/grown-1/panels?y=nothing");
  assert.equal(refused.status, 400);
});

Deno.test("the overview says at which rung trials were pruned, and that the rest is ranked", async () => {
  await using server = await startJournalServer();
  const scheduler = { type: "asha", variant: "stopping", minEpochs: 1, eta: 3 } as const;
  const [first, ...rest] = journalOf({ configurations: 6, epochs: 4, spec: { scheduler } });
  await server.write(sweep, [first!, ...pruningTrial(0, rest)]);
  using dashboard = openDashboard(server);
  const html = await (await dashboard.app.request("/s/grown-1")).text();
  assert.match(html, /1 trial pruned/);
  assert.match(html, /The leaderboard ranks the 5 trials/);
  assert.match(html, /1 pruned: they have no result that compares/);
});

/** Trial 0 is given up after its first epoch: what the journal says of it later is left out. */
function* pruningTrial(trial: number, entries: Iterable<JournalEntry>): Generator<JournalEntry> {
  let isPruned = false;
  for (const entry of entries) {
    const events = entry.events.flatMap((event): SweepEvent[] => {
      const isOwn = "trial" in event && event.trial === trial;
      if (isPruned && isOwn) return [];
      if (event.type !== "epochReported") return [event];
      const own = event.lanes.find((lane) => lane.trial === trial);
      if (own === undefined) return [event];
      if (isPruned) return [{ ...event, lanes: event.lanes.filter((lane) => lane !== own) }];
      isPruned = true;
      const at = { trial: own.trial, epoch: event.epoch };
      return [
        event,
        { ...at, type: "rungReached" as const, values: [0.5] },
        { ...at, type: "trialPruned" as const, rung: 0, message: "Rank 3 of 3" },
      ];
    });
    if (events.length > 0) yield { ...entry, events };
  }
}

Deno.test("the list of sweeps comes in pages, and says which of how many it shows", async () => {
  const rows = Array.from({ length: 120 }, (_, index) => ({
    kind: "unreadable" as const,
    sweep: `s-${index}`,
    message: "Cannot read entry 2",
  }));
  const third = sweepsSnapshot(rows, { now: 0, page: 3, address: null });
  assert.deepEqual([third.first, third.sweeps.length, third.total, third.pages], [101, 20, 120, 3]);
  assert.equal(sweepsSnapshot(rows, { now: 0, page: 9, address: null }).page, 3);
  assert.equal(sweepsSnapshot(rows, { now: 0, page: null, address: null }).sweeps.length, 120);
  assert.equal(sweepsSnapshot([], { now: 0, page: 1, address: null }).first, 0);
  await using server = await startJournalServer();
  using dashboard = openDashboard(server, undefined, { natsAddress: "nats://lab.example:4222" });
  const empty = await (await dashboard.app.request("/")).text();
  assert.match(empty, /deno task sweep --nats nats:\/\/lab\.example:4222/);
  await server.write(sweep, journalOf());
  const html = await (await dashboard.app.request("/?page=1")).text();
  assert.match(html, /1 sweep, the newest first/);
  assert.match(
    html,
    /aria-label="Best val_accuracy so far: from 0\.\d+ to 0\.\d+, \d improvements?"/,
  );
  assert.equal((await dashboard.app.request("/?page=0")).status, 400);
});
