import assert from "node:assert/strict";
import { ArrayJournal } from "../../tests/support/array_journal.ts";
import { journalOf, type JournalOptions } from "../../tests/support/journals.ts";
import type { Panels } from "../client/overview/panels_model.ts";
import { LiveSweep } from "../live_sweep.ts";
import { curveSelection } from "./curve_selection.ts";
import { filteredTrials } from "./filtered_trials.ts";
import { panelsSnapshot, type ShownPanels } from "./panels_snapshot.ts";
import { leaderboardState } from "./ranking.ts";

const metric = { name: "val_accuracy", goal: "maximize" } as const;
const objectives = [metric, { name: "val_loss", goal: "minimize" }] as const;
const SWEEP: JournalOptions = {
  configurations: 24,
  epochs: 3,
  lanes: 2,
  failureRate: 0.2,
  spec: { replicates: 3, metric, objectives },
};
const WIDE = "q=hidden_width>=64";

async function liveOf(entries: number, abort: AbortController): Promise<LiveSweep> {
  const all = [...journalOf(SWEEP)];
  const created = all[0]?.events[0];
  assert.ok(created?.type === "sweepCreated");
  const journal = new ArrayJournal(created.sweep);
  journal.grow(all.slice(0, entries));
  const live = new LiveSweep(created.sweep, { journal, signal: abort.signal });
  await live.ready;
  return live;
}

function panelsOf(live: LiveSweep, search: string): ShownPanels {
  const params = new URLSearchParams(search);
  return panelsSnapshot(live, { query: { x: null, y: null }, params, now: 0 });
}

Deno.test("panelsSnapshot() makes front, importance and history of what a filter shows", async () => {
  const abort = new AbortController();
  const live = await liveOf(Infinity, abort);
  const { panels: all, shown: everything } = panelsOf(live, "");
  const { panels, shown } = panelsOf(live, WIDE);
  assert.equal(everything, null);
  assert.equal(all.filtered, null);
  const wide = live.ranking.filter(({ hyperparameters }) =>
    Number(hyperparameters["hidden_width"]) >= 64
  );
  assert.ok(wide.length > 2 && wide.length < live.ranking.length);
  assert.deepEqual(panels.filtered, { ranked: wide.length, of: live.ranking.length });
  assert.ok(wide.every(({ configuration }) => shown?.has(configuration)));

  const finite = wide.filter(({ estimate }) => estimate !== null).length;
  assert.equal(panels.importance.n, wide.length, "the importance says of how many it is");
  assert.equal(all.importance.n, live.ranking.length);
  assert.equal(panels.history.completed, finite);
  const ownTrials = new Set(wide.flatMap(({ trials }) => trials.map(({ id }) => Number(id))));
  assert.ok(panels.plane!.points.length > 0);
  assert.ok(panels.plane!.points.every(({ trial }) => ownTrials.has(trial)));
  assert.ok(panels.plane!.measured + panels.plane!.excluded <= wide.length);

  assert.ok(panels.timeline.inWindow > 0 && panels.timeline.inWindow < all.timeline.inWindow);

  const { rows, total } = leaderboardState(live, 50, shown);
  assert.equal(total, wide.length);
  assert.deepEqual(rows.map(({ rank }) => rank), wide.map(({ rank }) => rank), "ranks among all");
  assert.notDeepEqual(rows.map(({ rank }) => rank), rows.map((_, index) => index + 1));
  abort.abort();
});

Deno.test("panelsSnapshot() has nothing to draw where a filter shows nothing, and all where it is none", async () => {
  const abort = new AbortController();
  const live = await liveOf(Infinity, abort);
  const none = panelsOf(live, "q=hidden_width>100000");
  assert.equal(none.panels.plane, null);
  assert.equal(none.panels.importance.n, 0);
  assert.equal(none.panels.history.ended, 0);
  assert.deepEqual(none.panels.filtered, { ranked: 0, of: live.ranking.length });
  const unreadable = panelsOf(live, "q=nothing>1");
  assert.equal(unreadable.shown, null);
  assert.match(unreadable.panels.filter.problem ?? "", /nothing/);
  assert.deepEqual(unreadable.panels.history, panelsOf(live, "").panels.history);
  abort.abort();
});

Deno.test("panelsSnapshot() remembers charts of some filters, and never of any number", async () => {
  const abort = new AbortController();
  const live = await liveOf(Infinity, abort);
  const historyOf = (search: string): Panels["history"] => panelsOf(live, search).panels.history;
  const first = historyOf(WIDE);
  assert.equal(historyOf(WIDE), first);
  for (let trial = 1; trial < 20; trial++) historyOf(`q=trial>${trial}`);
  assert.notEqual(historyOf(WIDE), first);
  assert.deepEqual(historyOf(WIDE), first);
  abort.abort();
});

Deno.test("curveSelection() takes the best of what a filter lets through, and says of how many", async () => {
  const abort = new AbortController();
  for (const entries of [40, Infinity]) {
    const live = await liveOf(entries, abort);
    const { ranking, view } = live;
    const all = curveSelection(view, ranking);
    assert.equal(all.unfiltered, null);
    for (const search of ["q=replicate=1", "state=running", WIDE, "state=failed"]) {
      const { mask } = filteredTrials(view, new URLSearchParams(search));
      const { curves, ranked, running, unfiltered } = curveSelection(view, ranking, mask);
      assert.ok(mask !== null && curves.every(({ trial }) => mask[trial] === 1), search);
      assert.deepEqual(unfiltered, { ranked: all.ranked, running: all.running });
      const best = curves.filter(({ rank }) => rank !== null);
      assert.equal(best.length, Math.min(8, ranked));
      assert.ok(curves.length - best.length <= running);
      const ranks = best.map(({ rank }) => rank ?? 0);
      assert.deepEqual(ranks, ranks.toSorted((a, b) => a - b));
      if (search === "state=failed") assert.equal(ranked + running, 0);
    }
    // A replicate of each configuration: not only those whose best one it is.
    const { mask } = filteredTrials(view, new URLSearchParams("q=replicate=1"));
    const withIt = ranking.filter(({ trials }) =>
      trials.some(({ replicate, state }) => replicate === 1 && state.status === "completed")
    );
    assert.equal(curveSelection(view, ranking, mask).ranked, withIt.length);
  }
  abort.abort();
});
