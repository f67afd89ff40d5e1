import assert from "node:assert/strict";
import type { SweepSummary } from "../../core/views/sweep_summary.ts";
import { readSweepView } from "../../core/views/sweep_view.ts";
import { homeServerUrl, openHomeTransport } from "../support/home_transport.ts";
import { eventually, runTrawl, temporaryHome, TrawlProcess } from "../support/trawl_process.ts";

const TRIALS = 16;
/** So many that they are not all asked for while a test looks. */
const MANY = 36;

function sweepFile(
  { epochs, examples, trials = TRIALS }: {
    readonly epochs: number;
    readonly examples: number;
    readonly trials?: number;
  },
): string {
  return `
name: searched
seed: 1
task: { dataset: xor, examples: ${examples} }
method: tpe
batch: 4
run_cap: ${trials}
metric: { name: val_loss, goal: minimize }
early_terminate: { type: asha, variant: promotion, min_epochs: ${epochs / 9}, eta: 3 }
parameters:
  lr: { distribution: log_uniform_values, min: 0.01, max: 1 }
  hidden_width: { min: 2, max: 12 }
  epochs: { value: ${epochs} }
`;
}

function summaryOf(stdout: string): SweepSummary {
  return JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "");
}

Deno.test("a sweep file with tpe and asha runs, counts exactly, and every decision can be questioned", async () => {
  await using home = await temporaryHome();
  const file = `${home.path}/searched.yaml`;
  await Deno.writeTextFile(file, sweepFile({ epochs: 9, examples: 100 }));
  const place = ["--home", home.path];
  const run = await runTrawl(["sweep", file, "--json", "--no-dashboard", ...place]);
  assert.equal(run.code, 0, run.stderr);
  const { trials, state, best } = summaryOf(run.stdout);
  assert.equal(state, "completed");
  assert.equal(trials.asked, TRIALS);
  assert.equal(trials.completed + trials.pruned, TRIALS);
  assert.ok(trials.pruned > trials.completed && trials.paused === 0);
  assert.ok(best !== null);

  const show = await runTrawl(["show", "searched", ...place]);
  assert.match(show.stdout, new RegExp(`${TRIALS} asked = \\d+ completed \\+ \\d+ pruned`));
  assert.match(
    show.stdout,
    /\d+ trials were pruned: only trials that ended by themselves are ranked/,
  );
  const why = await runTrawl(["show", `searched/${best.trial}`, "--why", ...place]);
  assert.equal(why.code, 0, why.stderr);
  assert.match(
    why.stdout,
    /proposed by tpe(?: from this evidence|, evenly spread before it learns): /,
  );
  assert.match(why.stdout, /epoch 1: val_loss 0\.\d+, rank \d+ of \d+/);
  assert.match(why.stdout, /goes on until epoch 3: .*\n.*epoch 3: .*\n.*goes on to its end: /);
  const whole = await runTrawl(["show", "searched", "--why", ...place]);
  assert.equal(whole.code, 2);
  assert.match(whole.stderr, /it must be SWEEP\/TRIAL/);
  const late = await runTrawl(["enqueue", "searched", "lr=0.3", ...place]);
  assert.equal(late.code, 2);
  assert.match(late.stderr, /it is completed; an extension opens it again/);
});

Deno.test("a worker that is killed in the middle of a search costs no trial, and one can be enqueued", async () => {
  await using home = await temporaryHome();
  const file = `${home.path}/searched.yaml`;
  await Deno.writeTextFile(file, sweepFile({ epochs: 630, examples: 400, trials: MANY }));
  const place = ["--home", home.path];
  await using sweep = new TrawlProcess(["sweep", file, "--json", "--no-dashboard", ...place]);
  await eventually("a server", async () => await homeServerUrl(home.path) !== null);
  await using transport = await openHomeTransport(home.path);
  await eventually("the first wave", async () => {
    const [id] = await transport.journal.sweeps();
    const view = id === undefined ? null : await readSweepView(transport.journal.read(id));
    return (view?.ledger.trials.length ?? 0) > 0;
  });
  const asked = await runTrawl(["enqueue", "searched", "lr=0.321", "hidden_width=20", ...place]);
  let victim = { worker: "", pid: 0 };
  await eventually("a trial that has been paused, and a worker that trains", async () => {
    const [id] = await transport.journal.sweeps();
    if (id === undefined) return false;
    const view = await readSweepView(transport.journal.read(id));
    const running = view?.ledger.trials.find(({ state }) => state.status === "running");
    if (view?.ledger.trials.every(({ rungs }) => rungs === undefined)) return false;
    const found = (await transport.presence.list()).find(({ worker }) =>
      worker === running?.worker
    );
    if (found !== undefined) victim = { worker: found.worker, pid: found.pid };
    return found !== undefined;
  });
  const wrong = await runTrawl(["enqueue", "searched", "learning_rate=0.3", ...place]);
  Deno.kill(victim.pid, "SIGKILL");
  const run = await sweep.finished;
  assert.equal(run.code, 0, run.stderr);
  assert.equal(asked.code, 0, asked.stderr);
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /it has no parameter "learning_rate"/);
  const { trials } = summaryOf(run.stdout);
  assert.equal(trials.asked, MANY);
  assert.equal(trials.completed + trials.pruned, MANY);
  const exported = await runTrawl(["export", "latest", "--format", "jsonl", ...place]);
  const records = exported.stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
  assert.equal(records.length, MANY);
  assert.equal(records.filter(({ hyperparameters }) => hyperparameters.lr === 0.321).length, 1);
  for (const record of records) {
    if (record.state === "completed") assert.equal(record.epochs, 630);
  }
});
