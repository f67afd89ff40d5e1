import assert from "node:assert/strict";
import { homeServerUrl } from "../support/home_transport.ts";
import { eventually, runTrawl, temporaryHome, TrawlProcess } from "../support/trawl_process.ts";

const SWEEP_FILE = `name: points
task: { dataset: csv, path: points.csv, target: label, kind: binary }
method: grid
max_attempts: 1
parameters:
  lr: { values: [0.1, 0.3] }
  epochs: { value: 2 }
`;

/** Two classes that a line tells apart. */
function points(): string {
  const rows = Array.from({ length: 200 }, (_, i) => {
    const x = (i % 20) / 10 - 1;
    const y = Math.floor(i / 20) / 5 - 1;
    return `${x},${y},${x + y > 0 ? "above" : "below"}`;
  });
  return `x,y,label\n${rows.join("\n")}\n`;
}

Deno.test("retry trains again what failed while its data were away, and the sweep ends well", async () => {
  await using home = await temporaryHome();
  const place = ["--home", `${home.path}/h`];
  const [file, data] = [`${home.path}/points.yaml`, `${home.path}/points.csv`];
  await Deno.writeTextFile(file, SWEEP_FILE);
  await Deno.writeTextFile(data, points());
  {
    const alone = ["--workers", "0", "--no-dashboard", "--json", ...place];
    await using sweep = new TrawlProcess(["sweep", file, ...alone]);
    await eventually("the sweep", async () => {
      return await homeServerUrl(`${home.path}/h`) !== null && sweep.stdout.includes('"sweep"');
    });
    // The coordinator has opened the data; whoever trains cannot.
    await Deno.rename(data, `${data}.away`);
    await using _worker = new TrawlProcess(["worker", "--backend", "cpu", ...place]);
    const run = await sweep.finished;
    assert.equal(run.code, 1, run.stderr);
    const lines = run.stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
    const summary = lines.at(-1);
    assert.deepEqual([summary.state, summary.trials.failed], ["failed", 2]);
    for (const { failure, failureMessage } of lines.filter(({ type }) => type === "trial")) {
      assert.equal(failure, "datasetUnavailable");
      assert.match(failureMessage, /points\.csv/);
    }
  }
  const none = await runTrawl(["retry", "points/7", "--no-dashboard", ...place]);
  assert.equal(none.code, 2);
  assert.match(none.stderr, /Cannot retry trial 7: the sweep has no such trial/);

  await Deno.rename(`${data}.away`, data);
  const mended = ["--workers", "1", "--backend", "cpu", "--no-dashboard", "--json", ...place];
  const run = await runTrawl(["retry", "points", "--failed", ...mended]);
  assert.equal(run.code, 0, run.stderr);
  const summary = JSON.parse(run.stdout.trimEnd().split("\n").at(-1) ?? "");
  assert.deepEqual([summary.state, summary.trials.completed], ["completed", 2]);

  const journal = await runTrawl(["show", "points", "--journal", ...place]);
  const events = journal.stdout.trimEnd().split("\n").flatMap((line) => JSON.parse(line).events);
  const asked = events.filter(({ type }) => type === "trialRetried" || type === "sweepReopened");
  assert.deepEqual(asked, [
    { type: "sweepReopened", by: "cli" },
    { type: "trialRetried", trial: 0, by: "cli" },
    { type: "trialRetried", trial: 1, by: "cli" },
  ]);
  const again = await runTrawl(["retry", "latest", ...mended]);
  assert.equal(again.code, 2);
  assert.match(again.stderr, /none has failed/);
});
