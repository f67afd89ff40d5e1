import assert from "node:assert/strict";
import { describeProposal } from "./proposal_words.ts";

Deno.test("describeProposal tells what a sampler had seen, and its own numbers after that", () => {
  assert.equal(
    describeProposal({
      sampler: "tpe",
      facts: {
        completed: 1,
        stopped: 31,
        pending: 28,
        startup: "no",
        below: 5,
        acquisition: 6.12789,
      },
    }),
    "by tpe, from 1 completed, 31 stopped and 28 on their way (below 5, acquisition 6.1279)",
  );
});

Deno.test("describeProposal says that a sampler does not learn yet, and names no empty evidence", () => {
  const facts = { completed: 0, stopped: 0, pending: 3, startup: "yes" };
  assert.equal(
    describeProposal({ sampler: "tpe", facts }),
    "by tpe, spread evenly before it learns",
  );
  assert.equal(describeProposal({ sampler: "random", facts: {} }), "by random");
});

Deno.test("describeProposal says who asked for a configuration by hand", () => {
  assert.equal(describeProposal({ sampler: "manual", facts: { by: "ada" } }), "by hand: ada");
});
