import assert from "node:assert/strict";
import fc from "fast-check";
import { parsePackId, parseTrialId } from "../../core/domain/ids.ts";
import { paceOf, splitTail, type TailPack } from "./split_tail.ts";

function packOf(id: number, change: Partial<TailPack> & { readonly size?: number } = {}): TailPack {
  const { size = 8, ...rest } = change;
  return {
    pack: parsePackId(id),
    lanes: Array.from({ length: size }, (_, i) => parseTrialId(100 * id + i)),
    epochsLeft: 100,
    pace: 20,
    idlePace: 20,
    isIdleKnown: false,
    ...rest,
  };
}

/** The lanes of each part, by pack. */
function sizes(packs: readonly TailPack[], idle: number): Record<number, readonly number[]> {
  const split = [...splitTail(packs, idle)];
  return Object.fromEntries(split.map(([id, parts]) => [id, parts.map((part) => part.length)]));
}

Deno.test("splitTail() shares a large last pack out over the idle slots", () => {
  assert.deepEqual(sizes([packOf(0)], 1), { 0: [4] });
  assert.deepEqual(sizes([packOf(0)], 3), { 0: [2, 2, 2] });
  assert.deepEqual(sizes([packOf(0, { size: 2, epochsLeft: 200 })], 5), { 0: [1] });
});

Deno.test("splitTail() leaves alone what has no idle slot, one lane, or little left", () => {
  assert.deepEqual(sizes([packOf(0)], 0), {});
  assert.deepEqual(sizes([packOf(0, { size: 1 })], 4), {});
  assert.deepEqual(sizes([packOf(0, { epochsLeft: 10 })], 4), {});
  // Two epochs of half a minute each: the one that is trained again would be half of it.
  assert.deepEqual(sizes([packOf(0, { epochsLeft: 2, pace: 2_500, idlePace: 2_500 })], 4), {});
});

Deno.test("splitTail() gives more to fast slots, and nothing to slots that would take longer", () => {
  const [part] = sizes([packOf(0, { idlePace: 2 })], 1)[0] ?? [];
  assert.ok(part !== undefined && part > 4, `${part} lanes`);
  assert.deepEqual(sizes([packOf(0, { idlePace: 200 })], 1), {});
});

Deno.test("splitTail() hands a pack over whole to a slot that is known to be much faster", () => {
  const slow = { pace: 200, isIdleKnown: true } as const;
  assert.deepEqual(sizes([packOf(0, { ...slow, size: 1, idlePace: 2 })], 1), { 0: [1] });
  assert.deepEqual(sizes([packOf(0, { ...slow, size: 3, idlePace: 2 })], 1), { 0: [3] });
  assert.deepEqual(sizes([packOf(0, { ...slow, size: 1, idlePace: 150 })], 1), {});
  const guessed = { ...slow, isIdleKnown: false };
  assert.deepEqual(sizes([packOf(0, { ...guessed, size: 1, idlePace: 2 })], 1), {});
});

Deno.test("splitTail() helps the pack that ends last, then the others", () => {
  const packs = [packOf(0), packOf(1, { epochsLeft: 110 }), packOf(2)];
  assert.deepEqual(Object.keys(sizes(packs, 1)), ["1"]);
  assert.deepEqual(Object.keys(sizes(packs, 7)), ["0", "1", "2"]);
  // It cannot be helped: the others are.
  const lone = packOf(3, { size: 1, epochsLeft: 1_000 });
  assert.deepEqual(sizes([lone, packOf(0)], 1), { 0: [4] });
});

const anyPack = fc.record({
  size: fc.integer({ min: 1, max: 20 }),
  epochsLeft: fc.integer({ min: 0, max: 500 }),
  pace: fc.double({ min: 0.001, max: 5_000, noNaN: true }),
  idlePace: fc.double({ min: 0.001, max: 5_000, noNaN: true }),
  isIdleKnown: fc.boolean(),
});

Deno.test("splitTail() moves each lane once at most, and needs no more slots than there are", () => {
  let split = 0;
  fc.assert(fc.property(fc.array(anyPack, { maxLength: 6 }), fc.nat(12), (all, idle) => {
    const packs = all.map((one, i) => packOf(i, one));
    const found = splitTail(packs, idle);
    assert.deepEqual(splitTail(packs.toReversed(), idle), found, "whatever the order");
    assert.ok([...found.values()].flat().length <= idle);
    for (const [id, parts] of found) {
      const lanes = packs[id]?.lanes ?? [];
      const moved = parts.flat();
      assert.equal(new Set(moved).size, moved.length);
      assert.ok(moved.every((trial) => lanes.includes(trial)));
      assert.ok(moved.length < lanes.length || packs[id]?.isIdleKnown, "all lanes on a guess");
      assert.ok(parts.every((part) => part.length > 0));
      split++;
    }
  }));
  assert.ok(split > 0, "no pack was ever split: nothing was tested");
});

Deno.test("splitTail() never makes a pack end later, by its own model", () => {
  fc.assert(fc.property(anyPack, fc.integer({ min: 1, max: 8 }), (one, idle) => {
    const pack = packOf(0, one);
    const parts = splitTail([pack], idle).get(pack.pack);
    if (parts === undefined) return;
    const kept = pack.lanes.length - parts.flat().length;
    const widest = Math.max(...parts.map((part) => part.length));
    // An epoch of n lanes takes n lanes and what they share: what paceOf() divides by.
    const shared = 1 / paceOf(1, 0);
    const whole = pack.epochsLeft * (shared + pack.lanes.length) * pack.pace;
    assert.ok(kept === 0 || pack.epochsLeft * (shared + kept) * pack.pace < whole);
    assert.ok(pack.epochsLeft * (shared + widest) * pack.idlePace < whole);
  }));
});
