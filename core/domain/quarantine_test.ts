import assert from "node:assert/strict";
import fc from "fast-check";
import { parseWorkerId, type WorkerId } from "./ids.ts";
import { Quarantine, QUARANTINE_AFTER } from "./quarantine.ts";

const BAD = parseWorkerId("bad");
const GOOD = parseWorkerId("good");

function fails(quarantine: Quarantine, worker: WorkerId, times: number): void {
  for (let i = 0; i < times; i++) quarantine.noteFailure(worker);
}

Deno.test("Quarantine.judgeFailure() speaks at the fifth failure in a row while somebody gets on", () => {
  const quarantine = new Quarantine();
  quarantine.noteFailure(BAD);
  quarantine.noteProgress(GOOD);
  for (let failed = 1; failed < QUARANTINE_AFTER - 1; failed++) {
    assert.equal(quarantine.judgeFailure(BAD), null);
    quarantine.noteFailure(BAD);
  }
  assert.equal(quarantine.judgeFailure(BAD), QUARANTINE_AFTER);
  assert.equal(quarantine.judgeFailure(GOOD), null);
});

Deno.test("Quarantine.judgeFailure() is silent where nobody else got on since the first failure", () => {
  const quarantine = new Quarantine();
  quarantine.noteResult(GOOD);
  fails(quarantine, BAD, 9);
  assert.equal(quarantine.judgeFailure(BAD), null, "that was before the sweep broke");
  quarantine.noteProgress(BAD);
  assert.equal(quarantine.judgeFailure(BAD), null, "its own progress tells nothing");
  quarantine.noteProgress(GOOD);
  assert.equal(quarantine.judgeFailure(BAD), 10);
});

Deno.test("Quarantine.judgeFailure() takes nobody for a witness who fails as well", () => {
  const quarantine = new Quarantine();
  // Every attempt of either reports an epoch and then throws: it is the sweep that is broken.
  for (let i = 0; i < 20; i++) {
    for (const worker of [BAD, GOOD]) {
      quarantine.noteProgress(worker);
      assert.equal(i > 0 ? quarantine.judgeFailure(worker) : null, null);
      quarantine.noteFailure(worker);
    }
  }
});

Deno.test("Quarantine: one result resets the row, and lifts the quarantine", () => {
  const quarantine = new Quarantine();
  fails(quarantine, BAD, QUARANTINE_AFTER - 1);
  quarantine.noteResult(BAD);
  quarantine.noteProgress(GOOD);
  fails(quarantine, BAD, QUARANTINE_AFTER - 2);
  quarantine.noteProgress(GOOD);
  assert.equal(quarantine.judgeFailure(BAD), null);
  quarantine.confine(BAD, "why");
  assert.deepEqual([...quarantine.reasons], [[BAD, "why"]]);
  quarantine.noteResult(BAD);
  assert.equal(quarantine.reasonOf(BAD), null);
});

const workers = ["a", "b", "c"].map(parseWorkerId);
const deeds = fc.array(
  fc.record({
    worker: fc.constantFrom(...workers),
    deed: fc.constantFrom("progress", "result", "failure", "failure", "failure"),
  }),
  { maxLength: 200 },
);

function play(
  quarantine: Quarantine,
  { worker, deed }: { readonly worker: WorkerId; readonly deed: string },
): void {
  if (deed === "progress") return quarantine.noteProgress(worker);
  if (deed === "result") return quarantine.noteResult(worker);
  const failures = quarantine.judgeFailure(worker);
  quarantine.noteFailure(worker);
  if (failures !== null) quarantine.confine(worker, `${failures} in a row`);
}

Deno.test("Quarantine never confines everybody, and its state goes on as it would have", () => {
  fc.assert(fc.property(deeds, fc.nat(200), (history, cut) => {
    let quarantine = new Quarantine();
    const uncut = new Quarantine();
    for (const [i, one] of history.entries()) {
      if (i === cut) quarantine = Quarantine.restore(structuredClone(quarantine.state()));
      play(quarantine, one);
      play(uncut, one);
      assert.ok(quarantine.reasons.size < workers.length, "somebody must be left");
    }
    assert.deepEqual(quarantine.state(), uncut.state());
  }));
});
