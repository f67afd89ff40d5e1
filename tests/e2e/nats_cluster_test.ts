import assert from "node:assert/strict";
import { milliseconds } from "../../core/domain/units.ts";
import { parseNatsTarget } from "../../core/nats/nats_target.ts";
import { openTransport, type Transport } from "../../core/nats/transport.ts";
import { JOURNAL_STREAM, PACKS_STREAM } from "../../core/protocol/subjects.ts";
import { readSweepView } from "../../core/views/sweep_view.ts";
import { journalProblems } from "../chaos/invariants.ts";
import { connectNats } from "../../core/nats/connect.ts";
import { NatsCluster } from "../support/nats_cluster.ts";
import { natsServerBinaryOrSkip } from "../support/nats_server.ts";
import { eventually, temporaryHome, TrawlProcess } from "../support/trawl_process.ts";

const ignore = !(await natsServerBinaryOrSkip());
const EPOCHS = 16;
/** Six trials, in packs of two: some run while others wait, whatever the moment. */
const SWEEP = [
  ...["batch_size=128", "depth=1", "hidden_width=8,12,16", "lr=0.05,0.1", `epochs=${EPOCHS}`],
].flatMap((values) => ["--set", values]);

function open(url: string): Promise<Transport> {
  return openTransport(parseNatsTarget(url), { name: "test", leaseMs: milliseconds(10_000) });
}

async function epochsTrained({ journal }: Transport): Promise<number> {
  const [id] = await journal.sweeps();
  const view = id === undefined ? null : await readSweepView(journal.read(id));
  return view?.epochsTrained ?? 0;
}

async function problems({ journal }: Transport): Promise<readonly string[]> {
  const [id] = await journal.sweeps();
  assert.ok(id !== undefined);
  return journalProblems(await Array.fromAsync(journal.read(id)), { trials: 6, epochs: EPOCHS });
}

Deno.test({
  name:
    "sweep over a cluster of three outlives the node that leads its journal, and each trial is " +
    "completed once",
  ignore,
  fn: async () => {
    await using cluster = await NatsCluster.start();
    await using home = await temporaryHome();
    await using sweep = new TrawlProcess([
      ...["sweep", "quickstart", ...SWEEP, "--max-lanes", "2", "--json", "--no-dashboard"],
      ...["--home", home.path, "--nats", cluster.url(), "--replicas", "3"],
    ], { timeoutMs: 300_000 });
    {
      await using transport = await open(cluster.url());
      await eventually("some epochs", async () => await epochsTrained(transport) > 2, 120_000);
    }
    await using link = await connectNats(cluster.url(), { name: "test" });
    const manager = await link.connection.jetstreamManager();
    for (const name of [JOURNAL_STREAM, PACKS_STREAM, "KV_trawl_workers", "OBJ_trawl_artifacts"]) {
      await eventually(`three replicas of ${name}`, async () => {
        const info = await manager.streams.info(name).catch(() => null);
        return info?.config.num_replicas === 3;
      });
    }
    let leader = -1;
    await eventually("a leader of the journal", async () => {
      leader = await cluster.leaderOf(JOURNAL_STREAM).catch(() => -1);
      return leader >= 0;
    });
    await cluster.nodes[leader]!.kill();
    const others = cluster.url([(leader + 1) % 3, (leader + 2) % 3]);
    await using survivors = await open(others);
    const before = await epochsTrained(survivors);
    await eventually("epochs without the node", async () => {
      return await epochsTrained(survivors) > before;
    }, 120_000);
    await cluster.nodes[leader]!.start();
    const { code, stdout, stderr } = await sweep.finished;
    assert.equal(code, 0, stderr);
    const { trials } = JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "");
    assert.equal(trials.completed, 6);
    assert.deepEqual(await problems(survivors), []);
  },
});
