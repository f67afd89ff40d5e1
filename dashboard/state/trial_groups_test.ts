import assert from "node:assert/strict";
import { parseTrialId } from "../../core/domain/ids.ts";
import { SweepView } from "../../core/views/sweep_view.ts";
import { journalOf } from "../../tests/support/journals.ts";
import { ALL_TRIALS, type TrialsQuery } from "../client/trials/trials_query.ts";
import { tableRows } from "./table_rows.ts";
import { groupsOf, selectGroups } from "./trial_groups.ts";
import { reportedMetrics } from "./trial_selection.ts";
import { trialColumns } from "./trial_values.ts";

const view = (() => {
  let made: SweepView | null = null;
  let sequence = 0;
  for (const entry of journalOf({ configurations: 8, epochs: 2, spec: { replicates: 3 } })) {
    const stored = { sequence: ++sequence, entry };
    if (made === null) made = new SweepView(stored);
    else made.apply(stored);
  }
  assert.ok(made !== null);
  return made;
})();
const grouped: TrialsQuery = {
  ...ALL_TRIALS,
  by: "configuration",
  sort: "objective",
  descending: true,
};
const rowsOf = (query: TrialsQuery) => {
  const groups = selectGroups(view, query);
  const columns = trialColumns(view, reportedMetrics(view));
  const { rowOf, baseline } = tableRows(view, {
    query,
    groups,
    columns,
    shown: columns.map(({ id }) => id),
  });
  return { rows: groups.slice(0, groups.length).map(rowOf), baseline };
};

Deno.test("selectGroups() has each configuration once with its replicates, the best mean first", () => {
  const selection = selectGroups(view, grouped);
  const groups = selection.slice(0, selection.length);
  assert.deepEqual([selection.length, selection.trials, groups.length], [8, 24, 8]);
  assert.ok(groups.every((group) => group.length === 3));
  const means = groups.map((group) =>
    group.reduce((sum, { metrics }) => sum + (metrics["val_accuracy"] ?? NaN), 0) / 3
  );
  assert.deepEqual(means, means.toSorted((a, b) => b - a));
  assert.deepEqual(selection.slice(2, 4), groups.slice(2, 4));
  assert.deepEqual(
    [...selection.numbers("objective")].map((mean) => mean.toFixed(12)),
    means.map((mean) => mean.toFixed(12)),
  );
  const some = selectGroups(view, { ...grouped, text: "replicate<2" }).slice(0, 8);
  assert.ok(some.every((group) => group.length === 2), "only those that match are taken together");
  assert.equal(groupsOf(view.ledger.trials).length, 8);
});

Deno.test("tableRows() has the mean, its interval over the runs, and the rank among the rows", () => {
  const { rows } = rowsOf(grouped);
  const [best] = rows;
  assert.ok(best !== undefined);
  const { value, ci95, n, rank, of, step } = best.measured["objective"] ?? assert.fail();
  const trials = view.ledger.trials.filter(({ configuration }) =>
    configuration === best.configuration
  );
  const values = trials.map(({ metrics }) => metrics["val_accuracy"] ?? NaN);
  const mean = values.reduce((sum, one) => sum + one, 0) / 3;
  const sd = Math.sqrt(values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / 2);
  assert.ok(value !== null && ci95 !== null);
  assert.ok(Math.abs(value - mean) < 1e-12);
  // t(0.975; 2) = 4.302653
  assert.ok(Math.abs(ci95[1] - (mean + 4.302653 * sd / Math.sqrt(3))) < 1e-6);
  assert.deepEqual([n, rank, of, step], [3, 1, 8, 10]);
  assert.deepEqual(best.states, [["completed", 3]]);
  assert.equal(best.trial, trials[values.indexOf(Math.max(...values))]?.id, "the best run");
  assert.equal(best.epochs, 6);
});

Deno.test("tableRows() measures against a baseline: a run against a run, means against means", () => {
  const single = rowsOf({ ...ALL_TRIALS, baseline: 4 });
  assert.equal(single.baseline?.trial, 4);
  const value = (id: number): number =>
    view.ledger.trial(parseTrialId(id)).metrics["val_accuracy"] ?? NaN;
  assert.equal(single.rows[4]?.delta, null, "none to itself");
  assert.deepEqual(single.rows[7]?.delta, { value: value(7) - value(4), ci95: null, n: [1, 1] });
  const means = rowsOf({ ...grouped, baseline: 4 });
  const others = means.rows.filter(({ delta }) => delta !== null);
  assert.equal(others.length, 7);
  for (const { delta } of others) {
    assert.ok(delta?.ci95 && delta.ci95[0] < delta.value && delta.value < delta.ci95[1]);
    assert.deepEqual(delta.n, [3, 3]);
  }
  assert.throws(() => rowsOf({ ...ALL_TRIALS, baseline: 24 }), {
    name: "SyntaxError",
    message: "Cannot measure against trial 24: there are 24, from 0",
  });
});
