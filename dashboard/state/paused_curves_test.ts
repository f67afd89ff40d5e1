import assert from "node:assert/strict";
import type { JournalEntry } from "../../core/domain/sweep_event.ts";
import { instant } from "../../core/domain/units.ts";
import { ArrayJournal } from "../../tests/support/array_journal.ts";
import { simulate } from "../../tests/support/simulated_search.ts";
import { specOf, sweepCreated } from "../../tests/support/specs.ts";
import { parseCurvesQuery } from "../client/curves/curves_query.ts";
import { viewOfSeries } from "../client/curves/series_view.ts";
import { LiveSweep } from "../live_sweep.ts";
import { chooseTrials } from "./curve_choice.ts";
import { curveSelection, curveSeries } from "./curve_selection.ts";
import { filteredTrials } from "./filtered_trials.ts";

/** Twelve trials of which none ends before its third rung. */
const SPEC = specOf({
  method: "random",
  runCap: 12,
  maxLanes: 4,
  scheduler: { type: "asha", variant: "promotion", minEpochs: 1, eta: 3 },
  parameters: [
    { name: "lr", domain: { kind: "float", scale: "log", min: 0.001, max: 0.3 } },
    { name: "epochs", domain: { kind: "values", values: [9] } },
  ],
});

function entriesOf(): readonly JournalEntry[] {
  const created = sweepCreated(SPEC);
  return [[created], ...simulate({ spec: SPEC }).entries].map((events, place) => ({
    v: 1,
    at: instant(1_700_000_000_000 + 1_000 * place),
    events: [...events],
  }));
}

/** The sweep after as few entries as the condition asks for. */
async function liveWhen(isWanted: (live: LiveSweep) => boolean): Promise<LiveSweep> {
  const entries = entriesOf();
  for (let count = 1; count <= entries.length; count++) {
    const { sweep } = sweepCreated(SPEC);
    const journal = new ArrayJournal(sweep);
    journal.grow(entries.slice(0, count));
    const ending = new AbortController();
    const live = new LiveSweep(sweep, { journal, signal: ending.signal });
    await live.ready;
    ending.abort();
    if (isWanted(live)) return live;
  }
  throw new Error("Cannot find such a moment in the sweep");
}

Deno.test("curveSelection() and chooseTrials() show what waits at its rung while nothing is ranked", async () => {
  const live = await liveWhen(({ view: { ledger: { counts } } }) => counts.paused >= 5);
  const { view, ranking } = live;
  assert.equal(ranking.length, 0);
  const { curves, paused } = curveSelection(view, ranking);
  assert.equal(paused, view.ledger.counts.paused);
  const waiting = curves.filter(({ isPaused }) => isPaused);
  assert.ok(waiting.length >= 5 && waiting.every(({ rank }) => rank === null));
  const statuses = waiting.map(({ trial }) => view.ledger.trials[trial]?.state.status);
  assert.ok(statuses.every((status) => status === "paused"));
  // Those that are furthest and best come first.
  const reached = waiting.map(({ trial }) => {
    const last = view.curve(view.ledger.trials[trial]!.id).samples("val_accuracy").at(-1)!;
    return 10 * last.epoch + last.value;
  });
  assert.deepEqual(reached, reached.toSorted((a, b) => b - a));

  const trials = waiting.map(({ trial }) => view.ledger.trials[trial]!.id);
  const series = curveSeries(view, { metric: "val_accuracy", trials });
  const { lines } = viewOfSeries({ metric: "val_accuracy", curves: waiting, series });
  assert.ok(lines.every(({ tag, x }) => tag === "paused" && x.length > 0));

  const { drawn, tagOf } = chooseTrials(view, ranking, parseCurvesQuery(new URLSearchParams()));
  assert.ok(drawn.filter((trial) => tagOf(trial) === "paused").length >= 5);

  const { mask } = filteredTrials(view, new URLSearchParams("state=running"));
  const filtered = curveSelection(view, ranking, mask);
  assert.equal(filtered.paused, 0);
  assert.ok(filtered.curves.every(({ isPaused }) => !isPaused));
});

Deno.test("curveSelection() leaves those that wait out once enough are ranked, and counts them", async () => {
  const live = await liveWhen(({ view: { ledger: { counts } } }) => counts.completed >= 1);
  const { curves } = curveSelection(live.view, live.ranking);
  const ranked = curves.filter(({ rank }) => rank !== null).length;
  const waiting = curves.filter(({ isPaused }) => isPaused).length;
  assert.ok(ranked >= 1 && ranked + waiting <= 8, `${ranked} ranked, ${waiting} paused`);
});
