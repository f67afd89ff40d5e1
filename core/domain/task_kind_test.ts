import assert from "node:assert/strict";
import { LOSSES, lossOf, outputsOf, TASK_KIND_FACTS, TASK_KINDS } from "./task_kind.ts";

Deno.test("lossOf() gives each kind its own loss, asked for or not, and refuses the others'", () => {
  assert.deepEqual(TASK_KINDS.map((kind) => lossOf(kind, null)), LOSSES);
  for (const kind of TASK_KINDS) {
    for (const loss of LOSSES) {
      if (loss === TASK_KIND_FACTS[kind].loss) assert.equal(lossOf(kind, loss), loss);
      else {assert.throws(() =>
          lossOf(kind, loss), /^RangeError: Cannot train \w+ with loss \w+: it/);}
    }
  }
});

Deno.test("outputsOf() has an output for each class, and a single one otherwise", () => {
  assert.deepEqual(TASK_KINDS.map((kind) => outputsOf(kind, 7)), [7, 1, 1]);
});

Deno.test("TASK_KIND_FACTS lets no metric of the test set choose the winner", () => {
  for (const { objectives, finals } of Object.values(TASK_KIND_FACTS)) {
    assert.ok(objectives.every(({ name }) => !name.startsWith("test_") && !finals.includes(name)));
    assert.ok(
      objectives.every(({ name, goal }) =>
        goal === (name.endsWith("accuracy") ? "maximize" : "minimize")
      ),
    );
  }
});
