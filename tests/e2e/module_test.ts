import assert from "node:assert/strict";
import { eventually, runTrawl, temporaryHome, TrawlProcess } from "../support/trawl_process.ts";
import { homeServerUrl } from "../support/home_transport.ts";

const LOCAL = ["--workers", "1", "--backend", "cpu", "--no-dashboard", "--json"];

/** A sweep of `n` trials over the module; the file and the module lie in the home's folder. */
async function writeSweep(
  folder: string,
  { module, parameters = "x: { values: [1, 2, 3] }", permissions = "" }: {
    readonly module: string;
    readonly parameters?: string;
    readonly permissions?: string;
  },
): Promise<string> {
  await Deno.writeTextFile(`${folder}/train.ts`, module);
  const granted = permissions === "" ? "" : `, permissions: ${permissions}`;
  const text = `name: m
task: { module: ./train.ts${granted} }
method: grid
max_attempts: 1
metric: { name: loss, goal: minimize }
parameters: { ${parameters} }
`;
  await Deno.writeTextFile(`${folder}/m.yaml`, text);
  return `${folder}/m.yaml`;
}

Deno.test("sweep trains with a module that ships with Trawl; show, report and export read it", async () => {
  await using home = await temporaryHome();
  const place = ["--home", home.path];
  const run = await runTrawl(["sweep", "module/branin", "--set", "x=1,9.5", ...LOCAL, ...place]);
  assert.equal(run.code, 0, run.stderr);
  const show = await runTrawl(["show", "branin", ...place]);
  assert.match(show.stdout, /module: \.\/branin\.ts, SHA-256 [0-9a-f]{16}/);
  assert.match(show.stdout, /40 asked = 40 completed/);
  const rows = await runTrawl(["export", "branin", "--format", "jsonl", ...place]);
  const records = rows.stdout.trim().split("\n").map((line) => JSON.parse(line));
  assert.equal(records.length, 40);
  for (const { hyperparameters: { x, y }, metrics: { value } } of records) {
    const valley = y - (5.1 / (4 * Math.PI ** 2)) * x ** 2 + (5 / Math.PI) * x - 6;
    const branin = valley ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
    assert.ok(Math.abs(value - branin) < 1e-9);
  }
  const report = await runTrawl(["report", "branin", "--out", `${home.path}/r`, ...place]);
  assert.equal(report.code, 0, report.stderr);
});

Deno.test("sweep goes on where a module fails, and says why and where", async () => {
  await using home = await temporaryHome();
  const file = await writeSweep(home.path, {
    module: `import { check } from "./check.ts";
export default async function train({ x }, trial) {
  if (x === 1) return { loss: 1 };
  if (x === 2) return { loss: NaN };
  if (x === 3) return { other: 1 };
  if (x === 4) {
    console.warn("x is %d", x, "\\x1b[31m!");
    check(x);
  }
  if (x === 5) Deno.readTextFileSync("/etc/passwd");
  await trial.report({ loss: 0.5 });
}
`,
    parameters: "x: { values: [1, 2, 3, 4, 5, 6] }",
  });
  await Deno.writeTextFile(
    `${home.path}/check.ts`,
    "interface Unused {\n  a: 1;\n}\nexport function check(x: number): void {\n" +
      "  throw new RangeError(`x = ${x}`);\n}\n",
  );
  const place = ["--home", `${home.path}/h`];
  const run = await runTrawl(["sweep", file, ...LOCAL, ...place]);
  assert.equal(run.code, 1, run.stderr);
  const rows = await runTrawl(["export", "m", "--format", "jsonl", ...place]);
  const byX = new Map(
    rows.stdout.trim().split("\n").map((line) => JSON.parse(line))
      .map((record) => [record.hyperparameters.x, record]),
  );
  assert.deepEqual([1, 2, 3, 4, 5, 6].map((x) => byX.get(x).state), [
    "completed",
    "completed",
    "failed",
    "failed",
    "failed",
    "completed",
  ]);
  assert.equal(byX.get(2).diverged, true);
  assert.equal(byX.get(6).metrics.loss, 0.5);
  assert.match(byX.get(3).failureMessage, /it reported no "loss", only other/);
  assert.match(byX.get(4).failureMessage, /^RangeError: x = 4 \(at check in check\.ts:5:9\)$/);
  assert.match(byX.get(5).failureMessage, /^NotCapable: .* task\.permissions/);
  for (const x of [3, 4, 5]) assert.equal(byX.get(x).failure, "exception");
  const logs = await runTrawl(["logs", `m/${byX.get(4).trial}`, ...place]);
  assert.match(logs.stdout, /Z info +\S+ begins attempt 1 at pack \d+, trial \d+\n/);
  assert.match(logs.stdout, /Z warn +x is 4 !\n/);
  assert.match(logs.stdout, /Z error RangeError: x = 4\n +at check \(bundle:\d+:\d+\)/);
  assert.match(logs.stdout, /\nthe last (\d+) of \1 lines\n$/);
});

Deno.test("a module's trial goes on from its checkpoint elsewhere; a worker may run no modules", async () => {
  await using home = await temporaryHome();
  const file = await writeSweep(home.path, {
    module: `export default async function train({ x }, trial) {
  const first = trial.resumed === null ? 1 : trial.resumed.bytes[0] + 1;
  for (let step = first; step <= 12; step++) {
    if (await trial.report({ loss: 100 - step }, { epoch: step }) === "stop") break;
    console.log("step", step);
    trial.checkpoint(new Uint8Array([step]));
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  return { first };
}
`,
    parameters: "x: { value: 1 }",
  });
  const place = ["--home", `${home.path}/h`];
  const alone = ["--workers", "0", "--no-dashboard", "--json", ...place];
  await using sweep = new TrawlProcess(["sweep", file, ...alone]);
  await eventually(
    "the sweep",
    async () => await homeServerUrl(`${home.path}/h`) !== null && sweep.stdout.includes('"sweep"'),
  );
  // From here on nobody has the files of the one who began it.
  await Deno.remove(`${home.path}/train.ts`);
  const worker = ["worker", "--backend", "cpu", "--verbose", ...place];
  await using refusing = new TrawlProcess([...worker, "--no-modules"]);
  await eventually("the refusal", () => refusing.stderr.includes("runs no modules of users"));
  refusing.signal("SIGINT");
  await refusing.finished;
  await using first = new TrawlProcess(worker);
  await eventually("some epochs", () => first.stderr.includes("step 3"));
  first.signal("SIGINT");
  await first.finished;
  await using _second = new TrawlProcess(worker);
  const run = await sweep.finished;
  assert.equal(run.code, 0, run.stderr);
  const rows = await runTrawl(["export", "m", "--format", "jsonl", ...place]);
  const { metrics, epochs, crashes } = JSON.parse(rows.stdout);
  assert.equal(metrics.loss, 88);
  assert.ok(metrics.first > 1 && metrics.first <= 12, `it began at ${metrics.first}`);
  assert.deepEqual([epochs, crashes], [12, 0]);
});

Deno.test("sweep refuses a module that it cannot ship before anything starts", async () => {
  await using home = await temporaryHome();
  const place = ["--home", `${home.path}/h`];
  const broken = await writeSweep(home.path, { module: "export default (" });
  const unparsed = await runTrawl(["sweep", broken, ...LOCAL, ...place]);
  assert.equal(unparsed.code, 2);
  assert.match(unparsed.stderr, /Cannot bundle module "\.\/train\.ts"/);
  await Deno.remove(`${home.path}/train.ts`);
  const missing = await runTrawl(["sweep", broken, ...LOCAL, ...place]);
  assert.equal(missing.code, 2);
  assert.match(missing.stderr, /Cannot read module "\.\/train\.ts": there is no file/);
});

Deno.test("a module reads the files that its sweep grants, in a confined worker", async () => {
  await using home = await temporaryHome();
  await Deno.mkdir(`${home.path}/data`);
  await Deno.writeTextFile(`${home.path}/data/n.txt`, "0.25");
  const file = await writeSweep(home.path, {
    module: "export default () => " +
      "({ loss: Number(Deno.readTextFileSync(Deno.env.get('MODULE_DATA'))) });",
    permissions: "{ read: [./data], env: [MODULE_DATA] }",
    parameters: "x: { value: 1 }",
  });
  const place = ["--home", `${home.path}/h`];
  const env = { MODULE_DATA: `${home.path}/data/n.txt` };
  const run = await runTrawl(["sweep", file, ...LOCAL, ...place], { env });
  assert.equal(run.code, 0, run.stderr);
  const rows = await runTrawl(["export", "m", "--format", "jsonl", ...place]);
  assert.equal(JSON.parse(rows.stdout).metrics.loss, 0.25);
});
