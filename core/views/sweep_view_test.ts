import assert from "node:assert/strict";
import { instant } from "../domain/units.ts";
import { sweepCreated } from "../../tests/support/specs.ts";
import { sweepSummary } from "./sweep_summary.ts";
import { SweepView } from "./sweep_view.ts";

Deno.test("SweepView's time never goes back, though a coordinator's clock was set back", () => {
  const view = new SweepView({
    sequence: 1,
    entry: { v: 1, at: instant(3_600_000), events: [sweepCreated()] },
  });
  const end = { type: "sweepEnded", outcome: "completed", by: "test" } as const;
  view.apply({ sequence: 2, entry: { v: 1, at: instant(0), events: [end] } });
  assert.equal(view.updatedAt, view.createdAt);
  assert.equal(view.endedAt, view.createdAt);
  assert.equal(sweepSummary(view).wallMs, 0);
});
