import assert from "node:assert/strict";
import fc from "fast-check";
import type { Trial } from "../../core/domain/sweep_ledger.ts";
import { parseTrialId } from "../../core/domain/ids.ts";
import { askedTrial } from "../../core/domain/ledger_trial.ts";
import { parseConfigurationId } from "../../core/domain/ids.ts";
import { sortedByNumber } from "./sort_trials.ts";
import { compareValues } from "./trial_selection.ts";
import type { TrialValue } from "./trial_values.ts";

function trialsOf(count: number): readonly Trial[] {
  return Array.from({ length: count }, (_, id) =>
    askedTrial({
      trial: parseTrialId(id),
      configuration: parseConfigurationId(id),
      replicate: 0,
      hyperparameters: {},
    }));
}

Deno.test("sortedByNumber() is the order that comparing each pair gives, equal ones by their number", () => {
  const value = fc.oneof(
    fc.integer({ min: -3, max: 3 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(null, undefined, 0, -0),
  );
  fc.assert(fc.property(fc.array(value), fc.constantFrom(1, -1), (values, direction) => {
    const trials = trialsOf(values.length);
    const get = ({ id }: Trial): TrialValue => values[id];
    const expected = trials.toSorted((a, b) =>
      compareValues(get(a), get(b), direction) || a.id - b.id
    );
    assert.deepEqual(
      sortedByNumber(trials, get, direction)?.map(({ id }) => id),
      expected.map(({ id }) => id),
    );
  }));
});

Deno.test("sortedByNumber() leaves texts to others", () => {
  assert.equal(sortedByNumber(trialsOf(2), ({ id }) => id === 0 ? 1 : "relu", 1), null);
  assert.equal(sortedByNumber(trialsOf(1), () => NaN, 1), null);
});
