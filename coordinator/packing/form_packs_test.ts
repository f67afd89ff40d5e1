import assert from "node:assert/strict";
import fc from "fast-check";
import { parseTrialId } from "../../core/domain/ids.ts";
import { formPacks } from "./form_packs.ts";
import { fuseKey } from "./fuse_key.ts";

const trial = fc.record({
  batch_size: fc.constantFrom(32, 128),
  depth: fc.constantFrom(1, 2, 3),
  lr: fc.constantFrom(0.1, 0.01),
  hidden_width: fc.constantFrom(8, 64),
});

Deno.test("formPacks() puts every trial in one pack, with its equals, within the limit", () => {
  fc.assert(fc.property(fc.array(trial), fc.integer({ min: 1, max: 9 }), (points, maxLanes) => {
    const trials = points.map((hyperparameters, i) => ({ id: parseTrialId(i), hyperparameters }));
    const packs = formPacks(trials, maxLanes);
    assert.deepEqual(packs.flat().sort((a, b) => a - b), trials.map(({ id }) => id));
    for (const pack of packs) {
      assert.ok(pack.length >= 1 && pack.length <= maxLanes);
      const keys = new Set(pack.map((id) => fuseKey(trials[id]?.hyperparameters ?? {})));
      assert.equal(keys.size, 1);
    }
  }));
});

Deno.test("formPacks() leaves no pack that could have joined another", () => {
  fc.assert(fc.property(fc.array(trial), fc.integer({ min: 1, max: 9 }), (points, maxLanes) => {
    const trials = points.map((hyperparameters, i) => ({ id: parseTrialId(i), hyperparameters }));
    const open = formPacks(trials, maxLanes)
      .filter((pack) => pack.length < maxLanes)
      .map((pack) => fuseKey(trials[pack[0] ?? 0]?.hyperparameters ?? {}));
    assert.equal(new Set(open).size, open.length);
  }));
});

Deno.test("fuseKey() leaves learning rate and width free, and fixes batch size and depth", () => {
  const base = { batch_size: 32, depth: 1, lr: 0.1, hidden_width: 8 };
  assert.equal(fuseKey(base), fuseKey({ ...base, lr: 0.5, hidden_width: 99 }));
  assert.notEqual(fuseKey(base), fuseKey({ ...base, batch_size: 64 }));
  assert.notEqual(fuseKey(base), fuseKey({ ...base, depth: 2 }));
});
