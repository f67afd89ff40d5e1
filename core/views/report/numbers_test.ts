import assert from "node:assert/strict";
import {
  configurationLabel,
  count,
  duration,
  estimatorName,
  interval,
  meanAndSd,
  number,
  probability,
  signed,
} from "./numbers.ts";

Deno.test("number() writes few digits, the same everywhere", () => {
  assert.deepEqual(
    [0.81234, -0.5, 0.0022573825, 0.0000123, 4e-17, 123456.7, null, NaN, Infinity].map(number),
    ["0.8123", "−0.5000", "0.00226", "1.23e-5", "0", "123460", "–", "not a number", "∞"],
  );
  assert.deepEqual([signed(0.01), signed(-0.01), signed(1e-17)], ["+0.0100", "−0.0100", "0"]);
  assert.deepEqual([probability(1e-9), probability(0.05)], ["< 0.0001", "0.0500"]);
  assert.deepEqual([count(1234567), count(12)], ["1,234,567", "12"]);
  assert.deepEqual([duration(1500), duration(600_000), duration(7.2e6)], [
    "1.5 s",
    "10.0 min",
    "2.0 h",
  ]);
});

Deno.test("numbers say their estimator, and nothing where there is none", () => {
  const single = {
    mean: 0.5,
    sd: null,
    n: 1,
    ci95: [0.4, 0.6] as const,
    estimator: "wilson" as const,
  };
  assert.deepEqual(
    [interval(single.ci95), meanAndSd(single), estimatorName(single)],
    ["[0.4000, 0.6000]", "0.5000", "Wilson"],
  );
  assert.deepEqual([interval(null), meanAndSd(null), estimatorName(null)], ["–", "–", "–"]);
  assert.equal(configurationLabel({ lr: 1, depth: 2 }, []), "the only configuration");
  assert.equal(configurationLabel({ lr: 1, depth: 2 }, ["lr"]), "lr\u00a01");
});
