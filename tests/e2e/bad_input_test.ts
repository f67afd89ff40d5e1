import assert from "node:assert/strict";
import { runTrawl, temporaryHome } from "../support/trawl_process.ts";

/** Runs a sweep that must be refused, and returns what it said. */
async function refuse(args: readonly string[], home: string): Promise<string> {
  const run = await runTrawl(["sweep", ...args, "--home", `${home}/h`, "--no-dashboard"]);
  assert.equal(run.code, 2, `${args.join(" ")}: ${run.stderr}`);
  assert.doesNotMatch(run.stderr, /^\s+at /m, "no stack trace");
  assert.equal(run.stdout, "");
  return run.stderr;
}

const FILE = `name: t
task: { dataset: mnist }
method: grid
metric: { name: val_accuracy, goal: maximize }
parameters:
  lr: { values: [0.1] }
`;

Deno.test("sweep refuses a wrong file with its line, and exits with 2", async () => {
  await using home = await temporaryHome();
  const wrong: readonly (readonly [text: string, says: RegExp])[] = [
    [`${FILE}  depth: [1`, /sweep\.yaml:\d+:\d+/],
    [FILE.replace("method", "methd"), /sweep\.yaml:3:1.*methd.*method/s],
    [FILE.replace("[0.1]", "[]"), /sweep\.yaml:6:\d+.*values/s],
    [FILE.replace("[0.1]", "[-1]"), /sweep\.yaml:6:\d+.*lr/s],
    [
      FILE.replace("{ values: [0.1] }", "{ distribution: uniform, min: 2, max: 1 }"),
      /sweep\.yaml:6:\d+.*min/s,
    ],
    [
      FILE.replace("{ values: [0.1] }", "{ distribution: log_uniform_values, min: 0, max: 1 }"),
      /sweep\.yaml:6:\d+/,
    ],
    [FILE.replace("{ values: [0.1] }", "{ min: 0.1, max: 1.0 }"), /sweep\.yaml:6:\d+.*values/s],
    [FILE.replace("val_accuracy", "val_f1"), /sweep\.yaml:4:\d+.*val_f1/s],
    [
      FILE.replace("{ dataset: mnist }", "{ dataset: cifar100, classes: [0, 100] }"),
      /sweep\.yaml:2:\d+.*100/s,
    ],
  ];
  for (const [text, says] of wrong) {
    const path = `${home.path}/sweep.yaml`;
    await Deno.writeTextFile(path, text);
    assert.match(await refuse([path], home.path), says);
  }
});

Deno.test("sweep refuses a missing file, and names one that is near", async () => {
  await using home = await temporaryHome();
  assert.match(await refuse(["quikstart"], home.path), /quickstart/);
});

Deno.test("sweep refuses data files that are cut short, and names what they must be", async () => {
  await using home = await temporaryHome();
  const data = `${home.path}/cifar-100-binary`;
  await Deno.mkdir(data);
  await Deno.writeFile(`${data}/train.bin`, new Uint8Array(3074 + 5));
  await Deno.writeFile(`${data}/test.bin`, new Uint8Array(3074));
  const said = await refuse(["lab/cifar100", "--data-dir", home.path], home.path);
  assert.match(said, /train\.bin.*3079.*3074/s);
});

Deno.test("sweep refuses a NATS address that nobody listens on", async () => {
  await using home = await temporaryHome();
  const said = await refuse(["--nats", "nats://127.0.0.1:9"], home.path);
  assert.match(said, /127\.0\.0\.1:9/);
});

Deno.test("sweep refuses a port in use before anything starts", async () => {
  await using home = await temporaryHome();
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  const run = await runTrawl(["sweep", "--port", `${port}`, "--home", `${home.path}/h`]);
  assert.equal(run.code, 2, run.stderr);
  assert.match(run.stderr, new RegExp(`${port}: the port is in use`));
});

Deno.test("sweep refuses a home that cannot be written", async () => {
  await using home = await temporaryHome();
  await Deno.writeTextFile(`${home.path}/h`, "a file");
  assert.match(await refuse([], home.path), /home directory.*h"/s);
});

Deno.test("a verb that reads makes no home where none is, and says so", async () => {
  await using home = await temporaryHome();
  const place = ["--home", `${home.path}/h`];
  const ls = await runTrawl(["ls", ...place]);
  assert.equal(ls.code, 0, ls.stderr);
  assert.match(ls.stdout, /No sweeps yet/);
  const show = await runTrawl(["show", "latest", ...place]);
  assert.equal(show.code, 2);
  assert.match(show.stderr, /none was ever started there; start one with/);
  await assert.rejects(Deno.stat(`${home.path}/h`), Deno.errors.NotFound);
});

Deno.test("trawl refuses unknown verbs and options with the nearest known one", async () => {
  const verb = await runTrawl(["swep"]);
  assert.equal(verb.code, 2);
  assert.match(verb.stderr, /Did you mean sweep/);
  const option = await runTrawl(["sweep", "--worker", "2"]);
  assert.equal(option.code, 2);
  assert.match(option.stderr, /Did you mean --workers/);
});
