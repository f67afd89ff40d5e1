import assert from "node:assert/strict";
import { createRng } from "../../core/domain/rng.ts";
import { valueAt } from "../../core/domain/space_codec.ts";
import { BRANIN, HARTMANN6, MIXED } from "./optimisation_functions.ts";

Deno.test("OptimisationFunction.lossOf() has its minimum where the literature says", () => {
  for (const { name, space, lossOf, minimum, minimiser } of [BRANIN, HARTMANN6, MIXED]) {
    assert.ok(Math.abs(lossOf(minimiser) - minimum) < 1e-5, name);
    const rng = createRng(1, name);
    for (let i = 0; i < 2_000; i++) {
      const point = Object.fromEntries(
        space.map((parameter) => [parameter.name, valueAt(parameter.domain, rng.uniform())]),
      );
      assert.ok(lossOf(point) >= minimum, `${name} ${JSON.stringify(point)}`);
    }
  }
});
