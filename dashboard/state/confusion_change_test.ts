import assert from "node:assert/strict";
import { describeChange } from "../client/compare/confusion_change_card.tsx";
import { type Confuser, confusionChange } from "./confusion_change.ts";

const confuser = (trial: number, test: readonly (readonly number[])[]): Confuser => ({
  trial,
  result: { classes: ["cat", "dog"], confusions: { train: [], validation: [], test } },
});

Deno.test("confusionChange() is the second trial's confusions minus the first one's", () => {
  const change = confusionChange(confuser(3, [[8, 2], [4, 6]]), confuser(7, [[9, 1], [5, 5]]));
  assert.ok(change.kind === "known");
  assert.deepEqual(change.cells, [[1, -1], [1, -1]]);
  assert.deepEqual(change.right, [14, 14]);
  assert.equal(change.largest, 1);
  assert.equal(
    describeChange(change),
    "Of 20 test examples trial 7 gets 14 right, as many right as trial 3.",
  );
  const worse = confusionChange(confuser(3, [[8, 2], [4, 6]]), confuser(7, [[8, 2], [9, 1]]));
  assert.ok(worse.kind === "known");
  assert.match(describeChange(worse), /trial 7 gets 9 right, 5 fewer right than trial 3\.$/);
});

Deno.test("confusionChange() says why there is none", () => {
  const says = (first: Confuser, second: Confuser, message: RegExp): void => {
    const change = confusionChange(first, second);
    assert.ok(change.kind === "none");
    assert.match(change.message, message);
  };
  const one = confuser(1, [[1, 0], [0, 1]]);
  says(one, { trial: 4, result: null }, /No result is stored of trial 4/);
  says(one, { trial: 4, result: { classes: [], confusions: null } }, /numbers are predicted/);
  says(one, confuser(4, [[2, 0], [0, 1]]), /tested on different examples/);
});
