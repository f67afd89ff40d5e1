import assert from "node:assert/strict";
import { parseTrialFilter } from "../trials/trial_filter.ts";
import { handedOn } from "./handed_on.ts";
import type { ParameterFilter, ParametersSnapshot } from "./parameters_model.ts";

const NOTHING: ParameterFilter = {
  min: null,
  max: null,
  top: null,
  worker: null,
  pack: null,
  text: "",
  outcomes: ["completed", "diverged"],
  ranges: [],
  choices: [],
};

type Page = Parameters<typeof handedOn>[0];

function read(filter: Partial<ParameterFilter>, query = ""): Record<string, string> {
  const axes: ParametersSnapshot["axes"] = [
    { kind: "choices", name: "activation", values: ["relu", "tanh", "a b"], hasAbsent: false },
    { kind: "choices", name: "rare", values: ["x", "y"], hasAbsent: true },
  ];
  const objective: Page["objective"] = {
    metric: "val_loss",
    goal: "minimize",
  } as Page["objective"];
  const filtered = { ...NOTHING, ...filter };
  return Object.fromEntries(
    new URLSearchParams(handedOn({ query, filter: filtered, axes, objective })),
  );
}

Deno.test("handedOn() says the fields of the Parameters page as comparisons", () => {
  assert.deepEqual(read({}), {});
  assert.deepEqual(
    read({ min: 0.1, max: 2, top: 5, text: "lr>0", ranges: [{ name: "w d", min: 3, max: null }] }),
    { q: 'lr>0 val_loss>=0.1 val_loss<=2 best%<=5 "w d">=3' },
  );
});

Deno.test("handedOn() leaves out what is not chosen, unless that would let in what has no value", () => {
  const choose = (name: string, ...values: readonly string[]): Record<string, string> =>
    read({ choices: [{ name, values }] });
  assert.deepEqual(choose("activation", "a b"), { q: 'activation="a b"' });
  assert.deepEqual(choose("activation", "relu", "tanh"), { q: 'activation!="a b"' });
  assert.deepEqual(choose("rare", "x", "y"), {});
});

Deno.test("handedOn() keeps worker, pack and one state, and nothing that other pages do not know", () => {
  const query = "worker=a&pack=3&state=failed&flip=lr&min.lr=1";
  assert.deepEqual(read({}, query), { worker: "a", pack: "3", state: "failed" });
  assert.deepEqual(read({}, "state=failed&state=pruned"), {});
});

Deno.test("handedOn() says no more than another page can read", () => {
  const ranges = Array.from({ length: 60 }, (_, i) => ({ name: `width_${i}`, min: 1, max: 2 }));
  const { q = "" } = read({ text: "lr>0", ranges });
  assert.ok(q.length <= 500 && q.length > 450, `${q.length} characters`);
  assert.equal(parseTrialFilter(q, ["lr", ...ranges.map(({ name }) => name)])[0]?.name, "lr");
});
