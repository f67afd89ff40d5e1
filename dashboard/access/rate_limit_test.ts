import assert from "node:assert/strict";
import { instant } from "../../core/domain/units.ts";
import { RateLimit } from "./rate_limit.ts";

Deno.test("RateLimit.take() gives a burst, then as many as the rate refills", () => {
  let now = 1_000;
  const limit = new RateLimit({ burst: 3, perSecond: 2, clock: () => instant(now) });
  assert.deepEqual([1, 2, 3, 4].map(() => limit.take("a")), [null, null, null, 1]);
  assert.equal(limit.take("b"), null, "another one has a bucket of its own");
  now += 1_000;
  assert.deepEqual([1, 2, 3].map(() => limit.take("a")), [null, null, 1]);
  now += 3_600_000;
  assert.deepEqual([1, 2, 3, 4].map(() => limit.take("a")), [null, null, null, 1]);
});

Deno.test("RateLimit.take() says after how many seconds there is one, and keeps to it", () => {
  let now = 1_000;
  const limit = new RateLimit({ burst: 1, perSecond: 0.1, clock: () => instant(now) });
  limit.take("a");
  assert.equal(limit.take("a"), 10);
  now += 9_900;
  assert.equal(limit.take("a"), 1);
  now += 100;
  assert.equal(limit.take("a"), null);
});

Deno.test("RateLimit.take() does not lock out when the clock is set back", () => {
  let now = 10_000_000;
  const limit = new RateLimit({ burst: 2, perSecond: 1, clock: () => instant(now) });
  limit.take("a");
  now = 1_000;
  assert.equal(limit.take("a"), null);
  now = 2_000;
  assert.equal(limit.take("a"), null);
});
