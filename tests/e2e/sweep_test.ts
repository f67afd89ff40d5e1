import assert from "node:assert/strict";
import { parquetReadObjects } from "hyparquet";
import { readSweepView } from "../../core/views/sweep_view.ts";
import type { SweepSummary } from "../../core/views/sweep_summary.ts";
import { homeServerUrl, openHomeTransport } from "../support/home_transport.ts";
import {
  eventually,
  ROOT,
  runTrawl,
  temporaryHome,
  TrawlProcess,
} from "../support/trawl_process.ts";

/** Four small trials that take about a second each. */
const SMALL = ["--set", "batch_size=64", "--set", "depth=1", "--set", "hidden_width=16,32"];
/** One trial after the other long enough to be interrupted. */
const LONG = [...SMALL, "--set", "epochs=60"];

function summaryOf(stdout: string): SweepSummary {
  return JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "");
}

Deno.test("sweep runs to its end, and ls, show and export read it afterwards", async () => {
  await using home = await temporaryHome();
  const place = ["--home", home.path];
  const run = await runTrawl([
    "sweep",
    "quickstart",
    ...SMALL,
    "--json",
    "--no-dashboard",
    ...place,
  ]);
  assert.equal(run.code, 0, run.stderr);
  const lines = run.stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
  const summary = summaryOf(run.stdout);
  assert.equal(summary.type, "summary");
  assert.equal(summary.state, "completed");
  assert.equal(summary.trials.asked, 4);
  assert.equal(summary.trials.completed, 4);
  assert.ok((summary.best?.objective ?? 0) > 0.85, JSON.stringify(summary.best));
  assert.equal(lines.filter((line) => line.type === "trial").length, 4);

  const ls = await runTrawl(["ls", "--json", ...place]);
  const listed = JSON.parse(ls.stdout);
  assert.equal(listed.sweep, summary.sweep);
  assert.equal(listed.state, "completed");
  assert.equal(listed.trials.completed, 4);

  const exported = await runTrawl(["export", summary.sweep, "--format", "jsonl", ...place]);
  const records = exported.stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
  assert.deepEqual(records.map((record) => record.trial), [0, 1, 2, 3]);
  for (const record of records) {
    assert.equal(record.state, "completed");
    assert.equal(record.attempts, 1);
    // Four trials of one fuse key over two slots: two packs of two.
    assert.equal(record.lanes, 2);
    assert.ok(record.metrics.val_accuracy > 0.5 && record.metrics.test_accuracy > 0.5);
  }
  const csv = await runTrawl(["export", "latest", "--format", "csv", ...place]);
  assert.equal(csv.stdout.trimEnd().split("\n").length, 5);
  const file = `${home.path}/trials.parquet`;
  await runTrawl(["export", "latest", "--format", "parquet", "--out", file, ...place]);
  const rows = await parquetReadObjects({ file: (await Deno.readFile(file)).buffer });
  assert.deepEqual(
    rows.map((row) => row["metrics.val_accuracy"]),
    records.map(({ metrics }) => metrics.val_accuracy),
  );

  const show = await runTrawl(["show", "quickstart", ...place]);
  assert.equal(show.code, 0, show.stderr);
  assert.match(show.stdout, /4 completed/);
});

Deno.test("sweep goes on when a worker is killed with -9 in the middle of a trial", async () => {
  await using home = await temporaryHome();
  await using sweep = new TrawlProcess([
    ...["sweep", "quickstart", ...LONG, "--json", "--no-dashboard", "--home", home.path],
  ]);
  await eventually("a server", async () => await homeServerUrl(home.path) !== null);
  await using transport = await openHomeTransport(home.path);
  // A worker that trains for long enough to have stored a checkpoint.
  let victim = { worker: "", pid: 0 };
  await eventually("a checkpoint", async () => {
    const [id] = await transport.journal.sweeps();
    if (id === undefined) return false;
    const view = await readSweepView(transport.journal.read(id));
    const trial = view?.ledger.trials.find(({ state, checkpoint }) =>
      state.status === "running" && checkpoint !== null
    );
    const present = await transport.presence.list();
    const found = present.find(({ worker }) => worker === trial?.worker);
    if (found !== undefined) victim = { worker: found.worker, pid: found.pid };
    return found !== undefined;
  });
  Deno.kill(victim.pid, "SIGKILL");
  const run = await sweep.finished;
  assert.equal(run.code, 0, run.stderr);
  const summary = summaryOf(run.stdout);
  assert.equal(summary.trials.completed, summary.trials.asked);

  const place = ["--home", home.path];
  const exported = await runTrawl(["export", summary.sweep, "--format", "jsonl", ...place]);
  const records = exported.stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
  // Those that it trained, wherever the idle slots of the sweep's end have taken them since.
  const again = records.filter((record) => record.attempts > 1);
  assert.notEqual(again.length, 0);
  assert.equal(Math.max(...records.map((record) => record.lostLeases)), 1);
  for (const record of again) {
    assert.notEqual(record.worker, victim.worker);
    assert.equal(record.epochs, 60);
  }
});

Deno.test("sweep drains on Ctrl-C, exits with 130, and resume brings it to its end", async () => {
  await using home = await temporaryHome();
  const place = ["--home", home.path];
  await using sweep = new TrawlProcess([
    ...["sweep", "quickstart", ...LONG, "--json", "--no-dashboard", ...place],
  ]);
  await eventually("a server", async () => await homeServerUrl(home.path) !== null);
  await eventually("a running trial", async () => {
    await using transport = await openHomeTransport(home.path);
    const [id] = await transport.journal.sweeps();
    const view = id === undefined ? null : await readSweepView(transport.journal.read(id));
    return (view?.epochsTrained ?? 0) > 4;
  });
  sweep.signal("SIGINT");
  const interrupted = await sweep.finished;
  assert.equal(interrupted.code, 130, interrupted.stderr);
  const command = /trawl resume (quickstart-\S+) --home (\S+)/.exec(interrupted.stderr);
  assert.equal(command?.[2], home.path, interrupted.stderr);
  assert.equal(summaryOf(interrupted.stdout).state, "running");

  const resumed = await runTrawl(["resume", "latest", "--json", "--no-dashboard", ...place]);
  assert.equal(resumed.code, 0, resumed.stderr);
  const summary = summaryOf(resumed.stdout);
  assert.equal(summary.sweep, summaryOf(interrupted.stdout).sweep);
  assert.equal(summary.trials.asked, 4);
  assert.equal(summary.trials.completed, 4);
});

Deno.test("worker joins a sweep with nothing but its NATS address", async () => {
  await using home = await temporaryHome();
  await using elsewhere = await temporaryHome();
  await using sweep = new TrawlProcess([
    ...["sweep", "quickstart", ...SMALL, "--workers", "0", "--json", "--no-dashboard"],
    ...["--home", home.path],
  ]);
  await eventually("a server", async () => await homeServerUrl(home.path) !== null);
  const url = await homeServerUrl(home.path);
  const worker = await runTrawl(["worker", "--max-idle", "3", "--home", elsewhere.path], {
    cwd: elsewhere.path,
    env: { NATS_URL: url ?? "" },
  });
  assert.equal(worker.code, 0, worker.stderr);
  assert.match(worker.stderr, /Trained 4 trials/);
  const run = await sweep.finished;
  assert.equal(run.code, 0, run.stderr);
  assert.equal(summaryOf(run.stdout).trials.completed, 4);
});

Deno.test("two sweeps share one home and one server at the same time", async () => {
  await using home = await temporaryHome();
  const args = ["sweep", "quickstart", ...SMALL, "--workers", "1", "--json", "--no-dashboard"];
  const runs = await Promise.all([
    runTrawl([...args, "--home", home.path]),
    runTrawl([...args, "--seed", "2", "--home", home.path]),
  ]);
  for (const run of runs) {
    assert.equal(run.code, 0, run.stderr);
    assert.equal(summaryOf(run.stdout).trials.completed, 4);
  }
});

const dataDir = await cifarDir();

Deno.test({
  name: "sweep lab/cifar100 trains the lab's network on its real images",
  // The files are optional; the line says where they would be looked for.
  ignore: dataDir === null,
  fn: async () => {
    await using home = await temporaryHome();
    const run = await runTrawl([
      ...["sweep", "lab/cifar100", "--data-dir", dataDir ?? "", "--set", "epochs=40"],
      ...["--json", "--no-dashboard", "--home", home.path],
    ]);
    assert.equal(run.code, 0, run.stderr);
    const summary = summaryOf(run.stdout);
    assert.equal(summary.trials.completed, 10);
    assert.equal(summary.best?.replicates, 10);
    // A sixth of the epochs of the report; ten runs of the full length are between 0.80 and 0.83.
    assert.ok((summary.best?.test?.mean ?? 0) > 0.7, JSON.stringify(summary.best));
    assert.equal(summary.best?.test?.n, 10);
  },
});

/** Where the CIFAR files are, or null with a line that says what is missing. */
async function cifarDir(): Promise<string | null> {
  const candidates = [Deno.env.get("TRAWL_DATA_DIR"), `${ROOT}../shared/data`];
  for (const dir of candidates) {
    if (dir === undefined) continue;
    try {
      await Deno.stat(`${dir}/cifar-100-binary/train.bin`);
      return dir;
    } catch { /* not there: the next place */ }
  }
  console.log(
    "skipped: no CIFAR-100 files; set TRAWL_DATA_DIR to a folder with cifar-100-binary/train.bin",
  );
  return null;
}
