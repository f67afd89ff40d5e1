import assert from "node:assert/strict";
import { parseNatsTarget } from "../../core/nats/nats_target.ts";
import { connectNats } from "../../core/nats/connect.ts";
import { openTransport, type Transport } from "../../core/nats/transport.ts";
import { milliseconds } from "../../core/domain/units.ts";
import { JOURNAL_STREAM } from "../../core/protocol/subjects.ts";
import { readSweepView } from "../../core/views/sweep_view.ts";
import { natsServerBinaryOrSkip, TestNatsServer } from "../support/nats_server.ts";
import { eventually, runTrawl, temporaryHome, TrawlProcess } from "../support/trawl_process.ts";

const ignore = !(await natsServerBinaryOrSkip());
/** Four trials that take some seconds each. */
const LONG = ["batch_size=64", "depth=1", "hidden_width=16,32", "epochs=60"].flatMap((values) => [
  "--set",
  values,
]);

/** A sweep on a server that its user runs, once it has reported some epochs. */
async function startSweep(server: TestNatsServer, home: string): Promise<TrawlProcess> {
  const process = new TrawlProcess([
    ...["sweep", "quickstart", ...LONG, "--json", "--no-dashboard"],
    ...["--home", home, "--nats", server.url],
  ], { timeoutMs: 300_000 });
  await using transport = await open(server);
  await eventually("some epochs", async () => {
    const [id] = await transport.journal.sweeps();
    const view = id === undefined ? null : await readSweepView(transport.journal.read(id));
    return (view?.epochsTrained ?? 0) > 4;
  });
  return process;
}

function open(server: TestNatsServer): Promise<Transport> {
  return openTransport(parseNatsTarget(server.url), {
    name: "test",
    leaseMs: milliseconds(10_000),
  });
}

Deno.test({
  name: "sweep on a server that dies for good ends at Ctrl-C, and says how to go on",
  ignore,
  fn: async () => {
    await using home = await temporaryHome();
    await using server = await TestNatsServer.start();
    await using sweep = await startSweep(server, home.path);
    await server.kill();
    await eventually("the sweep to notice", () => sweep.stderr.includes("Lost the NATS server"));
    const interruptedAt = performance.now();
    sweep.signal("SIGINT");
    const { code, stderr } = await sweep.finished;
    assert.equal(code, 130, stderr);
    assert.match(stderr, /trawl resume quickstart-/);
    assert.ok(performance.now() - interruptedAt < 120_000, "it took too long to end");
  },
});

Deno.test({
  name: "sweep goes on when its server was away for some seconds, and loses no trial",
  ignore,
  fn: async () => {
    await using home = await temporaryHome();
    await using server = await TestNatsServer.start();
    await using sweep = await startSweep(server, home.path);
    await server.kill();
    await eventually("the sweep to notice", () => sweep.stderr.includes("Lost the NATS server"));
    await server.restart();
    const { code, stdout, stderr } = await sweep.finished;
    assert.equal(code, 0, stderr);
    const lines = stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
    assert.equal(lines.at(-1).trials.completed, 4);
    const connection = lines.filter(({ type }) => type === "connection");
    assert.equal(connection[0]?.state, "lost");
    assert.equal(connection.at(-1)?.state, "restored");
    assert.match(stderr, /Connected to the NATS server at .* again after/);
  },
});

Deno.test({
  name: "sweep whose journal is deleted ends, says which stream is gone, and writes none anew",
  ignore,
  fn: async () => {
    await using home = await temporaryHome();
    await using server = await TestNatsServer.start();
    await using sweep = await startSweep(server, home.path);
    await using link = await connectNats(server.url, { name: "test" });
    const manager = await link.connection.jetstreamManager();
    await manager.streams.delete(JOURNAL_STREAM);
    const { code, stderr } = await sweep.finished;
    assert.equal(code, 3, stderr);
    assert.match(stderr, new RegExp(`stream "${JOURNAL_STREAM}" is gone from the server`));
    await assert.rejects(manager.streams.info(JOURNAL_STREAM), /stream not found/);
  },
});

Deno.test({
  name: "stop ends a sweep, its workers included, within seconds",
  ignore,
  fn: async () => {
    await using home = await temporaryHome();
    await using server = await TestNatsServer.start();
    await using sweep = await startSweep(server, home.path);
    const stoppedAt = performance.now();
    const stop = await runTrawl(["stop", "latest", "--home", home.path, "--nats", server.url]);
    assert.equal(stop.code, 0, stop.stderr);
    const { code, stdout } = await sweep.finished;
    assert.equal(code, 1);
    const { state, trials } = JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "");
    assert.equal(state, "cancelled");
    assert.equal(trials.running + trials.queued, 0);
    assert.ok(performance.now() - stoppedAt < 6_000, "it took too long to end");
  },
});
