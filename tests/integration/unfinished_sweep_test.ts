import assert from "node:assert/strict";
import { systemTimers } from "../../cli/system_timers.ts";
import { beginSweep, recoverExisting, takeOver } from "../../cli/ready_sweep.ts";
import { findSweepId } from "../../cli/find_sweep.ts";
import { readSweepLines } from "../../cli/sweep_lines.ts";
import { findUnfinished } from "../../cli/unfinished_sweep.ts";
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import { milliseconds } from "../../core/domain/units.ts";
import { parseNatsTarget } from "../../core/nats/nats_target.ts";
import { openTransport, type Transport } from "../../core/nats/transport.ts";
import { probeCoordinator } from "../../core/protocol/coordinator_probe.ts";
import { JournalConflictError } from "../../core/protocol/ports.ts";
import { natsServerBinaryOrSkip, TestNatsServer } from "../support/nats_server.ts";
import { DATASET, specOf } from "../support/specs.ts";

const ignore = !(await natsServerBinaryOrSkip());
const ENDED: SweepEvent = { type: "sweepEnded", outcome: "cancelled", by: "test" };

function open(server: TestNatsServer): Promise<Transport> {
  return openTransport(parseNatsTarget(server.url), {
    name: "test",
    leaseMs: milliseconds(10_000),
  });
}

function append(writer: { append: (entry: never) => Promise<number> }, event: SweepEvent) {
  return writer.append({ v: 1, at: systemTimers.now(), events: [event] } as never);
}

Deno.test({
  name: "findUnfinished() finds the very same sweep when it was left, and no other",
  ignore,
  fn: async () => {
    await using server = await TestNatsServer.start();
    await using reader = await open(server);
    const asked = { spec: specOf(), dataset: DATASET };
    assert.equal(await findUnfinished(asked, reader), null);

    const gone = await open(server);
    const { ledger, writer } = await beginSweep(asked, gone, systemTimers);
    // It listens from before its first entry on, though it does not answer yet.
    const timeoutMs = milliseconds(300);
    const { kind } = await probeCoordinator(reader.api, ledger.id, { timeoutMs });
    assert.equal(kind, "silent");
    assert.equal(await findUnfinished(asked, reader, { timeoutMs }), null);
    await append(writer, { type: "sweepPaused", by: "test" });
    await gone[Symbol.asyncDispose]();

    const patient = { timeoutMs: milliseconds(30_000) };
    assert.equal((await probeCoordinator(reader.api, ledger.id, patient)).kind, "absent");
    const found = await findUnfinished(asked, reader, patient);
    assert.equal(found?.ledger.id, ledger.id);
    assert.equal(found.ledger.status, "paused");
    const others = [
      { ...asked, spec: specOf({ seed: 2 }) },
      { ...asked, spec: specOf({ name: "other" }) },
      { ...asked, dataset: { ...DATASET, digest: "11" } },
    ];
    for (const other of others) assert.equal(await findUnfinished(other, reader), null);

    const taker = await open(server);
    const recovered = await recoverExisting(ledger.id, taker);
    const taken = await takeOver(recovered, taker, { timers: systemTimers, events: [] });
    assert.equal(taken.ledger.status, "running");
    assert.equal(taken.hasStarted, true);
    const last = await reader.journal.last(ledger.id);
    assert.deepEqual(last?.entry.events.map(({ type }) => type), [
      "coordinatorStarted",
      "sweepResumed",
    ]);
    await assert.rejects(
      takeOver(found, reader, { timers: systemTimers, events: [] }),
      JournalConflictError,
    );
    await append(taken.writer, ENDED);
    await taker[Symbol.asyncDispose]();
    assert.equal(await findUnfinished(asked, reader), null);
  },
});

Deno.test({
  name: "findUnfinished() finds a sweep that was reopened and left before the index heard of it",
  ignore,
  fn: async () => {
    await using server = await TestNatsServer.start();
    await using reader = await open(server);
    const asked = { spec: specOf(), dataset: DATASET };
    const gone = await open(server);
    const { ledger, writer, snapshots } = await beginSweep(asked, gone, systemTimers);
    const ended: SweepEvent = { type: "sweepEnded", outcome: "completed", by: "test" };
    const entry = { v: 1, at: systemTimers.now(), events: [ended] } as const;
    ledger.apply(ended);
    snapshots.observe({ sequence: await writer.append(entry), entry });
    await snapshots.saveLast(ledger);
    assert.equal((await reader.index.get(ledger.id))?.state, "completed");
    await append(writer, { type: "sweepReopened", by: "test" });
    await gone[Symbol.asyncDispose]();

    const patient = { timeoutMs: milliseconds(30_000) };
    assert.equal((await probeCoordinator(reader.api, ledger.id, patient)).kind, "absent");
    assert.equal((await findUnfinished(asked, reader, patient))?.ledger.status, "running");
  },
});

Deno.test({
  name: "readSweepLines() and findSweepId() know sweeps with a record, with an old one and without",
  ignore,
  fn: async () => {
    await using server = await TestNatsServer.start();
    await using reader = await open(server);
    const names = ["without", "fresh", "old"];
    const ids: string[] = [];
    for (const name of names) {
      await using transport = await open(server);
      const asked = { spec: specOf({ name }), dataset: DATASET };
      const { ledger, writer, snapshots } = await beginSweep(asked, transport, systemTimers);
      ids.push(ledger.id);
      if (name !== "without") await snapshots.saveLast(ledger);
      if (name === "old") await append(writer, ENDED);
    }
    const lines = await readSweepLines(reader);
    assert.deepEqual(lines.map(({ sweep }) => sweep as string).sort(), ids.toSorted());
    const stateOf = (name: string) => lines.find((line) => line.name === name)?.state;
    assert.equal(stateOf("without"), "interrupted");
    assert.equal(stateOf("fresh"), "interrupted");
    assert.equal(stateOf("old"), "cancelled");
    for (const [i, name] of names.entries()) {
      assert.equal(await findSweepId(reader, name), ids[i]);
      assert.equal(await findSweepId(reader, ids[i]?.slice(0, -2) ?? ""), ids[i]);
    }
    await assert.rejects(findSweepId(reader, "unknown"), { name: "UserError" });
  },
});
