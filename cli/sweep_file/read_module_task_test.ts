import assert from "node:assert/strict";
import { sweepFileText } from "../../core/views/report/sweep_file_text.ts";
import { extendSpec } from "./extend_spec.ts";
import { parseSweepFile } from "./parse_sweep_file.ts";
import { SweepFileError } from "./problem.ts";

const GOOD = `
name: m
task: { module: ./train.ts }
method: random
run_cap: 3
metric: { name: val/loss }
parameters:
  units: { min: 1, max: 9 }
  rate: { min: 0.001, max: 1, distribution: log_uniform_values }
  share: { min: 0, max: 1, distribution: uniform }
  kind: { values: [a, 2, true] }
  momentum: { value: 7 }
`;
const parse = (text: string) => parseSweepFile(text, { path: "m.yaml", folder: "/sweeps" });

function problemsOf(text: string): string {
  try {
    parse(text);
    return "";
  } catch (error) {
    if (error instanceof SweepFileError) return error.message;
    throw error;
  }
}

Deno.test("parseSweepFile() takes any parameters of a module, with W&B's kinds of ranges", () => {
  const { task, metric, maxLanes, parameters } = parse(GOOD);
  const permissions = { net: [], read: [], write: [], env: [], sys: [] };
  assert.deepEqual(task, { dataset: "module", folder: "/sweeps", path: "./train.ts", permissions });
  assert.deepEqual(metric, { name: "val/loss", goal: "minimize" });
  assert.equal(maxLanes, 1);
  const kinds = parameters.map(({ name, domain }) => [name, domain.kind]);
  assert.deepEqual(kinds, [
    ["units", "int"],
    ["rate", "float"],
    ["share", "float"],
    ["kind", "values"],
    ["momentum", "values"],
  ]);
});

Deno.test("parseSweepFile() reads program as W&B has it, and passes over what says nothing here", () => {
  const text = GOOD.replace("task: { module: ./train.ts }", "program: ./train.ts\nproject: p\n") +
    "command: [node, train]\nentity: me\n";
  assert.deepEqual(parse(text), parse(GOOD));
  assert.match(problemsOf(`${GOOD}project: p\n`), /project: not a key here/);
});

Deno.test("parseSweepFile() reads what a module is granted, and gives no logins or programs away", () => {
  const granted = (permissions: string) =>
    GOOD.replace("./train.ts }", `./train.ts, permissions: ${permissions} }`);
  const { task } = parse(granted(
    '{ net: true, read: [./data, "/x,y"], write: [out], env: [HOME], sys: [cpus] }',
  ));
  assert.ok(task.dataset === "module");
  const expected = {
    net: "any",
    read: ["./data", "/x,y"],
    write: ["out"],
    env: ["HOME"],
    sys: ["cpus"],
  };
  assert.deepEqual(task.permissions, expected);
  const wrong: readonly (readonly [string, RegExp])[] = [
    ["{ run: [sh] }", /permissions\.run: not a key here: programs and native code/],
    ["{ ffi: true }", /permissions\.ffi: not a key here/],
    ["{ env: [NATS_PASSWORD] }", /none of NATS_… and TRAWL_…/],
    ["{ env: ['NATS*'] }", /permissions\.env/],
    ["{ env: true }", /a list, each of it/],
    ["{ read: all }", /a list, each of it a path/],
    ["{ net: ['http://x/'] }", /an address such as/],
    ["{ sys: [everything] }", /one of hostname/],
  ];
  for (const [permissions, message] of wrong) {
    assert.match(problemsOf(granted(permissions)), message, permissions);
  }
});

Deno.test("parseSweepFile() says what is wrong with a module's sweep", () => {
  const wrong: readonly (readonly [string, string, RegExp])[] = [
    ["./train.ts", "train.py", /a Python program; it must be a TypeScript or JavaScript module/],
    ["./train.ts", "train.txt", /\.ts, \.mts, \.js or \.mjs/],
    ["metric: { name: val/loss }", "", /found no metric/],
    ["name: val/loss", "goal: maximize", /found no name/],
    ["name: val/loss", `name: "${"x".repeat(65)}"`, /1 to 64 ASCII/],
    ["method: random", "program: x.ts\nmethod: random", /found beside task/],
    ["./train.ts }", "./train.ts, dataset: mnist }", /task\.dataset: unknown key/],
    ["  kind:", `  ${"k".repeat(65)}:`, /a name of 1 to 64 characters/],
    ["  kind:", "  constructor:", /found constructor, it must be another name/],
    ["  kind:", "  __proto__:", /found __proto__, it must be another name/],
    ["max: 9", "max: 1", /it must be > min/],
  ];
  for (const [before, after, message] of wrong) {
    const text = GOOD.replace(before, after);
    assert.notEqual(text, GOOD);
    assert.match(problemsOf(text), message, after);
  }
});

Deno.test("sweepFileText() writes a module's sweep as it was read", () => {
  const spec = parse(GOOD.replace(
    "./train.ts }",
    "./train.ts, permissions: { net: ['a:1'], read: [d] } }",
  ));
  assert.deepEqual(parse(sweepFileText(spec)), spec);
});

Deno.test("extendSpec() adds to a module's parameters whatever they are", () => {
  const request = { add: ["kind=false", "units=0..20"], replicates: undefined, runCap: 9 };
  const { parameters } = extendSpec(parse(GOOD), request);
  const domains = new Map(parameters.map(({ name, domain }) => [name, domain]));
  assert.deepEqual(domains.get("kind"), { kind: "values", values: ["a", 2, true, false] });
  assert.deepEqual(domains.get("units"), { kind: "int", scale: "linear", min: 0, max: 20 });
});
