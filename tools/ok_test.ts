import assert from "node:assert/strict";
import { runSteps, type Step } from "./ok.ts";

async function run(steps: readonly Step[]): Promise<readonly [boolean, readonly string[]]> {
  const lines: string[] = [];
  const isSuccess = await runSteps(steps, { write: (line) => lines.push(line) });
  return [isSuccess, lines];
}

function step(name: string, code: string): Step {
  return { name, args: ["eval", "--no-lock", code] };
}

Deno.test("runSteps() writes one line for each step that passes, and nothing that it said", async () => {
  const [isSuccess, lines] = await run([step("one", "console.log('quiet')"), step("two", "")]);
  assert.equal(isSuccess, true);
  assert.equal(lines.length, 2);
  assert.match(lines[0]!, /^✓ one +\d+\.\d s$/);
  assert.match(lines[1]!, /^✓ two +\d+\.\d s$/);
});

Deno.test("runSteps() stops at the first failure and shows its output", async () => {
  const failing = "console.log('to stdout'); console.error('to stderr'); Deno.exit(3)";
  const [isSuccess, lines] = await run([step("bad", failing), step("never", "")]);
  assert.equal(isSuccess, false);
  assert.equal(lines[0], "to stdout\nto stderr");
  assert.match(lines[1]!, /^✗ bad/);
  assert.equal(lines.length, 2);
});
