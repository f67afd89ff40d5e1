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
