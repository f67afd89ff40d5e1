import assert from "node:assert/strict";
import { extentOf, labelOf, LEFT, timeTicks, WIDTH } from "./timeline_layout.ts";

Deno.test("timeTicks are round times, few and inside the window", () => {
  assert.deepEqual(timeTicks([0, 100_000], 9).map(({ label }) => label), [
    "0 s",
    "15 s",
    "30 s",
    "45 s",
    "1 m 00 s",
    "1 m 15 s",
    "1 m 30 s",
  ]);
  for (const span of [1, 37, 1_000, 59_999, 3_600_000, 9e8, 4e10]) {
    const ticks = timeTicks([12_345, 12_345 + span], 9);
    assert.ok(ticks.length <= 9, `${span}: ${ticks.length}`);
  }
});

Deno.test("extentOf keeps bars visible and inside the picture; labelOf says what there is room for", () => {
  const window = [0, 1000] as const;
  assert.deepEqual(extentOf(window, { from: -50, to: 0 }), [LEFT, LEFT + 3]);
  const [from, to] = extentOf(window, { from: 1000, to: 1000 });
  assert.ok(from < to && to <= WIDTH);
  const bar = { pack: 7, lanes: 16, outcome: "lost" } as const;
  const full = { ...bar, attempt: 1, delivery: 1, from: 0, to: 1, message: null };
  assert.deepEqual([200, 35, 18, 5].map((width) => labelOf(full, width)), [
    "✕ 7 ×16",
    "✕ 7",
    "✕",
    "",
  ]);
});
