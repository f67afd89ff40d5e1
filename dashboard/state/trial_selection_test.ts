import assert from "node:assert/strict";
import fc from "fast-check";
import type { SweepView } from "../../core/views/sweep_view.ts";
import { SweepView as View } from "../../core/views/sweep_view.ts";
import { journalOf } from "../../tests/support/journals.ts";
import { ALL_TRIALS, type TrialsQuery } from "../client/trials/trials_query.ts";
import { filterableNames, selectTrials } from "./trial_selection.ts";
import { columnGetter, compareValues, shownStatus, trialColumns } from "./trial_values.ts";

function viewOf(entries: Iterable<Parameters<SweepView["apply"]>[0]["entry"]>): SweepView {
  let view: SweepView | null = null;
  let sequence = 0;
  for (const entry of entries) {
    const stored = { sequence: ++sequence, entry };
    if (view === null) view = new View(stored);
    else view.apply(stored);
  }
  assert.ok(view !== null);
  return view;
}

const view = viewOf(journalOf({
  configurations: 30,
  epochs: 3,
  lanes: 4,
  spec: { replicates: 2 },
  failureRate: 0.2,
  lossRate: 0.1,
}));
const numbers = (query: Partial<TrialsQuery>): readonly number[] =>
  selectTrials(view, { ...ALL_TRIALS, ...query }).map(({ id }) => id);

Deno.test("selectTrials() has every trial exactly once in each order, whatever the column", () => {
  const columns = trialColumns(view).map(({ id }) => id);
  const all = view.ledger.trials.map(({ id }) => id);
  fc.assert(fc.property(fc.constantFrom(...columns), fc.boolean(), (sort, descending) => {
    const selected = selectTrials(view, { ...ALL_TRIALS, sort, descending });
    assert.deepEqual(selected.map(({ id }) => id).toSorted((a, b) => a - b), all);
    const get = columnGetter(view, sort);
    const values = selected.map(get);
    const direction = descending ? -1 : 1;
    for (const [i, value] of values.slice(1).entries()) {
      assert.ok(compareValues(values[i], value, direction) <= 0, `${sort} ${i}`);
    }
    const first = values.findIndex((value) => value === null || value === undefined);
    if (first < 0) return;
    const rest = values.slice(first);
    assert.ok(rest.every((value) => value === null || value === undefined), "nothing comes last");
  }));
});

Deno.test("selectTrials() has those that match every filter, and no other", () => {
  const { trials } = view.ledger;
  const failed = trials.filter((trial) => shownStatus(trial) === "failed").map(({ id }) => id);
  assert.ok(failed.length > 0 && failed.length < trials.length);
  assert.deepEqual(numbers({ state: "failed" }), failed);
  assert.deepEqual(numbers({ text: "state=failed" }), failed);
  const pack = trials[0]?.pack ?? 0;
  assert.deepEqual(
    numbers({ pack }),
    trials.filter((trial) => trial.pack === pack).map(({ id }) => id),
  );
  const wide = trials.filter(({ hyperparameters, replicate }) =>
    Number(hyperparameters["hidden_width"]) >= 32 && replicate === 1
  );
  assert.deepEqual(numbers({ text: "hidden_width>=32 replicate=1" }), wide.map(({ id }) => id));
  const worker = trials[0]?.worker ?? "";
  assert.deepEqual(numbers({ worker }), numbers({ text: `worker=${worker}` }));
});

Deno.test("selectTrials() knows metrics that results have brought, and a parameter before a column", () => {
  assert.ok(filterableNames(view).includes("test_accuracy"));
  assert.deepEqual(numbers({ text: "epochs=3" }).length, view.ledger.trials.length);
  assert.ok(numbers({ text: "trained<3" }).length < view.ledger.trials.length);
});

Deno.test("selectTrials() refuses columns, states and names that a sweep does not have", () => {
  const refuses = (query: Partial<TrialsQuery>, message: RegExp): void =>
    assert.throws(() => numbers(query), { name: "SyntaxError", message });
  refuses({ sort: "p.width" }, /Cannot sort by "p.width": it must be one of trial, state, obj/);
  refuses({ state: "happy" }, /Cannot show trials that are "happy"/);
  refuses({ text: "width>1" }, /Cannot filter by "width"/);
});

Deno.test("selectTrials() remembers a selection only as long as the journal stands still", () => {
  const entries = [...journalOf({ configurations: 4 })];
  const growing = viewOf(entries.slice(0, -3));
  const running = { ...ALL_TRIALS, text: "state=completed" };
  const before = selectTrials(growing, running);
  assert.equal(selectTrials(growing, running), before);
  for (const [index, entry] of entries.slice(-3).entries()) {
    growing.apply({ sequence: entries.length - 2 + index, entry });
  }
  assert.ok(selectTrials(growing, running).length > before.length);
});
