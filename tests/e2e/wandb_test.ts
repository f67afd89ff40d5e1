import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { runTrawl, temporaryHome } from "../support/trawl_process.ts";

const NAMES: readonly string[] = [
  "grid_search",
  "random_search",
  "bayes_hyperband",
  "hyperband_brackets",
  "nested_parameters",
];
const LOCAL = ["--workers", "1", "--backend", "cpu", "--no-dashboard", "--json"];

Deno.test("sweep runs files in the style of W&B's documentation as they are", async () => {
  await using home = await temporaryHome();
  for (const name of NAMES) {
    const file = fileURLToPath(new URL(`../wandb/${name}.yaml`, import.meta.url));
    const run = await runTrawl(["sweep", file, "--run-cap", "4", ...LOCAL, "--home", home.path]);
    assert.equal(run.code, 0, `${name}: ${run.stderr}`);
    assert.match(run.stdout, /"completed"/, name);
  }
});
