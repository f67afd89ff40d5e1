import assert from "node:assert/strict";
import { parseSweepId, parseTrialId } from "../core/domain/ids.ts";
import type { TrialFiles } from "./trial_files.ts";
import { TrialShelf } from "./trial_shelf.ts";

const sweep = parseSweepId("s");
const [FIRST, SECOND] = [parseTrialId(3), parseTrialId(4)];
const signal = new AbortController().signal;

function filesOf(...trials: readonly TrialFiles["trial"][]): readonly TrialFiles[] {
  return trials.map((trial) => ({ trial, result: Uint8Array.of(1), model: Uint8Array.of(2) }));
}

Deno.test("TrialShelf stores what there is, and names what was stored", async () => {
  const stored: string[] = [];
  const put = (name: string): Promise<void> => {
    stored.push(name);
    return Promise.resolve();
  };
  const shelf = new TrialShelf({ artifacts: { put }, sweep, onStored: () => {} });
  const files = [...filesOf(FIRST), { trial: SECOND, result: Uint8Array.of(1), model: null }];
  const names = await shelf.store(files, { signal });
  assert.deepEqual(stored, [
    "sweeps/s/trials/3/result.json",
    "sweeps/s/trials/3/model.safetensors",
    "sweeps/s/trials/4/result.json",
  ]);
  assert.deepEqual(names.get(FIRST), { result: stored[0], model: stored[1] });
  assert.deepEqual(names.get(SECOND), { result: stored[2], model: null });
});

Deno.test("TrialShelf gives up at the first file that is refused, and fails nothing", async () => {
  let puts = 0;
  const put = (): Promise<void> =>
    ++puts === 2 ? Promise.reject(new Error("full")) : Promise.resolve();
  const shelf = new TrialShelf({ artifacts: { put }, sweep, onStored: () => {} });
  const names = await shelf.store(filesOf(FIRST, SECOND), { signal });
  assert.equal(puts, 2, "nobody waits for a store that does not work");
  assert.deepEqual(names.get(FIRST), { result: "sweeps/s/trials/3/result.json", model: null });
  assert.deepEqual(names.get(SECOND), { result: null, model: null });
});

Deno.test("TrialShelf stores nothing more once the lease is gone", async () => {
  const gone = new AbortController();
  const put = (): Promise<void> => {
    gone.abort(new Error("fenced"));
    return Promise.resolve();
  };
  const shelf = new TrialShelf({ artifacts: { put }, sweep, onStored: () => {} });
  await assert.rejects(shelf.store(filesOf(FIRST, SECOND), { signal: gone.signal }), /fenced/);
});
