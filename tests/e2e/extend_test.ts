import assert from "node:assert/strict";
import type { SweepSummary } from "../../core/views/sweep_summary.ts";
import { readSweepView, type SweepView } from "../../core/views/sweep_view.ts";
import { homeServerUrl, openHomeTransport } from "../support/home_transport.ts";
import { eventually, runTrawl, temporaryHome, TrawlProcess } from "../support/trawl_process.ts";

const PATIENCE = { timeoutMs: 240_000 };

function sweepFile(epochs: number, more = "method: grid"): string {
  return [
    "task: { dataset: xor, examples: 100, noise: 0.15, validation: 0.2 }",
    more,
    "metric: { name: val_loss, goal: minimize }",
    "parameters:",
    "  lr: { values: [0.05, 0.1] }",
    "  hidden_width: { values: [4, 8] }",
    `  epochs: { value: ${epochs} }`,
  ].join("\n");
}

function summaryOf(stdout: string): SweepSummary {
  return JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "");
}

interface Exported {
  readonly trial: number;
  readonly configuration: number;
  readonly replicate: number;
  readonly hyperparameters: Readonly<Record<string, unknown>>;
  readonly attempts: number;
}

async function exported(home: string): Promise<readonly Exported[]> {
  const { stdout } = await runTrawl(["export", "latest", "--home", home]);
  return stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
}

/** Whether the home's one sweep is at present as the condition says. */
async function look(home: string, condition: (view: SweepView) => boolean): Promise<boolean> {
  if (await homeServerUrl(home) === null) return false;
  await using transport = await openHomeTransport(home);
  const [id] = await transport.journal.sweeps();
  const view = id === undefined ? null : await readSweepView(transport.journal.read(id));
  return view !== null && condition(view);
}

Deno.test("extend trains what is new of a finished sweep, and nothing else", async () => {
  await using home = await temporaryHome();
  const file = `${home.path}/small.yaml`;
  await Deno.writeTextFile(file, sweepFile(3));
  const options = ["--home", home.path, "--no-dashboard", "--json", "--workers", "1"];
  const first = await runTrawl(["sweep", file, ...options], PATIENCE);
  assert.equal(first.code, 0, first.stderr);
  const before = await exported(home.path);

  const values = await runTrawl(["extend", "latest", "--add", "lr=0.2", ...options], PATIENCE);
  assert.equal(values.code, 0, values.stderr);
  assert.match(values.stderr, /: 2 new trials beside 4 asked for/);
  assert.equal(values.stdout.match(/"type":"trial"/g)?.length, 2);
  const summary = summaryOf(values.stdout);
  assert.equal(summary.state, "completed");
  assert.equal(summary.trials.asked, 6);
  assert.equal(summary.trials.completed, 6);

  const replicates = await runTrawl(
    ["extend", "latest", "--replicates", "2", ...options],
    PATIENCE,
  );
  assert.equal(replicates.code, 0, replicates.stderr);
  assert.match(replicates.stderr, /: 6 new trials beside 6 asked for/);
  const after = await exported(home.path);
  assert.equal(after.length, 12);
  assert.deepEqual(after.slice(0, 4), before);
  assert.ok(after.every(({ attempts }) => attempts === 1));
  const names = after.map((one) => `${JSON.stringify(one.hyperparameters)} ${one.replicate}`);
  assert.equal(new Set(names).size, 12);
  assert.equal(new Set(after.map(({ configuration }) => configuration)).size, 6);

  const nothing = await runTrawl(["extend", "latest", "--add", "lr=0.2", ...options]);
  assert.equal(nothing.code, 2);
  assert.match(nothing.stderr, /it asks for these 12 trials already/);
  const other = await runTrawl(["extend", "latest", "--add", "epochs=5", ...options]);
  assert.equal(other.code, 2);
  assert.match(other.stderr, /epochs is fixed at 3/);
});

Deno.test("extend draws on where a random sweep's run cap was, until its space is exhausted", async () => {
  await using home = await temporaryHome();
  const file = `${home.path}/drawn.yaml`;
  await Deno.writeTextFile(file, sweepFile(2, "method: random\nrun_cap: 2"));
  const options = ["--home", home.path, "--no-dashboard", "--json", "--workers", "1"];
  assert.equal((await runTrawl(["sweep", file, ...options], PATIENCE)).code, 0);
  const before = await exported(home.path);
  const more = await runTrawl(["extend", "drawn", "--run-cap", "50", ...options], PATIENCE);
  assert.equal(more.code, 0, more.stderr);
  const after = await exported(home.path);
  assert.equal(after.length, 4);
  assert.deepEqual(after.slice(0, 2), before);
  assert.equal(new Set(after.map((one) => JSON.stringify(one.hyperparameters))).size, 4);
});

Deno.test("extend goes on with an interrupted sweep, and with what is new", async () => {
  await using home = await temporaryHome();
  const file = `${home.path}/cut.yaml`;
  await Deno.writeTextFile(file, sweepFile(3_000));
  const options = ["--home", home.path, "--no-dashboard", "--json", "--workers", "1"];
  await using sweep = new TrawlProcess(["sweep", file, ...options], PATIENCE);
  await eventually("a report", () => look(home.path, (view) => view.epochsTrained > 0), 120_000);
  sweep.signal("SIGINT");
  const interrupted = await sweep.finished;
  assert.equal(interrupted.code, 130, interrupted.stderr);
  const more = await runTrawl(["extend", "latest", "--replicates", "2", ...options], PATIENCE);
  assert.equal(more.code, 0, more.stderr);
  assert.match(more.stderr, /: 4 new trials beside 4 asked for/);
  const summary = summaryOf(more.stdout);
  assert.equal(summary.sweep, summaryOf(interrupted.stdout).sweep);
  assert.equal(summary.trials.asked, 8);
  assert.equal(summary.trials.completed, 8);
});

Deno.test("extend asks the coordinator of a running sweep, and of a stopped one nothing can be had", async () => {
  await using home = await temporaryHome();
  const file = `${home.path}/long.yaml`;
  await Deno.writeTextFile(file, sweepFile(100_000));
  const place = ["--home", home.path];
  const options = ["--no-dashboard", "--json", "--workers", "1"];
  await using sweep = new TrawlProcess(["sweep", file, ...options, ...place], PATIENCE);
  const isTraining = (view: SweepView) => view.epochsTrained > 0;
  await eventually("a report", () => look(home.path, isTraining), 120_000);
  const more = await runTrawl(["extend", "latest", "--add", "lr=0.2,0.3", ...place], PATIENCE);
  assert.equal(more.code, 0, more.stderr);
  assert.match(more.stderr, /: 4 new trials beside 4 asked for/);
  await eventually(
    "eight trials",
    () => look(home.path, ({ ledger }) => ledger.counts.asked === 8),
    60_000,
  );
  const stop = await runTrawl(["stop", "latest", ...place], PATIENCE);
  assert.equal(stop.code, 0, stop.stderr);
  const end = await sweep.finished;
  assert.equal(end.code, 1, end.stderr);
  assert.equal(summaryOf(end.stdout).trials.cancelled, 8);

  const late = await runTrawl(["extend", "latest", "--replicates", "2", ...place]);
  assert.equal(late.code, 2);
  assert.match(late.stderr, /it is cancelled, and that is final/);
});
