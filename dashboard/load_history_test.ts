import assert from "node:assert/strict";
import { parseWorkerId } from "../core/domain/ids.ts";
import { instant } from "../core/domain/units.ts";
import type { Presence } from "../core/protocol/presence.ts";
import { LOAD_MS, LOAD_PARTS, LoadHistory } from "./load_history.ts";

const START = 1_800_000_000_000;

/** What the history asks of a record; `at` is also what was measured. */
function presence(at: number | null, worker = "w-1"): Pick<Presence, "worker" | "load"> {
  const load = at === null ? {} : {
    load: {
      at: instant(START + at),
      processors: { count: 2, busyShare: 0.5 },
      hostMemory: { usedBytes: 1, totalBytes: 2 },
      processBytes: at,
      gpus: [],
    },
  };
  return { worker: parseWorkerId(worker), ...load };
}

function measured(history: LoadHistory, now: number, worker = "w-1") {
  return history.of(worker, START + now).map((load) => load?.processBytes ?? null);
}

Deno.test("LoadHistory keeps the latest measurement of each 15 s, the present ones last", () => {
  const history = new LoadHistory();
  for (const at of [0, 5_000, 10_000, 15_000, 45_000]) {
    history.add([presence(at), presence(null, "w-old")], START + at);
  }
  const parts = measured(history, 45_000);
  assert.equal(parts.length, LOAD_PARTS);
  assert.deepEqual(parts.slice(-5), [null, 10_000, 15_000, null, 45_000]);
  assert.equal(history.size, 1, "who measures nothing is not kept");
  assert.deepEqual(new Set(measured(history, 0, "w-other")), new Set([null]));
});

Deno.test("LoadHistory shows a gap where a worker repeats itself, and begins anew on an earlier clock", () => {
  const history = new LoadHistory();
  history.add([presence(0)], START);
  history.add([presence(0)], START + 30_000);
  assert.deepEqual(measured(history, 30_000).slice(-3), [0, null, null]);
  history.add([presence(7)], START - 60_000);
  assert.deepEqual(measured(history, -60_000).slice(-1), [7]);
  assert.deepEqual(measured(history, 0).slice(-2), [null, null]);
});

Deno.test("LoadHistory forgets workers that are gone, and never keeps more than its parts", () => {
  const history = new LoadHistory();
  for (let at = 0; at < 3 * LOAD_MS; at += 5_000) history.add([presence(at)], START + at);
  const parts = measured(history, 3 * LOAD_MS - 1);
  assert.ok(parts.every((part) => part !== null));
  history.add([], START + 4 * LOAD_MS);
  assert.equal(history.size, 0);
});
