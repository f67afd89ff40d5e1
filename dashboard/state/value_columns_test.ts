import assert from "node:assert/strict";
import fc from "fast-check";
import { parseWorkerId } from "../../core/domain/ids.ts";
import type { Trial } from "../../core/domain/sweep_ledger.ts";
import { SweepView } from "../../core/views/sweep_view.ts";
import { journalOf } from "../../tests/support/journals.ts";
import { isMatch, parseTrialFilter } from "../client/trials/trial_filter.ts";
import { ALL_TRIALS, type TrialsQuery } from "../client/trials/trials_query.ts";
import { metricNames } from "./metric_names.ts";
import { reportedMetrics, selectTrials } from "./trial_selection.ts";
import {
  columnGetter,
  compareValues,
  namedGetter,
  shownStatus,
  trialColumns,
} from "./trial_values.ts";
import { type ColumnSource, valueColumn } from "./value_columns.ts";

const ENTRIES = [...journalOf({
  configurations: 12,
  epochs: 3,
  lanes: 3,
  spec: { replicates: 2 },
  failureRate: 0.3,
  lossRate: 0.2,
})];

/** A view that grows with the journal: what is kept between entries is asked again. */
function growing(): { readonly view: SweepView; readonly grow: (entries: number) => void } {
  const [first, ...others] = ENTRIES;
  assert.ok(first !== undefined);
  const view = new SweepView({ sequence: 1, entry: first });
  let at = 1;
  const grow = (entries: number): void => {
    for (const entry of others.slice(at - 1, at - 1 + entries)) {
      view.apply({ sequence: ++at, entry });
    }
  };
  return { view, grow };
}

/** The selection as it is defined: each trial by itself, each pair compared. */
function plainly(view: SweepView, query: TrialsQuery): readonly number[] {
  const get = columnGetter(view, query.sort, reportedMetrics(view));
  const names = ["lr", "hidden_width", "trial", "seconds", "worker", "state", "val_accuracy"];
  const terms = parseTrialFilter(query.text, names);
  return view.ledger.trials
    .filter((trial) =>
      (query.state === null || shownStatus(trial) === query.state) &&
      (query.worker === null || trial.worker === query.worker) &&
      (query.pack === null || trial.pack === query.pack) &&
      isMatch(terms, (name) => namedGetter(view, name)(trial))
    )
    .toSorted((a, b) => compareValues(get(a), get(b), query.descending ? -1 : 1) || a.id - b.id)
    .map(({ id }) => id);
}

const anyTerm = fc.tuple(
  fc.constantFrom("lr", "hidden_width", "trial", "seconds", "worker", "state", "val_accuracy"),
  fc.constantFrom("=", "!=", "<", ">=", ">", "<="),
  fc.oneof(
    fc.constantFrom(0, 0.01, 0.5, 1, 8, 32, 64, 5).map(String),
    fc.constantFrom("failed", "completed", "w0", "nothing"),
  ),
).map(([name, comparison, value]) =>
  Number.isNaN(Number(value)) && comparison !== "!="
    ? `${name}=${value}`
    : name + comparison + value
);

Deno.test("selectTrials() is what each trial by itself and each pair compared give, however a journal grew", () => {
  const columns = (view: SweepView): readonly string[] =>
    trialColumns(view, reportedMetrics(view)).map(({ id }) => id);
  const step = fc.record({
    grow: fc.integer({ min: 0, max: 25 }),
    column: fc.nat(),
    descending: fc.boolean(),
    terms: fc.array(anyTerm, { maxLength: 2 }),
    state: fc.constantFrom(null, null, "running", "completed", "failed"),
    pack: fc.constantFrom(null, null, 0, 1),
    worker: fc.constantFrom(null, null, "a"),
  });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
      const { view, grow } = growing();
      for (const { grow: entries, column, terms, ...rest } of steps) {
        grow(entries);
        assert.deepEqual(
          metricNames(view),
          [...new Set(view.ledger.trials.flatMap(({ metrics }) => Object.keys(metrics)))].sort(),
        );
        const all = columns(view);
        const worker = rest.worker === null ? null : view.workers[0]?.worker ?? parseWorkerId("w");
        const query = {
          ...ALL_TRIALS,
          ...rest,
          worker,
          sort: all[column % all.length] ?? "trial",
          text: terms.join(" "),
        };
        assert.deepEqual(selectTrials(view, query).map(({ id }) => id), plainly(view, query));
      }
    }),
    { numRuns: 60 },
  );
});

Deno.test("valueColumn() is never older than its journal, and kept where no trial has changed", () => {
  const { view, grow } = growing();
  const source: ColumnSource = {
    name: "trained",
    get: (trial: Trial) => "epoch" in trial.state ? trial.state.epoch : null,
    isOfTrial: true,
  };
  const orders = new Set<Uint32Array>();
  for (let entry = 0; entry < ENTRIES.length; entry++) {
    const { values, order } = valueColumn(view, source);
    const expected = view.ledger.trials.map((trial) => source.get(trial) ?? NaN);
    assert.deepEqual([...values], expected);
    assert.equal(order(false), valueColumn(view, source).order(false), "sorted once");
    orders.add(order(false));
    grow(1);
  }
  assert.ok(orders.size < ENTRIES.length, "entries that change no value leave the order");
});

Deno.test("valueColumn() puts numbers before texts and nothing last, whichever way", () => {
  const { view, grow } = growing();
  grow(2);
  const mixed = [null, "b", 3, true, "true", undefined, -1, "a", NaN, 2];
  const get = ({ id }: Trial) => mixed[id];
  const column = valueColumn(view, { name: "mixed", get, isOfTrial: true });
  for (const [isDescending, direction] of [[false, 1], [true, -1]] as const) {
    const expected = view.ledger.trials.map(({ id }) => id).toSorted((a, b) => {
      const [one, two] = [a, b].map((id) => Number.isNaN(mixed[id]) ? null : mixed[id]);
      return compareValues(one, two, direction) || a - b;
    });
    assert.deepEqual([...column.order(isDescending)], expected);
  }
});
