import assert from "node:assert/strict";
import { readSweepView } from "../../core/views/sweep_view.ts";
import { homeServerUrl, openHomeTransport } from "../support/home_transport.ts";
import { eventually, runTrawl, temporaryHome, TrawlProcess } from "../support/trawl_process.ts";

/** Four trials that are long enough to be interrupted. */
const SWEEP = [
  ...["sweep", "quickstart", "--set", "batch_size=64", "--set", "depth=1"],
  ...["--set", "hidden_width=16,32", "--set", "epochs=15", "--no-dashboard"],
];

/** The last line of a run with `--json`; every line must be JSON. */
function lastLine(stdout: string) {
  return stdout.trimEnd().split("\n").map((line) => JSON.parse(line)).at(-1);
}

async function eventsOf(home: string) {
  await using transport = await openHomeTransport(home);
  const [sweep] = await transport.journal.sweeps();
  if (sweep === undefined) return [];
  const entries = await Array.fromAsync(transport.journal.read(sweep));
  return entries.flatMap(({ entry }) => entry.events);
}

async function eventuallyStarted(home: string, times: number): Promise<void> {
  await eventually("a server", async () => await homeServerUrl(home) !== null);
  await eventually(`${times} coordinators started`, async () => {
    const events = await eventsOf(home);
    return events.filter(({ type }) => type === "coordinatorStarted").length === times;
  });
}

Deno.test("sweep that was killed with -9 is interrupted, and the same command goes on with it", async () => {
  await using home = await temporaryHome();
  const place = ["--home", home.path];
  await using killed = new TrawlProcess([...SWEEP, "--json", ...place]);
  await eventually("a server", async () => await homeServerUrl(home.path) !== null);
  await eventually("a first report", async () => {
    await using transport = await openHomeTransport(home.path);
    const [id] = await transport.journal.sweeps();
    const view = id === undefined ? null : await readSweepView(transport.journal.read(id));
    return (view?.epochsTrained ?? 0) > 0;
  });
  killed.signal("SIGKILL");
  const { stdout } = await killed.finished;
  const sweep = JSON.parse(stdout.split("\n")[0] ?? "").sweep;

  const ls = await runTrawl(["ls", "--json", ...place]);
  assert.equal(ls.code, 0, ls.stderr);
  assert.equal(lastLine(ls.stdout).state, "interrupted");

  const again = await runTrawl([...SWEEP, "--json", ...place]);
  assert.equal(again.code, 0, again.stderr);
  assert.match(
    again.stderr,
    /Going on with quickstart-\S+: \d of 4 trials done; --new starts anew/,
  );
  const summary = lastLine(again.stdout);
  assert.equal(summary.sweep, sweep);
  assert.equal(summary.state, "completed");
  assert.equal(summary.trials.asked, 4);
  assert.equal(summary.trials.completed, 4);
});

Deno.test("resume is refused while somebody coordinates, and starts from the snapshot after that", async () => {
  await using home = await temporaryHome();
  const place = ["--workers", "0", "--no-dashboard", "--home", home.path];
  await using first = new TrawlProcess([...SWEEP, ...place]);
  await eventuallyStarted(home.path, 1);
  const refused = await runTrawl(["resume", "latest", ...place]);
  assert.equal(refused.code, 2, refused.stderr);
  assert.match(refused.stderr, /Cannot resume sweep "quickstart-\S+": coordinator \S+ is at work/);
  const paused = await runTrawl(["pause", "latest", "--home", home.path]);
  assert.equal(paused.code, 0, paused.stderr);
  first.signal("SIGINT");
  assert.equal((await first.finished).code, 130, first.stderr);

  await using second = new TrawlProcess(["resume", "latest", "--verbose", ...place]);
  await eventually("a restored sweep", () => /Restored .* from its snapshot/.test(second.stderr));
  await eventuallyStarted(home.path, 2);
  assert.match(second.stderr, /Going on with \S+: 0 of 4 trials done; it was paused/);
  const events = await eventsOf(home.path);
  assert.deepEqual(events.filter(({ type }) => type === "sweepResumed"), [
    { type: "sweepResumed", by: "cli" },
  ]);
  second.signal("SIGINT");
  assert.equal((await second.finished).code, 130, second.stderr);
});

Deno.test({
  name: "resume takes a sweep over from a coordinator that is frozen, and says so",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    await using home = await temporaryHome();
    const place = ["--workers", "0", "--no-dashboard", "--home", home.path];
    await using frozen = new TrawlProcess([...SWEEP, ...place]);
    await eventuallyStarted(home.path, 1);
    frozen.signal("SIGSTOP");
    await using second = new TrawlProcess(["resume", "latest", ...place]);
    await eventuallyStarted(home.path, 2);
    assert.match(second.stderr, /does not answer: taking the sweep over/);
    second.signal("SIGINT");
    assert.equal((await second.finished).code, 130, second.stderr);
  },
});
