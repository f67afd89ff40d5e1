import assert from "node:assert/strict";
import type { SweepId, WorkerId } from "../../core/domain/ids.ts";
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import { SweepLedger } from "../../core/domain/sweep_ledger.ts";
import { TRIAL_STATUSES } from "../../core/domain/trial.ts";
import { openDashboard } from "../support/dashboards.ts";
import { homeServerUrl, openHomeTransport } from "../support/home_transport.ts";
import { eventually, runTrawl, temporaryHome, TrawlProcess } from "../support/trawl_process.ts";

/** So long that it does not end by itself while it is controlled. */
const SWEEP = `
name: controlled
task: { dataset: xor, examples: 20000 }
method: grid
metric: { name: val_loss, goal: minimize }
parameters:
  lr: { values: [0.01, 0.02, 0.05, 0.1] }
  hidden_width: { values: [4, 8] }
  epochs: { value: 1000000 }
`;

/** What somebody asked for, and who, in the order of the journal. */
function deedsOf(events: readonly SweepEvent[]): readonly string[] {
  return events.flatMap((event) => {
    if (event.type === "trialsQueued") {
      const by = event.trials[0]?.proposal?.facts["by"];
      return by === undefined ? [] : [`enqueued by ${by}`];
    }
    const by = "by" in event ? event.by : undefined;
    return by === undefined ? [] : [`${event.type} by ${by}`];
  });
}

function ledgerOf([created, ...others]: readonly SweepEvent[]): SweepLedger {
  assert.ok(created?.type === "sweepCreated");
  const ledger = new SweepLedger(created);
  for (const event of others) ledger.apply(event);
  return ledger;
}

Deno.test("a running sweep is controlled from the command line and the page, and its journal says by whom", async () => {
  await using home = await temporaryHome();
  const file = `${home.path}/controlled.yaml`;
  await Deno.writeTextFile(file, SWEEP);
  const place = ["--home", home.path];
  await using sweep = new TrawlProcess([
    ...["sweep", file, "--no-dashboard", "--workers", "2", "--backend", "cpu"],
    ...place,
  ]);
  await eventually("a server", async () => await homeServerUrl(home.path) !== null);
  await using transport = await openHomeTransport(home.path);
  using dashboard = openDashboard({ transport });
  let id: SweepId | undefined;
  const until = async (is: (event: SweepEvent) => boolean) => {
    const signal = AbortSignal.timeout(120_000);
    if (id === undefined) return;
    for await (const { entry } of transport.journal.follow(id, { signal })) {
      for (const event of entry.events) if (is(event)) return;
    }
  };
  await eventually("a journal", async () => {
    [id] = await transport.journal.sweeps();
    return id !== undefined;
  });
  const workers = new Set<WorkerId>();
  await until((event) => {
    if (event.type === "packLeased") workers.add(event.worker);
    return workers.size === 2;
  });
  const ask = async (path: string, body?: object) => {
    const response = await dashboard.app.request(`http://localhost/api/v1${path}`, {
      method: "POST",
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.text() };
  };

  const paused = await runTrawl(["pause", "controlled", ...place]);
  assert.equal(paused.code, 0, paused.stderr);
  assert.deepEqual((await ask(`/sweeps/${id}/resume`)).status, 202);
  const stopped = await runTrawl(["stop", "controlled/0", ...place]);
  assert.equal(stopped.code, 0, stopped.stderr);
  assert.match(stopped.stderr, /Asked trial 0 of sweep controlled-\S+ to stop/);
  assert.equal((await ask(`/sweeps/${id}/trials/1/stop`)).status, 202);
  const tried = { hyperparameters: { lr: 0.3, hidden_width: 6 } };
  assert.equal((await ask(`/sweeps/${id}/enqueue`, tried)).status, 202);
  const [first, second] = workers;
  const drained = await ask(`/workers/${first}/drain`);
  assert.equal(drained.status, 202, drained.body);
  await until((event) => event.type === "packReleased" && event.cause.kind === "returned");
  const nobody = await runTrawl(["drain", "nobody", ...place]);
  assert.match(nobody.stderr, new RegExp(`there is no such worker; known ones are .*${second}`));
  const events: SweepEvent[] = [];
  // To the end as it is decided: the home's server goes with the sweep.
  const all = until((event) => {
    events.push(event);
    return event.type === "sweepEnded";
  });
  assert.equal((await ask(`/sweeps/${id}/stop`)).status, 202);
  await all;
  await sweep.finished;

  const { counts, status } = ledgerOf(events);
  assert.equal(status, "cancelled");
  assert.equal(TRIAL_STATUSES.reduce((sum, one) => sum + counts[one], 0), counts.asked);
  assert.deepEqual([counts.asked, counts.cancelled], [9, 9]);
  assert.deepEqual(deedsOf(events), [
    "sweepPaused by cli",
    "sweepResumed by dashboard",
    "trialCancelled by cli",
    "trialCancelled by dashboard",
    "enqueued by dashboard",
    "drainAsked by dashboard",
    "sweepEnded by dashboard",
  ]);
});
