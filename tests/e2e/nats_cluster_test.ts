import assert from "node:assert/strict";
import { milliseconds } from "../../core/domain/units.ts";
import { connectNats } from "../../core/nats/connect.ts";
import { parseNatsTarget } from "../../core/nats/nats_target.ts";
import { openTransport, type Transport } from "../../core/nats/transport.ts";
import {
  ARTIFACTS_BUCKET,
  JOURNAL_STREAM,
  PACKS_STREAM,
  SWEEPS_BUCKET,
  WORKERS_BUCKET,
} from "../../core/protocol/subjects.ts";
import { readSweepView } from "../../core/views/sweep_view.ts";
import { journalProblems } from "../chaos/invariants.ts";
import { NatsCluster } from "../support/nats_cluster.ts";
import { natsServerBinaryOrSkip } from "../support/nats_server.ts";
import { eventually, temporaryHome, TrawlProcess } from "../support/trawl_process.ts";

const ignore = !(await natsServerBinaryOrSkip());
/** So many that the sweep is far from its end when the node dies, however long the looking takes. */
const EPOCHS = 60;
const WITHIN_MS = 240_000;
/** Two packs of two for one worker: one runs while the other waits in the queue. */
const SWEEP = [
  ...["batch_size=128", "depth=1", "hidden_width=8,12", "lr=0.05,0.1", `epochs=${EPOCHS}`],
].flatMap((values) => ["--set", values]);
const EVERYTHING = [
  ...[JOURNAL_STREAM, PACKS_STREAM, `KV_${WORKERS_BUCKET}`, `KV_${SWEEPS_BUCKET}`],
  `OBJ_${ARTIFACTS_BUCKET}`,
];

function open(url: string): Promise<Transport> {
  return openTransport(parseNatsTarget(url), { name: "test", leaseMs: milliseconds(10_000) });
}

async function epochsTrained({ journal }: Transport): Promise<number> {
  const [id] = await journal.sweeps();
  const view = id === undefined ? null : await readSweepView(journal.read(id));
  return view?.epochsTrained ?? 0;
}

async function replicas(url: string): Promise<readonly number[]> {
  await using link = await connectNats(url, { name: "test" });
  const manager = await link.connection.jetstreamManager();
  const infos = await Promise.all(EVERYTHING.map((name) => manager.streams.info(name)));
  return infos.map(({ config }) => config.num_replicas);
}

/** A stream that has been moved has no leader for a moment. */
async function leaderOf(cluster: NatsCluster, stream: string): Promise<number> {
  let leader = -1;
  await eventually(`a leader of ${stream}`, async () => {
    leader = await cluster.leaderOf(stream).catch(() => -1);
    return leader >= 0;
  }, WITHIN_MS);
  return leader;
}

Deno.test({
  name:
    "sweep over a cluster of three ends well without the node that led its journal, which was killed " +
    "with -9, and completes each trial once",
  ignore,
  fn: async () => {
    await using cluster = await NatsCluster.start();
    await using home = await temporaryHome();
    await using sweep = new TrawlProcess([
      ...["sweep", "quickstart", ...SWEEP, "--max-lanes", "2", "--workers", "1", "--json"],
      ...["--no-dashboard", "--home", home.path, "--nats", cluster.url(), "--replicas", "3"],
    ], { timeoutMs: 3 * WITHIN_MS });
    {
      await using transport = await open(cluster.url());
      const isTraining = async () => await epochsTrained(transport) > 2;
      await eventually("some epochs", isTraining, WITHIN_MS);
    }
    assert.deepEqual(await replicas(cluster.url()), EVERYTHING.map(() => 3));
    const leader = await leaderOf(cluster, JOURNAL_STREAM);
    assert.ok(!sweep.stdout.includes(`"summary"`), "the sweep was over before the node was killed");
    await cluster.nodes[leader]!.kill();
    let isOver = false;
    const ended = sweep.finished.finally(() => isOver = true);
    await eventually("the end without the node", () => isOver, WITHIN_MS);
    const { code, stdout, stderr } = await ended;
    assert.equal(code, 0, stderr);
    const { trials } = JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "");
    assert.equal(trials.completed, 4, stderr);
    await using survivors = await open(cluster.url([(leader + 1) % 3, (leader + 2) % 3]));
    const [id] = await survivors.journal.sweeps();
    assert.ok(id !== undefined);
    const entries = await Array.fromAsync(survivors.journal.read(id));
    assert.deepEqual(journalProblems(entries, { trials: 4, epochs: EPOCHS }), []);
  },
});
