import assert from "node:assert/strict";
import fc from "fast-check";
import {
  describeRule,
  FULL_BATCH,
  MLP_PARAMETERS,
  parseMlpHyperparameters,
  satisfiesRule,
} from "./mlp_parameters.ts";

Deno.test("parseMlpHyperparameters() fills in every default", () => {
  assert.deepEqual(parseMlpHyperparameters({}), {
    batchSize: 64,
    lr: 0.01,
    hiddenWidth: 32,
    depth: 1,
    epochs: 5,
    activation: "relu",
    optimizer: "sgd",
    momentum: 0.9,
    weightDecay: 0,
    gradient: "manual",
    loss: null,
  });
});

Deno.test("parseMlpHyperparameters() takes each value by its name", () => {
  const given = {
    batch_size: 128,
    lr: 0.5,
    hidden_width: 10,
    depth: 3,
    epochs: 62,
    activation: "tanh",
    optimizer: "adam",
    momentum: 0.5,
    weight_decay: 0.01,
    gradient: "auto",
    loss: "mean_squared_error",
  };
  assert.deepEqual(parseMlpHyperparameters(given), {
    batchSize: 128,
    lr: 0.5,
    hiddenWidth: 10,
    depth: 3,
    epochs: 62,
    activation: "tanh",
    optimizer: "adam",
    momentum: 0.5,
    weightDecay: 0.01,
    gradient: "auto",
    loss: "mean_squared_error",
  });
});

Deno.test("parseMlpHyperparameters() takes full as more examples than there are", () => {
  assert.equal(parseMlpHyperparameters({ batch_size: "full" }).batchSize, FULL_BATCH);
});

Deno.test("parseMlpHyperparameters() refuses what breaks a rule, naming it and the rule", () => {
  const bad: readonly (readonly [string, number | string | boolean])[] = [
    ["batch_size", 0],
    ["batch_size", 1.5],
    ["batch_size", "64"],
    ["lr", 0],
    ["lr", -0.1],
    ["lr", NaN],
    ["lr", "0.1"],
    ["depth", 17],
    ["activation", "swish"],
    ["activation", true],
    ["optimizer", "rmsprop"],
    ["batch_size", "ful"],
    ["epochs", "full"],
    ["momentum", 1],
    ["momentum", -0.1],
    ["weight_decay", -1e-9],
    ["weight_decay", Infinity],
    ["gradient", "numeric"],
    ["loss", "hinge"],
  ];
  for (const [name, value] of bad) {
    assert.throws(() => parseMlpHyperparameters({ [name]: value }), (error) => {
      assert.ok(error instanceof RangeError);
      assert.ok(error.message.includes(name) && error.message.includes("it must be"));
      return true;
    });
  }
});

Deno.test("parseMlpHyperparameters() refuses unknown names, those of objects too", () => {
  for (const name of ["learning_rate", "constructor", "toString", "__proto__", ""]) {
    const given = JSON.parse(`{${JSON.stringify(name)}: 1}`) as Record<string, number>;
    assert.throws(() => parseMlpHyperparameters(given), /unknown parameter/, name);
  }
});

Deno.test("satisfiesRule() admits every default", () => {
  for (const [name, rule] of Object.entries(MLP_PARAMETERS)) {
    if (rule.default !== null) assert.ok(satisfiesRule(rule, rule.default), name);
    assert.ok(describeRule(rule).length > 0);
  }
});

Deno.test("satisfiesRule() admits exactly the integers between the ends of an integer rule", () => {
  const rule = { kind: "int", min: 2, max: 5, word: null, default: 2 } as const;
  fc.assert(fc.property(fc.integer({ min: -10, max: 10 }), (value) => {
    assert.equal(satisfiesRule(rule, value), [2, 3, 4, 5].includes(value));
  }));
});
