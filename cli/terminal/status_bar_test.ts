import assert from "node:assert/strict";
import fc from "fast-check";
import { TRIAL_STATUSES } from "../../core/domain/trial.ts";
import { apportion, STATUS_LOOKS, statusBar } from "./status_bar.ts";

Deno.test("STATUS_LOOKS has every status, each with glyphs of its own", () => {
  const statuses = STATUS_LOOKS.map(({ status }) => status);
  assert.deepEqual(statuses.toSorted(), TRIAL_STATUSES.toSorted());
  assert.equal(new Set(STATUS_LOOKS.map(({ glyph }) => glyph)).size, statuses.length);
  assert.equal(new Set(STATUS_LOOKS.map(({ ascii }) => ascii)).size, statuses.length);
});

Deno.test("apportion() adds up to the width and is never off by a cell without a reason", () => {
  const parts = fc.array(fc.oneof(fc.constant(0), fc.nat(100_000)), { minLength: 1, maxLength: 7 });
  fc.assert(fc.property(parts, fc.integer({ min: 1, max: 200 }), (counts, width) => {
    const cells = apportion(counts, width);
    const total = counts.reduce((sum, each) => sum + each, 0);
    assert.equal(cells.reduce((sum, each) => sum + each, 0), total === 0 ? 0 : width);
    const shown = counts.filter((each) => each > 0).length;
    for (const [index, count] of counts.entries()) {
      const cell = cells[index] ?? NaN;
      if (count === 0) assert.equal(cell, 0);
      else if (width >= shown) assert.ok(cell >= 1, "a part that is there is seen");
      // Largest remainders are off by less than one; seven rescued parts cost at most seven more.
      if (total > 0) assert.ok(Math.abs(cell - count * width / total) < 8);
    }
  }));
});

Deno.test("statusBar() fills its width, also before the first trial", () => {
  const none = {
    queued: 0,
    running: 0,
    paused: 0,
    completed: 0,
    pruned: 0,
    failed: 0,
    cancelled: 0,
  };
  const bar = (counts: Parameters<typeof statusBar>[0], unicode: boolean): string =>
    statusBar(counts, { width: 12, unicode }).map(({ text }) => text).join("");
  assert.equal(bar({ ...none, asked: 0 }, true), "············");
  const counts = {
    queued: 1,
    running: 1,
    paused: 1,
    completed: 6,
    pruned: 1,
    failed: 1,
    cancelled: 1,
  };
  assert.equal(bar({ ...counts, asked: 12 }, true), "██████▚✗╱▓▒░");
  assert.equal(bar({ ...counts, asked: 12 }, false), "######%x/>=.");
});
