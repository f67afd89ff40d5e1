import assert from "node:assert/strict";
import { moduleArtifact } from "../../core/protocol/subjects.ts";
import { DatasetError } from "../datasets/dataset.ts";
import { ModuleStore } from "./module_store.ts";

const BYTES = new TextEncoder().encode("export default () => 1;");

async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}

Deno.test("ModuleStore reads a module once and checks its digest", async () => {
  const digest = await digestOf(BYTES);
  const asked: string[] = [];
  const store = new ModuleStore({
    get: (name) => {
      asked.push(name);
      return Promise.resolve(BYTES);
    },
  });
  for (let i = 0; i < 3; i++) assert.equal(await store.load(digest), "export default () => 1;");
  assert.deepEqual(asked, [moduleArtifact(digest)]);
  const other = "0".repeat(64);
  await assert.rejects(store.load(other), (error) => {
    assert.ok(error instanceof DatasetError);
    assert.match(error.message, new RegExp(`has digest ${digest}`));
    return true;
  });
});

Deno.test("ModuleStore says that a module is not there, or cannot be read", async () => {
  const missing = new ModuleStore({ get: () => Promise.resolve(null) });
  await assert.rejects(missing.load("ab"), /Cannot load the sweep's module ab: it is not in the/);
  const broken = new ModuleStore({ get: () => Promise.reject(new Error("no answer")) });
  await assert.rejects(broken.load("ab"), /Cannot load the sweep's module ab: no answer/);
});
