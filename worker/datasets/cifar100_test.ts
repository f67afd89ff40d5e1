import assert from "node:assert/strict";
import { readCifar100 } from "./cifar100.ts";
import { DatasetError } from "./dataset.ts";
import { isFile } from "./files.ts";
import { openDataset } from "./open_dataset.ts";
import { bytesOf, cifarRecords, labelsOf, realDataDir } from "./testing.ts";

const CLASSES = [0, 33, 50];

/** A folder with made-up records, train and test alike, removed with the scope. */
async function folderOf(labels: readonly number[]): Promise<AsyncDisposable & { dir: string }> {
  const dir = await Deno.makeTempDir();
  await Deno.writeFile(`${dir}/train.bin`, cifarRecords(labels));
  await Deno.writeFile(`${dir}/test.bin`, cifarRecords(labels));
  return { dir, [Symbol.asyncDispose]: () => Deno.remove(dir, { recursive: true }) };
}

Deno.test("readCifar100() maps classes to labels in the order in which they were named", async () => {
  await using folder = await folderOf([7, 3, 9, 3, 7]);
  const { train, classes } = await readCifar100({ dir: folder.dir, classes: [3, 7] });
  assert.deepEqual([...labelsOf(train)], [1, 0, 0, 1]);
  assert.deepEqual(classes, ["class 3", "class 7"]);
  // Every pixel of a made-up record is its number in the file.
  assert.deepEqual([0, 1, 2, 3].map((i) => bytesOf(train)[i * 3072 + 5]), [0, 1, 3, 4]);
});

Deno.test("readCifar100() names an absent class, the file and the classes it has", async () => {
  await using folder = await folderOf([7, 3, 9]);
  await assert.rejects(readCifar100({ dir: folder.dir, classes: [3, 12] }), (error: unknown) => {
    assert(error instanceof DatasetError);
    assert.match(error.message, /class 12 in ".*train\.bin": the file has the classes 3, 7, 9$/);
    return true;
  });
});

Deno.test("readCifar100() refuses classes that are unknown, repeated or too few", async () => {
  const dir = "/nowhere";
  await assert.rejects(readCifar100({ dir, classes: [3, 100] }), /class 100/);
  await assert.rejects(readCifar100({ dir, classes: [3, 3] }), /class 3 of CIFAR-100 twice/);
  await assert.rejects(readCifar100({ dir, classes: [3] }), /at least 2/);
});

Deno.test("readCifar100() names a file that is cut inside a record, its size and the record's", async () => {
  await using folder = await folderOf([3, 7]);
  await Deno.truncate(`${folder.dir}/test.bin`, 3074 + 100);
  await assert.rejects(
    readCifar100({ dir: folder.dir, classes: [3, 7] }),
    /test\.bin": it has 3174 bytes; it must have a positive multiple of 3074/,
  );
  await Deno.truncate(`${folder.dir}/test.bin`, 0);
  await assert.rejects(readCifar100({ dir: folder.dir, classes: [3, 7] }), /has 0 bytes/);
});

Deno.test("readCifar100() complains of the training file first, however fast others are read", async () => {
  await using folder = await folderOf([3, 9]);
  await Deno.writeFile(`${folder.dir}/train.bin`, new Uint8Array(3074 * 2000 + 5));
  await assert.rejects(readCifar100({ dir: folder.dir, classes: [3, 7] }), /train\.bin": it has/);
});

Deno.test("readCifar100() refuses a record of a class that the format does not know", async () => {
  await using folder = await folderOf([3, 200]);
  await assert.rejects(
    readCifar100({ dir: folder.dir, classes: [3, 7] }),
    /record 1 has fine class 200; it must be below 100/,
  );
});

Deno.test("openDataset() takes CIFAR-100 from a data directory, nested or flat", async () => {
  await using folder = await folderOf([3, 7, 3, 7]);
  const request = { dataset: "cifar100", classes: [3, 7], seed: 1, validation: "test" } as const;
  const flat = await openDataset(request, { home: "/nowhere", dataDir: folder.dir });
  await Deno.mkdir(`${folder.dir}/cifar-100-binary`);
  for (const file of ["train.bin", "test.bin"]) {
    await Deno.rename(`${folder.dir}/${file}`, `${folder.dir}/cifar-100-binary/${file}`);
  }
  const nested = await openDataset(request, { home: "/nowhere", dataDir: folder.dir });
  assert.equal(nested.digest, flat.digest);
  assert.equal(nested.validation, nested.test);
  await assert.rejects(
    openDataset(request, { home: "/nowhere", dataDir: "/nowhere" }),
    /Cannot find CIFAR-100 in "\/nowhere": it must hold/,
  );
});

Deno.test("readCifar100() reads the real apples, forests and mice", async (t) => {
  const dir = `${realDataDir()}/cifar-100-binary`;
  const ignore = !await isFile(`${dir}/train.bin`);
  await t.step({
    name: ignore ? `skipped: there is no "${dir}/train.bin" (see TRAWL_DATA_DIR)` : `from ${dir}`,
    ignore,
    fn: async () => {
      const { train, test, classes, normalisation } = await readCifar100({ dir, classes: CLASSES });
      assert.deepEqual(classes, ["apple", "forest", "mouse"]);
      assert.equal(train.count, 1500);
      assert.equal(test.count, 300);
      const perClass = [0, 1, 2].map((label) => labelsOf(train).filter((l) => l === label).length);
      assert.deepEqual(perClass, [500, 500, 500]);
      assert.equal(normalisation?.planes, 3);
    },
  });
});
