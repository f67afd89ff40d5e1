import assert from "node:assert/strict";
import fc from "fast-check";
import { sizePacks } from "./size_packs.ts";

const groups = fc.array(
  fc.record({ waiting: fc.nat(60), maxLanes: fc.integer({ min: 1, max: 20 }) }),
  { maxLength: 6 },
);

Deno.test("sizePacks() puts every trial in one pack, within its group's limit", () => {
  fc.assert(fc.property(groups, fc.nat(12), (sizes, slots) => {
    const packs = sizePacks(sizes, { packs: Infinity, slots });
    for (const [group, { waiting, maxLanes }] of sizes.entries()) {
      const own = packs.filter((pack) => pack.group === group);
      assert.equal(own.reduce((sum, { lanes }) => sum + lanes, 0), waiting);
      for (const { lanes } of own) assert.ok(lanes >= 1 && lanes <= maxLanes);
    }
  }));
});

Deno.test("sizePacks() lets no slot idle while another has two packs, within one group", () => {
  const sizes = fc.record({
    waiting: fc.integer({ min: 1, max: 500 }),
    maxLanes: fc.integer({ min: 1, max: 32 }),
  });
  fc.assert(fc.property(sizes, fc.integer({ min: 1, max: 12 }), (group, slots) => {
    const lanes = sizePacks([group], { packs: Infinity, slots }).map((pack) => pack.lanes);
    const rounds = Math.ceil(lanes.length / slots);
    // No more rounds than the width forces, and the packs of one size but for one lane.
    assert.equal(rounds, Math.ceil(group.waiting / (slots * group.maxLanes)));
    assert.ok(Math.max(...lanes) - Math.min(...lanes) <= 1);
  }));
});

Deno.test("sizePacks() forms only as many packs as are wanted", () => {
  fc.assert(fc.property(groups, fc.nat(12), fc.nat(8), (sizes, slots, packs) => {
    const some = sizePacks(sizes, { packs, slots });
    assert.deepEqual(some, sizePacks(sizes, { packs: Infinity, slots }).slice(0, packs));
  }));
});

Deno.test("sizePacks() shares ten replicates out over two slots, and keeps a wide sweep wide", () => {
  const lanesOf = (waiting: number, maxLanes: number, slots: number) =>
    sizePacks([{ waiting, maxLanes }], { packs: Infinity, slots }).map(({ lanes }) => lanes);
  assert.deepEqual(lanesOf(10, 16, 2), [5, 5]);
  assert.deepEqual(lanesOf(10, 16, 1), [10]);
  assert.deepEqual(lanesOf(10, 1, 2), Array(10).fill(1));
  assert.deepEqual(lanesOf(64, 16, 2), [16, 16, 16, 16]);
  assert.deepEqual(lanesOf(3, 16, 8), [1, 1, 1]);
});
