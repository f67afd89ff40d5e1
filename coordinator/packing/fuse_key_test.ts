import assert from "node:assert/strict";
import type { Hyperparameters } from "../../core/domain/hyperparameters.ts";
import { MLP_PARAMETERS } from "../../core/domain/mlp_parameters.ts";
import { fuseKey } from "./fuse_key.ts";

const BASE: Hyperparameters = { batch_size: 32, depth: 1, lr: 0.1, hidden_width: 8 };

/** A value of each parameter that is neither the default nor in `BASE`. */
const OTHERS: Hyperparameters = {
  batch_size: 16,
  lr: 0.3,
  hidden_width: 99,
  depth: 2,
  epochs: 7,
  activation: "tanh",
  optimizer: "adam",
  momentum: 0.5,
  weight_decay: 0.01,
  gradient: "auto",
  loss: "mean_squared_error",
};

const FREE: readonly string[] = ["lr", "hidden_width", "momentum", "weight_decay"];

Deno.test("fuseKey() leaves free what each lane has of its own, and fixes all the rest", () => {
  assert.deepEqual(Object.keys(OTHERS), Object.keys(MLP_PARAMETERS));
  for (const [name, value] of Object.entries(OTHERS)) {
    const isEqual = fuseKey({ ...BASE, [name]: value }) === fuseKey(BASE);
    assert.equal(isEqual, FREE.includes(name), name);
  }
});

Deno.test("fuseKey() takes a default for what it is", () => {
  assert.equal(fuseKey({ ...BASE, optimizer: "sgd", gradient: "manual" }), fuseKey(BASE));
  assert.notEqual(fuseKey({ ...BASE, batch_size: "full" }), fuseKey(BASE));
});
