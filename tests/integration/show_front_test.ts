import assert from "node:assert/strict";
import { runCli } from "../../cli/program.ts";
import { beginSweep } from "../../cli/ready_sweep.ts";
import { systemTimers } from "../../cli/system_timers.ts";
import {
  parseAttempt,
  parseConfigurationId,
  parsePackId,
  parseTrialId,
  parseWorkerId,
} from "../../core/domain/ids.ts";
import { objectiveValue } from "../../core/domain/objective.ts";
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import type { SweepSpec } from "../../core/domain/sweep_spec.ts";
import { epoch, milliseconds } from "../../core/domain/units.ts";
import { parseNatsTarget } from "../../core/nats/nats_target.ts";
import { openTransport } from "../../core/nats/transport.ts";
import { natsServerBinaryOrSkip, TestNatsServer } from "../support/nats_server.ts";
import { DATASET, specOf } from "../support/specs.ts";

/** Accuracy and loss of each configuration: the second one is dominated. */
const RESULTS = [[0.9, 0.5], [0.8, 0.6], [0.7, 0.2]] as const;
const OBJECTIVES: SweepSpec["objectives"] = [
  { name: "val_accuracy", goal: "maximize" },
  { name: "train_loss", goal: "minimize" },
];

function events(): readonly SweepEvent[] {
  const trials = RESULTS.map((_, n) => ({
    trial: parseTrialId(n),
    configuration: parseConfigurationId(n),
    replicate: 0,
    hyperparameters: { lr: [0.05, 0.2, 0.05][n] ?? 0, hidden_width: 8 * (n + 1), epochs: 2 },
  }));
  const pack = parsePackId(0);
  const attempt = parseAttempt(1);
  return [
    { type: "trialsQueued", trials },
    { type: "packsQueued", packs: [{ pack, trials: trials.map(({ trial }) => trial) }] },
    {
      type: "packLeased",
      pack,
      attempt,
      worker: parseWorkerId("w-1"),
      backend: "cpu",
      delivery: { sequence: 1, count: 1 },
    },
    ...RESULTS.map(([accuracy, loss], n): SweepEvent => ({
      type: "trialCompleted",
      pack,
      attempt,
      trial: parseTrialId(n),
      epoch: epoch(2),
      objective: objectiveValue(accuracy),
      metrics: { val_accuracy: accuracy, train_loss: loss },
      result: null,
      model: null,
    })),
  ];
}

Deno.test({
  name: "runCli() shows the front of a sweep with several objectives, and of no other",
  ignore: !(await natsServerBinaryOrSkip()),
  fn: async () => {
    await using server = await TestNatsServer.start();
    const trawl = async (...args: readonly string[]) => {
      const lines: string[] = [];
      const line = (text: string): void => void lines.push(text);
      const context = { output: { line, note: line }, env: () => undefined, timers: systemTimers };
      const code = await runCli([...args, "--nats", server.url], context);
      return { code, text: lines.join("\n") };
    };
    {
      await using transport = await openTransport(parseNatsTarget(server.url), {
        name: "test",
        leaseMs: milliseconds(10_000),
      });
      for (const spec of [specOf({ name: "two", objectives: OBJECTIVES }), specOf()]) {
        const { writer } = await beginSweep({ spec, dataset: DATASET }, transport, systemTimers);
        await writer.append({ v: 1, at: systemTimers.now(), events: events() });
      }
    }
    const shown = await trawl("show", "two", "--front");
    assert.equal(shown.code, 0, shown.text);
    assert.match(shown.text, /Pareto front: 2 configurations of 3/);
    const { code, text } = await trawl("show", "two", "--front", "--json");
    assert.equal(code, 0, text);
    const { front, history } = JSON.parse(text);
    assert.deepEqual(
      front.map(({ configuration }: { readonly configuration: number }) => configuration),
      [0, 2],
    );
    assert.equal(history.length, 3);
    assert.match(
      (await trawl("show", "two")).text,
      /\n2 objectives: maximize val_accuracy, minimize/,
    );

    const alone = await trawl("show", "small", "--front");
    assert.notEqual(alone.code, 0);
    assert.match(
      alone.text,
      /Cannot show the front of sweep "small-[\w-]+": its only objective is/,
    );
    assert.match((await trawl("show", "two/1", "--front")).text, /"two\/1": it is one trial/);
  },
});
