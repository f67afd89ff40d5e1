import assert from "node:assert/strict";
import { addonsDir } from "../../cli/backend_install/addons_dir.ts";
import { BACKEND_NAMES } from "../../worker/engine/backend.ts";
import { type ConformanceLine, TOLERANCE } from "./conformance_report.ts";

const PROCESS = new URL("./conformance_process.ts", import.meta.url);
/** These need nothing that a machine may lack. */
const ALWAYS_THERE: ReadonlySet<string> = new Set(["wasm"]);

async function runOn(backend: string): Promise<readonly ConformanceLine[]> {
  const installed = addonsDir((name) => Deno.env.get(name), ".trawl");
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-all", PROCESS.href, backend, installed],
    stdin: "null",
  }).output();
  const text = new TextDecoder();
  assert.equal(code, 0, text.decode(stderr));
  return text.decode(stdout).trim().split("\n").map((line) => JSON.parse(line) as ConformanceLine);
}

for (const backend of BACKEND_NAMES.filter((name) => name !== "cpu")) {
  Deno.test(`PackTrainer trains on ${backend} as on cpu: every loss, optimizer, gradient, depth`, async (t) => {
    const lines = await runOn(backend);
    const [first] = lines;
    if (first?.type === "unavailable") {
      assert(!ALWAYS_THERE.has(backend), first.reason);
      return console.log(`skipped: no ${backend} here: ${first.reason}`);
    }
    const cases = lines.filter((line) => line.type === "case");
    assert.equal(cases.length, 54);
    for (const { name, difference, loneDifference, leaked } of cases) {
      await t.step(name, () => {
        assert.ok(difference <= TOLERANCE, `it differs from cpu by ${difference}`);
        assert.ok(loneDifference <= TOLERANCE, `alone it differs by ${loneDifference}`);
        assert.equal(leaked, 0, "tensors were left behind");
      });
    }
  });
}
