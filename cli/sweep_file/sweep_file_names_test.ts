import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MAX_FILE_BYTES } from "./format.ts";
import {
  listSweepNames,
  readSweepFile,
  resolveSweepFile,
  SweepFileNotFoundError,
} from "./sweep_file_names.ts";

async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "trawl-names-"));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

Deno.test("resolveSweepFile() finds the sweeps that come with Trawl from any folder", async () => {
  await withFolder(async (workingFolder) => {
    for (const file of [undefined, "quickstart", "quickstart.yaml", "lab/cifar100"]) {
      const path = await resolveSweepFile(file, { workingFolder });
      const text = await readSweepFile(path);
      assert.match(text, file === "lab/cifar100" ? /name: lab-cifar100/ : /name: quickstart/);
    }
  });
});

Deno.test("resolveSweepFile() prefers the user's file to a name", async () => {
  await withFolder(async (workingFolder) => {
    await writeFile(join(workingFolder, "quickstart"), "mine");
    assert.equal(await resolveSweepFile("quickstart", { workingFolder }), "quickstart");
    // A folder of that name is no file.
    await mkdir(join(workingFolder, "lab"));
    await assert.rejects(resolveSweepFile("lab", { workingFolder }), SweepFileNotFoundError);
  });
});

Deno.test("resolveSweepFile() names what there is when there is no such file", async () => {
  await assert.rejects(resolveSweepFile("quikstart", { workingFolder: "/" }), {
    name: "SweepFileNotFoundError",
    message:
      'Cannot find sweep file "quikstart": it is no file in "/", and no sweep that comes with ' +
      "Trawl (did you mean quickstart?); there are lab/cifar100, lab/cifar100-batch-size, " +
      "lab/cifar100-depth, lab/cifar100-grid, lab/cifar100-learning-rate, lab/cifar100-search, " +
      "lab/cifar100-width, lab/regression, lab/xor, lab/xor-race, module/branin, quickstart",
  });
  for (const file of ["../../deno.json.yaml", "\x1b[2J", "a\0b", "x".repeat(5000), ""]) {
    await assert.rejects(resolveSweepFile(file), SweepFileNotFoundError);
  }
});

Deno.test("listSweepNames() leaves out what is no sweep", async () => {
  await withFolder(async (folder) => {
    await writeFile(join(folder, "b.yaml"), "");
    await writeFile(join(folder, "sweep.schema.json"), "");
    await mkdir(join(folder, "lab"));
    await writeFile(join(folder, "lab", "a.yaml"), "");
    assert.deepEqual(await listSweepNames(folder), ["b", "lab/a"]);
  });
});

Deno.test("readSweepFile() does not read a huge file", async () => {
  await withFolder(async (folder) => {
    const path = join(folder, "huge.yaml");
    await writeFile(path, new Uint8Array(MAX_FILE_BYTES + 1));
    await assert.rejects(readSweepFile(path), RangeError);
  });
});
