import assert from "node:assert/strict";
import { atMostEvery } from "./at_most_every.ts";

Deno.test("atMostEvery() acts at once, then once more for all that was asked in between", async () => {
  const timers: (() => void)[] = [];
  let acts = 0;
  const ask = atMostEvery(async () => {
    acts++;
    await Promise.resolve();
    if (acts === 2) throw new Error("the server is away");
  }, { ms: 1_000, setTimer: (act) => timers.push(act) });
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 5; i++) await Promise.resolve();
  };
  ask();
  ask();
  ask();
  await settle();
  assert.equal(acts, 1);
  timers.shift()?.();
  await settle();
  assert.equal(acts, 2, "one more for two wishes");
  timers.shift()?.();
  await settle();
  assert.equal(acts, 2, "nobody wants more");
  ask();
  await settle();
  assert.equal(acts, 3, "a failure does not end it");
});

Deno.test("atMostEvery() leaves a slow server alone for longer, and not all pages alike", async () => {
  const rests: number[] = [];
  let clock = 0;
  for (const [took, luck] of [[10, 0], [300, 0], [3_000, 0], [3_000, 1]] as const) {
    const ask = atMostEvery(() => {
      clock += took;
      return Promise.resolve();
    }, { ms: 2_000, setTimer: (_, ms) => rests.push(ms), now: () => clock, random: () => luck });
    ask();
    for (let i = 0; i < 5; i++) await Promise.resolve();
  }
  assert.deepEqual(rests, [2_000, 2_000, 12_000, 15_000]);
});
