import assert from "node:assert/strict";
import { relative } from "node:path";
import { readSpec } from "./prepare_sweep.ts";

Deno.test("readSpec() gives the folder of the sweep file in full, however the file was named", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const text = "task: { dataset: csv, path: t.csv, target: y, kind: binary }\n" +
      "method: grid\nparameters: { lr: { value: 0.1 } }\n";
    await Deno.writeTextFile(`${folder}/mine.yaml`, text);
    for (const file of [`${folder}/mine.yaml`, relative(".", `${folder}/mine.yaml`)]) {
      const request = { file, set: [], seed: undefined, maxLanes: undefined, dataDir: undefined };
      const { task } = await readSpec(request);
      assert(task.dataset === "csv");
      assert.deepEqual([task.folder, task.path], [folder, "t.csv"]);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("readSpec() takes --run-cap in the place of the file's run_cap", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const text =
      "task: { dataset: xor }\nmethod: bayes\nparameters: { lr: { min: 0.1, max: 1 } }\n";
    const file = `${folder}/mine.yaml`;
    await Deno.writeTextFile(file, text);
    const request = { file, set: [], seed: undefined, maxLanes: undefined, dataDir: undefined };
    await assert.rejects(readSpec(request), /bayes goes on for ever, it must have run_cap/);
    assert.equal((await readSpec({ ...request, runCap: 20 })).runCap, 20);
    await Deno.writeTextFile(file, `${text}run_cap: 5\n`);
    assert.equal((await readSpec(request)).runCap, 5);
    assert.equal((await readSpec({ ...request, runCap: 20 })).runCap, 20);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
