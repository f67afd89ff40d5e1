import assert from "node:assert/strict";
import type { SweepSpec } from "../../core/domain/sweep_spec.ts";
import { StoryReader } from "../../core/views/trial_story.ts";
import { simulate, type Simulated } from "../../tests/support/simulated_search.ts";
import { specOf } from "../../tests/support/specs.ts";
import { whyLines } from "./why.ts";

const SPEC = specOf({
  method: "tpe",
  runCap: 24,
  batch: 4,
  maxLanes: 4,
  scheduler: { type: "asha", variant: "promotion", minEpochs: 1, eta: 3 },
  parameters: [
    { name: "lr", domain: { kind: "float", scale: "log", min: 0.001, max: 0.3 } },
    { name: "epochs", domain: { kind: "values", values: [9] } },
  ],
});

function why(
  { ledger, entries }: Simulated,
  spec: SweepSpec,
  isWanted: (status: string) => boolean,
) {
  const trial = ledger.trials.findLast(({ state }) => isWanted(state.status));
  assert.ok(trial !== undefined);
  const reader = new StoryReader(trial.id, spec);
  for (const event of entries.flat()) reader.apply(event);
  return whyLines(reader.story, spec);
}

Deno.test("whyLines() tells the sampler's evidence, the rungs with their ranks, and what ended a trial", () => {
  const swept = simulate({ spec: SPEC, enqueue: [[5, { lr: 0.29 }]] });
  const pruned = why(swept, SPEC, (status) => status === "pruned");
  assert.match(pruned[1] ?? "", /proposed by tpe from this evidence: .*completed \d+.*pending \d+/);
  assert.match(pruned[2] ?? "", /begins, to train until epoch 1 at first/);
  assert.match(
    pruned[3] ?? "",
    /epoch 1: val_accuracy 0\.\d+, rank \d+ of \d+ that came so far; it/,
  );
  assert.match(pruned.at(-1) ?? "", /pruned at rung \d after epoch \d: \S/);
  const completed = why(swept, SPEC, (status) => status === "completed");
  assert.equal(
    completed.filter((line) => /goes on (until epoch 3|to its end):.*rank/.test(line)).length,
    2,
  );
  assert.match(completed.at(-1) ?? "", /completed: val_accuracy 0\.\d+ after epoch 9/);
});

Deno.test("whyLines() says so where nothing was learned, or somebody asked by hand", () => {
  const grid = specOf();
  assert.match(why(simulate({ spec: grid }), grid, () => true)[1] ?? "", /its place in the plan/);
  const learning = specOf({ method: "tpe", runCap: 2, parameters: SPEC.parameters });
  const first = why(simulate({ spec: learning }), learning, () => true)[1] ?? "";
  assert.match(first, /proposed by tpe, evenly spread before it learns: completed 0, stopped 0/);
  const random = specOf({ method: "random", runCap: 2 });
  const drawn = why(simulate({ spec: random }), random, () => true);
  assert.match(drawn[1] ?? "", /proposed by random: its number in the sweep/);
  const asked = specOf({ method: "tpe", runCap: 4, batch: 2, parameters: SPEC.parameters });
  const reader = new StoryReader(simulate({ spec: asked }).ledger.trials[0]!.id, asked);
  reader.apply({
    type: "trialsQueued",
    trials: [{
      trial: simulate({ spec: asked }).ledger.trials[0]!.id,
      configuration: simulate({ spec: asked }).ledger.trials[0]!.configuration,
      replicate: 0,
      hyperparameters: {},
      proposal: { sampler: "manual", facts: { by: "cli" } },
    }],
  });
  assert.match(whyLines(reader.story, asked)[1] ?? "", /asked for by hand: by cli/);
});
