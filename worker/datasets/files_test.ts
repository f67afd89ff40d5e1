import assert from "node:assert/strict";
import { DatasetError } from "./dataset.ts";
import { locateUserFile } from "./files.ts";

/** Two folders with a file in each, removed with the scope. */
async function foldersOf(): Promise<AsyncDisposable & { folder: string; dataDir: string }> {
  const root = await Deno.makeTempDir();
  for (const [folder, file] of [["sweeps", "t.csv"], ["data/sub", "u.csv"]]) {
    await Deno.mkdir(`${root}/${folder}`, { recursive: true });
    await Deno.writeTextFile(`${root}/${folder}/${file}`, "");
  }
  return {
    folder: `${root}/sweeps`,
    dataDir: `${root}/data`,
    [Symbol.asyncDispose]: () => Deno.remove(root, { recursive: true }),
  };
}

Deno.test("locateUserFile() starts relative paths at the sweep file", async () => {
  await using folders = await foldersOf();
  const { folder } = folders;
  const places = { folder, dataDir: undefined };
  assert.equal(await locateUserFile("t.csv", places), `${folder}/t.csv`);
  assert.equal(
    await locateUserFile("../data/sub/u.csv", places),
    folder.replace(/sweeps$/, "data/sub/u.csv"),
  );
  assert.equal(await locateUserFile(`${folder}/t.csv`, places), `${folder}/t.csv`);
  await assert.rejects(
    locateUserFile("x.csv", places),
    /Cannot find ".*\/sweeps\/x\.csv": there is no such file; .* --data-dir/,
  );
});

Deno.test("locateUserFile() reads nothing outside the data folder where there is one", async () => {
  await using folders = await foldersOf();
  const { folder, dataDir } = folders;
  const locate = (path: string) => locateUserFile(path, folders);
  assert.equal(await locate("sub/u.csv"), `${dataDir}/sub/u.csv`);
  assert.equal(await locate("sub/../sub/u.csv"), `${dataDir}/sub/u.csv`);
  const outside = [`${folder}/t.csv`, "../sweeps/t.csv", "sub/../../sweeps/t.csv", "/etc/passwd"];
  for (const path of outside) {
    await assert.rejects(locate(path), (error: unknown) => {
      assert(error instanceof DatasetError);
      assert.match(error.message, /lies outside/, path);
      return true;
    });
  }
  await assert.rejects(locate("t.csv"), /Cannot find "t\.csv" in ".*\/data"/);
});

Deno.test({
  name: "locateUserFile() tells a confined worker's user which option opens a folder",
  permissions: { read: false },
  fn: async () => {
    const places = { folder: "/sweeps", dataDir: undefined };
    for (const path of ["/etc/passwd", "../../root/.ssh/id_ed25519", "t.csv"]) {
      await assert.rejects(locateUserFile(path, places), {
        name: "DatasetError",
        message: /^Cannot read ".*": this worker is confined to its own folders; .*--data-dir/,
      });
    }
  },
});

Deno.test("locateUserFile() finds nothing under names that no file can have", async () => {
  await using folders = await foldersOf();
  const places = { folder: folders.folder, dataDir: undefined };
  for (const path of ["t.csv\0.png", "x".repeat(10_000), "\u202etxt.csv", "t.csv/", ""]) {
    await assert.rejects(locateUserFile(path, places), DatasetError, JSON.stringify(path));
    await assert.rejects(
      locateUserFile(path, { ...places, dataDir: folders.dataDir }),
      DatasetError,
    );
  }
});
