import assert from "node:assert/strict";
import { systemTimers } from "../system_timers.ts";
import { runCli } from "../program.ts";

const VERBS = [
  ...["sweep", "worker", "dashboard", "ls", "show", "export", "report", "resume"],
  ...["extend", "pause", "continue", "stop", "schema", "doctor", "bundle", "backend install"],
];

for (const verb of VERBS) {
  Deno.test(`runCli() shows examples in the help of ${verb}`, async () => {
    const lines: string[] = [];
    const output = { line: (text: string) => lines.push(text), note: () => {} };
    const args = [...verb.split(" "), "--help"];
    assert.equal(await runCli(args, { output, env: () => undefined, timers: systemTimers }), 0);
    assert.match(lines.join("\n"), /Examples?:\n {2}deno task |Examples?:\n {2}\w/);
  });
}
