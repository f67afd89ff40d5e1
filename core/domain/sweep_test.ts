import assert from "node:assert/strict";
import fc from "fast-check";
import {
  isOver,
  type SweepChange,
  type SweepStatus,
  SweepTransitionError,
  transitionSweep,
} from "./sweep.ts";

const CHANGES: readonly SweepChange[] = [
  { type: "paused" },
  { type: "resumed" },
  { type: "reopened" },
  { type: "ended", outcome: "completed" },
  { type: "ended", outcome: "failed" },
  { type: "ended", outcome: "cancelled" },
  { type: "reopened" },
];

function expected(status: SweepStatus, change: SweepChange): SweepStatus | null {
  if (change.type === "reopened") {
    return status === "completed" || status === "failed" ? "running" : null;
  }
  if (status !== "running" && status !== "paused") return null;
  if (change.type === "ended") return change.outcome;
  if (change.type === "paused") return status === "running" ? "paused" : null;
  return status === "paused" ? "running" : null;
}

Deno.test("transitionSweep() makes exactly the moves of its table, along every path", () => {
  fc.assert(fc.property(fc.array(fc.constantFrom(...CHANGES), { maxLength: 20 }), (changes) => {
    let status: SweepStatus = transitionSweep("paused", { type: "resumed" });
    for (const change of changes) {
      const next = expected(status, change);
      if (next === null) {
        assert.throws(() => transitionSweep(status, change), SweepTransitionError);
      } else {
        status = transitionSweep(status, change);
        assert.equal(status, next);
      }
    }
  }));
});

Deno.test("isOver() holds for the three outcomes", () => {
  const statuses: readonly SweepStatus[] = [
    "running",
    "paused",
    "completed",
    "failed",
    "cancelled",
  ];
  assert.deepEqual(statuses.filter(isOver), ["completed", "failed", "cancelled"]);
});
