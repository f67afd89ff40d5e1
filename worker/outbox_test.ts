import assert from "node:assert/strict";
import fc from "fast-check";
import { parseTrialId } from "../core/domain/ids.ts";
import { epoch, milliseconds } from "../core/domain/units.ts";
import type { EpochRecord } from "../core/protocol/messages.ts";
import { settle } from "../tests/support/fake_timers.ts";
import { Outbox, type SavedCheckpoint } from "./outbox.ts";
import { batchLength, waitingEpoch } from "./report_batch.ts";

function record(number: number): EpochRecord {
  const lane = { trial: parseTrialId(0), kind: "measured", metrics: { val_loss: 1 / 3 } } as const;
  return { epoch: epoch(number), durationMs: milliseconds(1), lanes: [lane] };
}

function checkpoint(number: number): SavedCheckpoint {
  return { epoch: epoch(number), trials: [parseTrialId(0)], bytes: new Uint8Array(number) };
}

/** An outbox whose deliveries end only when the test lets them. */
function setUp(limits?: { epochs: number; bytes: number }) {
  const sent: string[] = [];
  const gates: (() => void)[] = [];
  const gate = async (what: string): Promise<void> => {
    sent.push(what);
    await new Promise<void>((resolve) => gates.push(resolve));
  };
  const outbox = new Outbox({
    report: async (epochs) => {
      await gate(epochs.map((one) => one.epoch).join());
      return [];
    },
    store: (saved) => gate(`checkpoint ${saved.epoch}`),
    detach: (lanes) => gate(`detach ${lanes.epoch}`),
    decided: () => {},
  }, limits === undefined ? {} : { limits });
  const release = async (): Promise<void> => {
    gates.shift()?.();
    await settle();
  };
  return { outbox, sent, release };
}

const never = (): AbortSignal => new AbortController().signal;

Deno.test("Outbox sends what came during a delivery as one message", async () => {
  const { outbox, sent, release } = setUp();
  const running = outbox.run({ signal: never() });
  outbox.addEpoch(record(1));
  await settle();
  for (const number of [2, 3, 4]) outbox.addEpoch(record(number));
  await release();
  assert.deepEqual(sent, ["1", "2,3,4"]);
  outbox.close();
  await release();
  await running;
});

Deno.test("Outbox sends a checkpoint after the epochs in it and before the later ones", async () => {
  const { outbox, sent, release } = setUp();
  const running = outbox.run({ signal: never() });
  outbox.addEpoch(record(1));
  await settle();
  outbox.addEpoch(record(2));
  outbox.addCheckpoint(checkpoint(2));
  await release();
  assert.deepEqual(sent, ["1", "2"]);
  outbox.addEpoch(record(3));
  await release();
  await release();
  assert.deepEqual(sent, ["1", "2", "checkpoint 2", "3"]);
  outbox.close();
  await release();
  await running;
});

Deno.test("Outbox stores only the newest of the checkpoints that wait", async () => {
  const { outbox, sent, release } = setUp();
  const running = outbox.run({ signal: never() });
  outbox.addCheckpoint(checkpoint(1));
  await settle();
  outbox.addCheckpoint(checkpoint(2));
  outbox.addCheckpoint(checkpoint(3));
  await release();
  outbox.close();
  await release();
  await running;
  assert.deepEqual(sent, ["checkpoint 1", "checkpoint 3"]);
});

Deno.test("Outbox lets lanes leave after the epochs that they have told, and tells none too many", async () => {
  const { outbox, sent, release } = setUp();
  const running = outbox.run({ signal: never() });
  outbox.addEpoch(record(1));
  await settle();
  outbox.addEpoch(record(2));
  outbox.addLeaving(checkpoint(2));
  outbox.addLeaving(checkpoint(2));
  outbox.addEpoch(record(3));
  outbox.addCheckpoint(checkpoint(3));
  outbox.close();
  for (let delivery = 0; delivery < 6; delivery++) await release();
  assert.deepEqual(sent, ["1", "2", "detach 2", "detach 2", "3", "checkpoint 3"]);
  await running;
});

Deno.test("Outbox ends with the signal's reason, also while it is idle", async () => {
  const { outbox } = setUp();
  const controller = new AbortController();
  const running = outbox.run({ signal: controller.signal });
  await settle();
  controller.abort(new RangeError("enough"));
  await assert.rejects(running, RangeError);
});

Deno.test("Outbox ends with what a delivery throws", async () => {
  const outbox = new Outbox({
    report: () => Promise.reject(new SyntaxError("refused")),
    store: () => Promise.resolve(),
    detach: () => Promise.resolve(),
    decided: () => {},
  });
  outbox.addEpoch(record(1));
  await assert.rejects(outbox.run({ signal: never() }), SyntaxError);
});

Deno.test("Outbox loses, repeats and reorders nothing, whatever comes between deliveries", async () => {
  const actions = fc.array(fc.constantFrom("epoch", "checkpoint", "release"), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(actions, async (steps) => {
      const { outbox, sent, release } = setUp({ epochs: 3, bytes: 1e9 });
      const running = outbox.run({ signal: never() });
      let epochs = 0;
      for (const step of steps) {
        if (step === "epoch") outbox.addEpoch(record(++epochs));
        if (step === "checkpoint" && epochs > 0) outbox.addCheckpoint(checkpoint(epochs));
        if (step === "release") await release();
      }
      outbox.close();
      let isOver = false;
      void running.then(() => isOver = true);
      while (!isOver) await release();
      let delivered = 0;
      for (const message of sent) {
        const stored = /^checkpoint (\d+)$/.exec(message);
        if (stored !== null) {
          assert.ok(Number(stored[1]) <= delivered, "a checkpoint went ahead of its epochs");
          continue;
        }
        const numbers = message.split(",").map(Number);
        assert.ok(numbers.length <= 3);
        for (const number of numbers) assert.equal(number, ++delivered);
      }
      assert.equal(delivered, epochs);
    }),
    { numRuns: 30 },
  );
});

Deno.test("batchLength keeps every message within both limits unless one epoch is larger", () => {
  fc.assert(fc.property(
    fc.array(fc.integer({ min: 1, max: 500 }), { maxLength: 60 }),
    fc.integer({ min: 1, max: 20 }),
    fc.integer({ min: 1, max: 2_000 }),
    (sizes, epochs, bytes) => {
      const waiting = sizes.map((size) => ({ ...waitingEpoch(record(1)), size }));
      const length = batchLength(waiting, { epochs, bytes });
      const total = (count: number) => sizes.slice(0, count).reduce((sum, size) => sum + size, 0);
      if (sizes.length === 0) return assert.equal(length, 0);
      assert.ok(length >= 1 && length <= epochs);
      assert.ok(length === 1 || total(length) <= bytes);
      const isMaximal = length === sizes.length || length === epochs || total(length + 1) > bytes;
      assert.ok(isMaximal, "one more would have fitted");
    },
  ));
});

Deno.test("waitingEpoch() never counts fewer bytes than an epoch has on the wire", () => {
  const metrics = fc.dictionary(
    fc.stringMatching(/^[a-z_]{1,12}$/),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    { maxKeys: 10, noNullPrototype: true },
  );
  const lane = fc.oneof(
    fc.record({ trial: fc.maxSafeNat().map(parseTrialId), kind: fc.constant("measured"), metrics }),
    fc.record({ trial: fc.maxSafeNat().map(parseTrialId), kind: fc.constant("diverged") }),
  );
  const wide = fc.record({
    epoch: fc.maxSafeNat().map(epoch),
    durationMs: fc.double({ min: 0, max: 1e9, noNaN: true }).map(milliseconds),
    lanes: fc.array(lane, { maxLength: 20 }),
  });
  fc.assert(fc.property(wide, (one) => {
    const known = one as EpochRecord;
    assert.ok(waitingEpoch(known).size >= JSON.stringify(known).length);
  }));
});
