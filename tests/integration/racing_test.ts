import assert from "node:assert/strict";
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import type { SweepSpec } from "../../core/domain/sweep_spec.ts";
import { nextRound } from "../../coordinator/racing/next_round.ts";
import { SweepLedger } from "../../core/domain/sweep_ledger.ts";
import { natsServerBinaryOrSkip } from "../support/nats_server.ts";
import { RunningSweep } from "../support/running_sweep.ts";
import { specOf } from "../support/specs.ts";

const ignore = !(await natsServerBinaryOrSkip());
const DEADLINE_MS = 120_000;

/** XOR: one learning rate that learns nothing, and two that do. */
const SPEC: SweepSpec = specOf({
  task: {
    dataset: "xor",
    examples: 200,
    noise: 0.15,
    validation: { kind: "cut", fraction: 0.2 },
    trainExamples: null,
  },
  metric: { name: "val_loss", goal: "minimize" },
  replicates: 3,
  racing: { max: 6 },
  maxLanes: 9,
  parameters: [
    { name: "lr", domain: { kind: "values", values: [0.000001, 0.2, 0.25] } },
    { name: "hidden_width", domain: { kind: "values", values: [8] } },
    { name: "loss", domain: { kind: "values", values: ["binary_cross_entropy"] } },
    { name: "activation", domain: { kind: "values", values: ["tanh"] } },
    { name: "epochs", domain: { kind: "values", values: [30] } },
  ],
});

/** What a race asked for and decided, without who trained it and when. */
function raceOf(events: readonly SweepEvent[]): readonly SweepEvent[] {
  return events.filter(({ type }) => type === "trialsQueued" || type === "roundDecided");
}

function isRound({ type }: SweepEvent): boolean {
  return type === "roundDecided";
}

Deno.test({
  name:
    "coordinate() races: more replicates for those that are tied, whoever trains and coordinates",
  ignore,
  fn: async () => {
    await using alone = await RunningSweep.create(SPEC);
    const straight = alone.coordinate();
    await Promise.all([straight, alone.work("only")]);
    assert.equal(await straight, "completed");
    const due = await alone.events();

    await using sweep = await RunningSweep.create(SPEC);
    const crash = new AbortController();
    const first = sweep.coordinate(crash.signal);
    const home = new AbortController();
    const stays = { maxIdleMs: null, drain: home.signal };
    const workers = [sweep.work("one", stays), sweep.work("two", stays)];
    await sweep.seen(isRound, DEADLINE_MS);
    crash.abort();
    const outcome = await first ?? await sweep.coordinate();
    home.abort();
    await Promise.all(workers);
    assert.equal(outcome, "completed");
    const events = await sweep.events();

    assert.deepEqual(raceOf(events), raceOf(due));
    assert.ok(due.some((event) => event.type === "roundDecided" && event.raised.length > 0));
    assert.equal(due.at(-1)?.type, "sweepEnded");
    const { counts, trials } = await sweep.ledger();
    assert.equal(counts.completed, counts.asked);
    assert.ok(trials.some(({ replicate }) => replicate >= 3), "nobody got more");
    assertRederived(due);
  },
});

/** Every decision follows from the journal before it. */
function assertRederived([created, ...events]: readonly SweepEvent[]): void {
  assert.ok(created?.type === "sweepCreated");
  const ledger = new SweepLedger(created);
  for (const event of events) {
    if (event.type === "roundDecided") assert.deepEqual(nextRound(ledger), event);
    ledger.apply(event);
  }
}
