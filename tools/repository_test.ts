import assert from "node:assert/strict";
import { join } from "node:path";
import { isTestPath, listModules, REPOSITORY_ROOT, repositoryPath } from "./repository.ts";
import { writeTree } from "./tree_test_support.ts";

Deno.test("repositoryPath() is relative to the root, and null outside of it", () => {
  assert.equal(repositoryPath(join(REPOSITORY_ROOT, "tools", "ok.ts")), "tools/ok.ts");
  assert.equal(repositoryPath(join(REPOSITORY_ROOT, "..", "other", "a.ts")), null);
  assert.equal(repositoryPath(REPOSITORY_ROOT), null);
  assert.equal(repositoryPath("/a/..b/c.ts", "/a"), "..b/c.ts");
});

Deno.test("isTestPath() knows tests beside the source and the tests folder", () => {
  assert.ok(isTestPath("worker/loop_test.ts"));
  assert.ok(isTestPath("dashboard/page_test.tsx"));
  assert.ok(isTestPath("tests/support/nats.ts"));
  assert.ok(!isTestPath("worker/test_loop.ts"));
});

Deno.test("listModules() finds modules, and nothing in hidden or generated folders", async () => {
  await using tree = await writeTree({
    "b/two.tsx": "",
    "a.ts": "",
    "a.md": "",
    "node_modules/x/index.ts": "",
    ".trawl/cache/c.ts": "",
    "coverage/d.ts": "",
  });
  assert.deepEqual(await listModules(tree.root), ["a.ts", "b/two.tsx"]);
});
