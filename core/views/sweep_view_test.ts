import assert from "node:assert/strict";
import type { SweepEvent } from "../domain/sweep_event.ts";
import { instant } from "../domain/units.ts";
import { specOf, sweepCreated } from "../../tests/support/specs.ts";
import { sweepSummary } from "./sweep_summary.ts";
import { workedMs } from "../domain/sweep_times.ts";
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

Deno.test("SweepView counts no time while its sweep is over, though it goes on later", () => {
  const entry = (seconds: number, ...events: readonly SweepEvent[]) =>
    ({ v: 1, at: instant(1_000 * seconds), events }) as const;
  const end = { type: "sweepEnded", outcome: "completed", by: "test" } as const;
  const reopened: SweepEvent = { type: "sweepReopened", by: "test" };
  const extended: SweepEvent = {
    type: "sweepExtended",
    spec: specOf({ replicates: 2 }),
    by: "test",
  };
  const view = new SweepView({ sequence: 1, entry: entry(100, sweepCreated()) });
  view.apply({ sequence: 2, entry: entry(110, end) });
  view.apply({ sequence: 3, entry: entry(5_000, reopened, extended) });
  assert.equal(view.endedAt, null);
  assert.equal(view.reopenedAt, 5_000_000);
  assert.equal(view.ledger.status, "running");
  assert.equal(view.ledger.spec.replicates, 2);
  view.apply({ sequence: 4, entry: entry(5_007, end) });
  assert.equal(sweepSummary(view).wallMs, 17_000);
  assert.equal(workedMs(view.sweepTimes, instant(9_000_000)), 17_000);
  view.apply({ sequence: 5, entry: entry(6_000, reopened) });
  assert.equal(workedMs(view.sweepTimes, instant(6_001_000)), 18_000);
  assert.equal(view.sweepTimes.idleMs, 4_890_000 + 993_000);
});
