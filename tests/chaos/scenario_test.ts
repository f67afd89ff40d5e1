import assert from "node:assert/strict";
import fc from "fast-check";
import { type ActKind, planScenario } from "./scenario.ts";

Deno.test("planScenario is a function of its seed", () => {
  fc.assert(fc.property(fc.nat(), (seed) => {
    assert.deepEqual(planScenario(seed), planScenario(seed));
  }));
  assert.notDeepEqual(planScenario(1).deeds, planScenario(10).deeds);
});

Deno.test("planScenario shows every kind of deed within nine seeds in a row", () => {
  fc.assert(fc.property(fc.nat({ max: 1_000_000 }), (from) => {
    const kinds = new Set<ActKind>();
    for (let seed = from; seed < from + 9; seed++) {
      for (const { act } of planScenario(seed).deeds) kinds.add(act.kind);
    }
    assert.equal(kinds.size, 9);
  }));
});
