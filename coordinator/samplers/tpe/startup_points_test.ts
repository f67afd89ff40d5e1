import assert from "node:assert/strict";
import { parseConfigurationId } from "../../../core/domain/ids.ts";
import { createStartupPoints, generalisedGoldenRatio } from "./startup_points.ts";

Deno.test("generalisedGoldenRatio() gives the published constants", () => {
  const published = [1.618033988749895, 1.324717957244746, 1.2207440846057596];
  for (const [i, ratio] of published.entries()) {
    assert.ok(Math.abs(generalisedGoldenRatio(i + 1) - ratio) < 1e-14);
  }
});

Deno.test("createStartupPoints() leaves no fifth of a dimension's range empty", () => {
  for (const seed of [1, 2, 3]) {
    const placeOf = createStartupPoints(seed, 2);
    for (const dimension of [0, 1]) {
      const places = Array.from(
        { length: 20 },
        (_, n) => placeOf(parseConfigurationId(n), dimension),
      );
      assert.ok(places.every((place) => place >= 0 && place < 1));
      const sorted = [...places, 1].sort((a, b) => a - b);
      const gaps = sorted.map((place, i) => place - (sorted[i - 1] ?? 0));
      assert.ok(Math.max(...gaps) < 0.2, `${gaps}`);
    }
  }
  const place = parseConfigurationId(3);
  assert.notEqual(createStartupPoints(1, 2)(place, 0), createStartupPoints(2, 2)(place, 0));
});
