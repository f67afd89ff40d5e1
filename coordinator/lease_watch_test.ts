import assert from "node:assert/strict";
import { parsePackId } from "../core/domain/ids.ts";
import { instant, milliseconds } from "../core/domain/units.ts";
import { LeaseWatch } from "./lease_watch.ts";

const P = parsePackId(3);

Deno.test("LeaseWatch.expired() names a pack whose holder was silent for a whole lease", () => {
  const watch = new LeaseWatch(milliseconds(100));
  const leased = new Set([P]);
  assert.deepEqual(watch.expired(leased, instant(0)), []);
  assert.deepEqual(watch.expired(leased, instant(100)), []);
  watch.touch(P, instant(100));
  assert.deepEqual(watch.expired(leased, instant(200)), []);
  assert.deepEqual(watch.expired(leased, instant(201)), [P]);
});

Deno.test("LeaseWatch.expired() starts every lease anew when its own clock has jumped", () => {
  const HOUR = 3_600_000;
  for (const jump of [HOUR, -HOUR]) {
    const watch = new LeaseWatch(milliseconds(100));
    const leased = new Set([P]);
    watch.expired(leased, instant(0));
    watch.touch(P, instant(50));
    assert.deepEqual(watch.expired(leased, instant(jump + 60)), [], "nobody can tell");
    assert.deepEqual(watch.expired(leased, instant(jump + 160)), []);
    assert.deepEqual(watch.expired(leased, instant(jump + 161)), [P], "silent all that time");
  }
});

Deno.test("LeaseWatch.expired() gives the next holder a whole lease of its own", () => {
  const watch = new LeaseWatch(milliseconds(100));
  watch.touch(P, instant(0));
  assert.deepEqual(watch.expired(new Set(), instant(50)), []);
  assert.deepEqual(watch.expired(new Set([P]), instant(140)), []);
  assert.deepEqual(watch.expired(new Set([P]), instant(240)), []);
  assert.deepEqual(watch.expired(new Set([P]), instant(241)), [P]);
});
