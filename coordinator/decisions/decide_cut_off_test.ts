import assert from "node:assert/strict";
import { SweepLedger } from "../../core/domain/sweep_ledger.ts";
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import { isTerminal } from "../../core/domain/trial.ts";
import { epoch, milliseconds } from "../../core/domain/units.ts";
import { parseAttempt, parseWorkerId } from "../../core/domain/ids.ts";
import { planAll } from "../../tests/support/planned.ts";
import { specOf, sweepCreated } from "../../tests/support/specs.ts";
import { halves } from "../halves.ts";
import { createDeciders } from "./decide.ts";
import { decideCutOff } from "./decide_cut_off.ts";

const deciders = createDeciders(milliseconds(1_000));
const CREATED = sweepCreated(specOf({ maxLanes: 2, replicates: 3 }));

/** A sweep's events, cut as small as a journal may cut them; its end is `ending`. */
function journalOf(ending: "stop" | "finish"): readonly SweepEvent[] {
  const ledger = new SweepLedger(CREATED);
  const events: SweepEvent[] = [];
  const take = (decided: readonly SweepEvent[]): void => {
    for (const event of decided) {
      ledger.apply(event);
      events.push(...smallest(event));
    }
  };
  for (const event of planAll(ledger)) events.push(...smallest(event));
  const head = { v: 1, sweep: ledger.id } as const;
  for (const { id: pack, trials } of ledger.packs) {
    const ref = { ...head, pack, worker: parseWorkerId("a"), attempt: parseAttempt(1) };
    const delivery = { sequence: pack + 1, count: 1 };
    take(deciders.claim(ledger, { ...ref, backend: "cpu", delivery }).events);
    if (ending === "stop" && pack > 1) continue;
    const lanes = trials.map((trial) => ({ trial, kind: "diverged" as const, epoch: epoch(1) }));
    take(deciders.finished(ledger, { ...ref, lanes }).events);
  }
  if (ending === "stop") {
    take(deciders.control(ledger, { ...head, action: "stop", by: "test" }).events);
  }
  return events;
}

function smallest(event: SweepEvent): readonly SweepEvent[] {
  const parts = halves([event]);
  return parts === null ? [event] : parts.flatMap(([part]) => part ? smallest(part) : []);
}

for (const ending of ["stop", "finish"] as const) {
  const journal = journalOf(ending);
  Deno.test(`decideCutOff() leaves no sweep waiting for ever, wherever a ${ending} was cut off`, () => {
    for (let length = 0; length < journal.length; length++) {
      const ledger = new SweepLedger(CREATED);
      for (const event of journal.slice(0, length)) ledger.apply(event);
      const wasStopped = ledger.counts.cancelled > 0;
      planAll(ledger);
      for (const event of decideCutOff(ledger)) ledger.apply(event);
      assert.equal(ledger.counts.asked, 12);
      const idle = ledger.trials.filter(({ pack, state }) =>
        pack === null && !isTerminal(state.status)
      );
      assert.deepEqual(idle, [], "every live trial is in a pack");
      assert.equal(ledger.status === "running", !ledger.isSettled);
      if (wasStopped) assert.equal(ledger.status, "cancelled");
    }
  });
}
