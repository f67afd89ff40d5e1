import assert from "node:assert/strict";
import { parseTrialId } from "../../core/domain/ids.ts";
import type { JournalEntry, SweepEvent } from "../../core/domain/sweep_event.ts";
import { instant } from "../../core/domain/units.ts";
import { journalOf } from "../../tests/support/journals.ts";
import { specOf } from "../../tests/support/specs.ts";
import { EventLog } from "./event_log.ts";
import { TrialHistories } from "./trial_histories.ts";
import { trialTimeline } from "./trial_timeline.ts";

const spec = specOf();

function logOf(entries: Iterable<JournalEntry>): EventLog {
  const log = new EventLog(spec.metric.goal);
  let sequence = 0;
  for (const entry of entries) log.add({ sequence: ++sequence, entry });
  return log;
}

Deno.test("TrialHistories.of() tells every lease and loss of the packs that a trial was in", () => {
  const entries = [...journalOf({ configurations: 10, lanes: 3, lossRate: 0.3, failureRate: 0.2 })];
  const histories = new TrialHistories(logOf(entries));
  let losses = 0;
  for (let number = 0; number < 10; number++) {
    const trial = parseTrialId(number);
    const history = histories.of(trial);
    const types = history.map(({ event }) => event.type);
    assert.deepEqual(types.slice(0, 3), ["trialsQueued", "packed", "packLeased"]);
    assert.match(types.at(-1) ?? "", /^trial(Completed|Failed)$/);
    const orders = history.map(({ order }) => order);
    assert.deepEqual(orders, orders.toSorted((a, b) => a - b));
    const released = types.filter((type) => type === "packReleased").length;
    const leased = types.filter((type) => type === "packLeased").length;
    assert.ok(leased > released);
    losses += released;
  }
  assert.ok(losses > 0, "the journal has losses to tell of");
});

Deno.test("trialTimeline() has words for leases, losses, redeliveries and ends", () => {
  const trial = parseTrialId(0);
  const events = [
    {
      type: "trialsQueued",
      trials: [{
        trial,
        configuration: 0,
        replicate: 0,
        hyperparameters: {},
        proposal: { sampler: "tpe", facts: { completed: 12 } },
      }],
    },
    { type: "packsQueued", packs: [{ pack: 0, trials: [trial, 1] }] },
    {
      type: "packLeased",
      pack: 0,
      attempt: 1,
      worker: "w-1",
      backend: "wasm",
      delivery: { sequence: 1, count: 1 },
    },
    { type: "packReleased", pack: 0, attempt: 1, cause: { kind: "leaseExpired" } },
    {
      type: "packLeased",
      pack: 0,
      attempt: 2,
      worker: "w-2",
      backend: "cpu",
      delivery: { sequence: 1, count: 2 },
    },
    { type: "trialFailed", trial, reason: { kind: "exception", message: "<b>boom</b>" } },
    { type: "packReleased", pack: 0, attempt: 2, cause: { kind: "leaseExpired" } },
    { type: "trialRetried", trial, by: "ada" },
  ] as unknown as readonly SweepEvent[];
  const histories = new TrialHistories(
    logOf(events.map((event, i) => ({ v: 1, at: instant(1000 * i), events: [event] }))),
  );
  const timeline = trialTimeline(histories.of(trial), { trial, spec });
  assert.deepEqual(timeline.map(({ title, detail }) => [title, detail]), [
    ["asked for", "by tpe, from 12 completed"],
    ["queued in pack 0", "with 1 other trial"],
    ["leased to w-1", "attempt 1 of pack 0 · wasm"],
    [
      "attempt 1 lost: the lease expired",
      "its worker was not heard of for a whole lease; the pack is queued again",
    ],
    ["leased to w-2", "attempt 2 of pack 0 · cpu · delivered for the 2. time"],
    ["failed", "exception: <b>boom</b>"],
    ["queued again", "asked for by ada"],
  ]);
  assert.deepEqual(timeline.map(({ at }) => at), [0, 1000, 2000, 3000, 4000, 5000, 7000]);
});
