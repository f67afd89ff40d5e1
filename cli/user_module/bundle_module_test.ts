import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { moduleArtifact } from "../../core/protocol/subjects.ts";
import { UserError } from "../exit_code.ts";
import { bundleModule } from "./bundle_module.ts";
import { shipModule } from "./ship_module.ts";

const { signal } = new AbortController();

async function withFiles(
  files: Readonly<Record<string, string>>,
  use: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "trawl-module-"));
  try {
    await mkdir(join(folder, "lib"));
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

Deno.test("bundleModule() makes one text of a module and its imports, the same from anywhere", async () => {
  const files = {
    "train.ts": 'import { square } from "square";\nimport os from "node:os";\n' +
      "export default (p: { x: number }): number => square(p.x) + os.EOL.length * 0;\n",
    "lib/square.ts": "export function square(x: number): number {\n  return x * x;\n}\n",
    "deno.json": '{ "imports": { "square": "./lib/square.ts" } }',
  };
  const digests: string[] = [];
  for (const path of ["train.ts", "./lib/../train.ts"]) {
    await withFiles(files, async (folder) => {
      const { bytes, digest } = await bundleModule({ folder, path }, { signal });
      const text = new TextDecoder().decode(bytes);
      digests.push(digest);
      assert.ok(!text.includes(folder), "no path of the user's machine");
      const loaded = await import(`data:text/javascript,${encodeURIComponent(text)}`);
      assert.equal(loaded.default({ x: 3 }), 9);
    });
  }
  assert.equal(digests[0], digests[1]);
});

Deno.test("bundleModule() says what cannot be bundled", async () => {
  const files = { "bad.ts": "export default (", "lost.ts": 'import "./nowhere.ts";' };
  await withFiles(files, async (folder) => {
    const wrong: readonly (readonly [string, RegExp])[] = [
      ["bad.ts", /Cannot bundle module "bad\.ts"/],
      ["lost.ts", /Cannot bundle module "lost\.ts": [^]*nowhere\.ts/],
      ["none.ts", /Cannot read module "none\.ts": there is no file/],
      ["lib", /Cannot read module "lib"/],
    ];
    for (const [path, message] of wrong) {
      await assert.rejects(bundleModule({ folder, path }, { signal }), (error) => {
        assert.ok(error instanceof UserError);
        assert.match(error.message, message);
        return true;
      });
    }
  });
});

Deno.test("shipModule() stores a text once, and mends one that is damaged", async () => {
  const stored = new Map<string, Uint8Array>();
  let puts = 0;
  const artifacts = {
    get: (name: string) => Promise.resolve(stored.get(name) ?? null),
    put: (name: string, data: Uint8Array) => {
      puts++;
      stored.set(name, data);
      return Promise.resolve();
    },
  };
  const module = { bytes: new Uint8Array([1, 2, 3]), digest: "ab" };
  await shipModule(module, artifacts);
  await shipModule(module, artifacts);
  assert.equal(puts, 1);
  stored.set(moduleArtifact("ab"), new Uint8Array([1, 2, 4]));
  await shipModule(module, artifacts);
  assert.deepEqual(stored.get(moduleArtifact("ab")), module.bytes);
  const broken = { ...artifacts, get: () => Promise.reject(new Error("damaged")) };
  await shipModule(module, broken);
  assert.equal(puts, 3);
});
