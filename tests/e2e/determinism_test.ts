import assert from "node:assert/strict";
import { parseNatsTarget } from "../../core/nats/nats_target.ts";
import { openTransport, type Transport } from "../../core/nats/transport.ts";
import { milliseconds } from "../../core/domain/units.ts";
import { decode } from "../../core/protocol/codec.ts";
import { journalEntrySchema } from "../../core/protocol/journal_schema.ts";
import type { StoredEntry } from "../../core/protocol/ports.ts";
import { leaderboard } from "../../core/views/leaderboard.ts";
import { sweepSummary } from "../../core/views/sweep_summary.ts";
import { readSweepView, SweepView } from "../../core/views/sweep_view.ts";
import { TestNatsServer } from "../support/nats_server.ts";
import { eventually, runTrawl, temporaryHome, TrawlProcess } from "../support/trawl_process.ts";

/** Eight trials of a small problem; weights, batches and noise all come from the seed. */
const SHORT = sweepFile({ rates: [0.02, 0.05], depths: [1, 2], epochs: 12 });
/** Two trials that train for seconds: long enough to be killed between a checkpoint and the end. */
const LONG = sweepFile({ rates: [0.02], depths: [1], epochs: 1_500 });
/** Generous: a busy machine is slow, and no failure. */
const PATIENCE = { timeoutMs: 300_000 };

function sweepFile(
  { rates, depths, epochs }: {
    readonly rates: readonly number[];
    readonly depths: readonly number[];
    readonly epochs: number;
  },
): string {
  return [
    "task: { dataset: xor, examples: 400, noise: 0.15, validation: 0.2 }",
    "method: grid",
    "metric: { name: val_loss, goal: minimize }",
    "replicates: 2",
    "parameters:",
    `  lr: { values: [${rates.join(", ")}] }`,
    `  depth: { values: [${depths.join(", ")}] }`,
    "  hidden_width: { value: 8 }",
    "  optimizer: { value: adam }",
    `  epochs: { value: ${epochs} }`,
  ].join("\n");
}

/** A server, a home and a folder for sweep files, for the time of one test. */
async function openPlace() {
  const server = await TestNatsServer.start();
  const home = await temporaryHome();
  const transport = await openTransport(parseNatsTarget(server.url), {
    name: "test",
    leaseMs: milliseconds(2_000),
  });
  return {
    transport,
    options: ["--nats", server.url, "--home", home.path, "--lease", "2"],
    /** Writes a sweep file; the sweep has its name. */
    file: async (name: string, text: string): Promise<string> => {
      const path = `${home.path}/${name}.yaml`;
      await Deno.writeTextFile(path, text);
      return path;
    },
    [Symbol.asyncDispose]: async () => {
      await transport[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
      await home[Symbol.asyncDispose]();
    },
  };
}

async function viewOf({ journal }: Transport, name: string): Promise<SweepView> {
  for (const id of await journal.sweeps()) {
    if (!id.startsWith(`${name}-`)) continue;
    const view = await readSweepView(journal.read(id));
    if (view !== null) return view;
  }
  throw new Error(`Cannot find sweep "${name}"`);
}

/** All that a sweep found out, without what names its time, its workers and its packs. */
function findings(view: SweepView) {
  return {
    trials: view.ledger.trials.map(({ id, configuration, replicate, hyperparameters, state }) => ({
      ...{ id, configuration, replicate, hyperparameters },
      result: state.status === "completed" ? state : state.status,
      metrics: view.ledger.trial(id).metrics,
      curve: view.curve(id).points,
    })),
    leaderboard: leaderboard(view.ledger).map(({ rank, configuration, estimate, bestTrial }) => ({
      ...{ rank, configuration, estimate },
      bestTrial: bestTrial.id,
    })),
  };
}

/** The largest difference between two sweeps' numbers, over all epochs and final metrics. */
function largestDifference(a: SweepView, b: SweepView): number {
  const numbers = (view: SweepView): readonly number[] =>
    view.ledger.trials.flatMap(({ id, metrics }) => [
      ...view.curve(id).points.flatMap((point) => Object.values(point.metrics)),
      ...Object.values(metrics),
    ]);
  const [first, second] = [numbers(a), numbers(b)];
  assert.equal(first.length, second.length);
  return first.reduce((most, x, i) => Math.max(most, Math.abs(x - (second[i] ?? NaN))), 0);
}

Deno.test("sweep gives the same bits with 1, 2 and 5 workers when no trial shares a pack", async () => {
  await using place = await openPlace();
  const run = async (name: string, ...options: readonly string[]) => {
    const path = await place.file(name, SHORT);
    const args = ["sweep", path, "--no-dashboard", "--json", "--backend", "wasm"];
    const ran = await runTrawl([...args, ...place.options, ...options], PATIENCE);
    assert.equal(ran.code, 0, ran.stderr);
    return await viewOf(place.transport, name);
  };
  const one = await run("one", "--max-lanes", "1", "--workers", "1");
  const found = findings(one);
  assert.equal(found.trials.length, 8);
  assert.equal(found.trials[0]?.curve.length, 12);
  for (const workers of [2, 5]) {
    const more = await run(`with-${workers}`, "--max-lanes", "1", "--workers", `${workers}`);
    assert.deepEqual(findings(more), found);
  }
  const reseeded = await run("reseeded", "--max-lanes", "1", "--workers", "1", "--seed", "7");
  assert.notDeepEqual(findings(reseeded).trials[0]?.curve, found.trials[0]?.curve);

  // Packs form around the workers that are there: with another company the last bits differ.
  const packsOf = ({ ledger }: SweepView) => ledger.packs.map(({ trials }) => trials);
  const [narrow, again, wide] = [
    await run("narrow", "--workers", "1"),
    await run("again", "--workers", "1"),
    await run("wide", "--workers", "5"),
  ];
  assert.deepEqual(packsOf(again), packsOf(narrow));
  assert.deepEqual(findings(again), findings(narrow));
  for (const fused of [narrow, wide]) {
    assert.ok(fused.ledger.packs.length < 8, "nothing was fused");
    assert.deepEqual(
      fused.ledger.trials.map(({ hyperparameters }) => hyperparameters),
      one.ledger.trials.map(({ hyperparameters }) => hyperparameters),
    );
    const difference = largestDifference(fused, one);
    assert.ok(difference < 1e-4, `fused trials differ by ${difference}`);
  }
});

Deno.test("sweep gives the same bits though a worker was killed with -9 between checkpoints", async () => {
  await using place = await openPlace();
  const sweep = ["--no-dashboard", "--json", "--max-lanes", "1", "--workers", "0"];
  const work = ["worker", "--backend", "wasm", "--checkpoint-every", "1", ...place.options];
  const start = async (name: string): Promise<TrawlProcess> => {
    const path = await place.file(name, LONG);
    return new TrawlProcess(["sweep", path, ...sweep, ...place.options], PATIENCE);
  };
  const [quiet, killed] = [await start("quiet"), await start("killed")];
  await using _quiet = quiet;
  await using _killed = killed;
  await using victim = new TrawlProcess(work, PATIENCE);
  await eventually("a checkpoint of the second sweep", async () => {
    for (const id of await place.transport.journal.sweeps()) {
      if (!id.startsWith("killed-")) continue;
      const view = await readSweepView(place.transport.journal.read(id));
      return view?.ledger.trials.some(({ state, checkpoint }) =>
        state.status === "running" && checkpoint !== null
      ) ?? false;
    }
    return false;
  }, PATIENCE.timeoutMs);
  victim.signal("SIGKILL");
  await victim.finished;
  await using heir = new TrawlProcess([...work, "--max-idle", "60"], PATIENCE);
  const ends = await Promise.all([quiet.finished, killed.finished]);
  for (const end of ends) assert.equal(end.code, 0, end.stderr);
  heir.signal("SIGINT");
  await heir.finished;

  const second = await viewOf(place.transport, "killed");
  const again = second.ledger.trials.filter(({ attempts }) => attempts > 1);
  assert.ok(again.length > 0, "the worker was killed too late to interrupt anything");
  assert.deepEqual(findings(second), findings(await viewOf(place.transport, "quiet")));
});

Deno.test("show --journal prints what gives the server's own state, from the text alone", async () => {
  await using place = await openPlace();
  const path = await place.file("told", SHORT);
  const args = ["--no-dashboard", "--json", "--workers", "1", ...place.options];
  const first = await runTrawl(["sweep", path, ...args], PATIENCE);
  assert.equal(first.code, 0, first.stderr);
  const more = await runTrawl(["extend", "told", "--add", "lr=0.1", ...args], PATIENCE);
  assert.equal(more.code, 0, more.stderr);

  const shown = await runTrawl(["show", "told", "--journal", ...place.options.slice(0, 4)]);
  assert.equal(shown.code, 0, shown.stderr);
  const entries = shown.stdout.trimEnd().split("\n").map((line): StoredEntry => {
    const { sequence } = JSON.parse(line);
    const bytes = new TextEncoder().encode(line);
    return { sequence, entry: decode(bytes, journalEntrySchema, { subject: "shown" }) };
  });
  const [head, ...rest] = entries;
  assert.ok(head !== undefined);
  const replayed = new SweepView(head);
  for (const entry of rest) replayed.apply(entry);

  const stored = await viewOf(place.transport, "told");
  assert.equal(replayed.ledger.status, "completed");
  assert.equal(replayed.ledger.counts.completed, 12);
  assert.deepEqual(replayed.ledger.counts, stored.ledger.counts);
  assert.deepEqual(replayed.ledger.spec, stored.ledger.spec);
  assert.deepEqual(replayed.ledger.trials, stored.ledger.trials);
  assert.deepEqual(replayed.ledger.packs, stored.ledger.packs);
  assert.deepEqual(leaderboard(replayed.ledger), leaderboard(stored.ledger));
  assert.deepEqual(sweepSummary(replayed), sweepSummary(stored));
});
