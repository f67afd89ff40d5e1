import assert from "node:assert/strict";
import fc from "fast-check";
import { drawCount } from "./acts.ts";
import { describeScenario, planScenario } from "./scenario.ts";

Deno.test("planScenario is a function of its seed", () => {
  fc.assert(fc.property(fc.nat(), fc.constantFrom("light", "full"), (seed, kind) => {
    assert.deepEqual(planScenario(seed, kind), planScenario(seed, kind));
  }));
  assert.notDeepEqual(planScenario(1).deeds, planScenario(17).deeds);
});

Deno.test("planScenario shows every kind of deed within as many seeds in a row", () => {
  const kinds = drawCount({ isLight: true });
  const shown = (from: number): Set<string> =>
    new Set(Array.from({ length: kinds }, (_, n) => {
      const act = planScenario(from + n).deeds[0]?.act;
      return act?.kind === "cut"
        ? `cut ${act.whose}`
        : act?.kind === "skewClock"
        ? `skewClock ${act.of === "coordinator"}`
        : `${act?.kind}`;
    }));
  fc.assert(fc.property(fc.nat({ max: 1_000_000 }), (from) => {
    assert.equal(shown(from).size, kinds);
  }));
});

Deno.test("describeScenario tells all that a seed decides", () => {
  fc.assert(fc.property(fc.nat(), (seed) => {
    const scenario = planScenario(seed);
    const told = describeScenario(scenario);
    for (const { after } of scenario.deeds) {
      assert.ok(told.includes(`${after.type} ${after.count}`));
    }
  }));
});
