import assert from "node:assert/strict";
import { instant } from "../domain/units.ts";
import { sweepCreated } from "../../tests/support/specs.ts";
import { sweepSummary } from "./sweep_summary.ts";
import { SweepView } from "./sweep_view.ts";

Deno.test("SweepView.idleSince() adds up the times without a coordinator that ended later", () => {
  const started = {
    type: "coordinatorStarted",
    coordinator: "c",
    versions: { trawl: "0", deno: "2" },
  } as const;
  const view = new SweepView({
    sequence: 1,
    entry: { v: 1, at: instant(1_000), events: [sweepCreated(), started] },
  });
  for (const [n, at] of [5_000, 25_000].entries()) {
    view.apply({ sequence: n + 2, entry: { v: 1, at: instant(at), events: [started] } });
  }
  assert.equal(view.idleSince(instant(0)), 24_000);
  assert.equal(view.idleSince(instant(5_000)), 20_000);
  assert.equal(view.idleSince(instant(25_000)), 0);
  assert.equal(sweepSummary(view).wallMs, 0);
});

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
