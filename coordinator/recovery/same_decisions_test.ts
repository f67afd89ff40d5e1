import assert from "node:assert/strict";
import fc from "fast-check";
import { specOf, sweepCreated } from "../../tests/support/specs.ts";
import { parseAttempt, parseWorkerId } from "../../core/domain/ids.ts";
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import { type LedgerSnapshot, type Pack, SweepLedger } from "../../core/domain/sweep_ledger.ts";
import { isTerminal } from "../../core/domain/trial.ts";
import { epoch, milliseconds } from "../../core/domain/units.ts";
import { createDeciders } from "../decisions/decide.ts";
import { decideSplit } from "../decisions/decide_split.ts";
import { UnpackedTrials } from "../packing/unpacked_trials.ts";
import { planTrials } from "../plan_trials.ts";

const WORKER = parseWorkerId("w");
const LEASE = milliseconds(10_000);

/** Everything that a coordinator holds while it decides. */
interface Mind {
  readonly ledger: SweepLedger;
  readonly unpacked: UnpackedTrials;
}

function mindOf(ledger: SweepLedger): Mind {
  return { ledger, unpacked: new UnpackedTrials(ledger) };
}

/** What a coordinator that was killed and resumed knows. */
function restarted({ ledger }: Mind): Mind {
  const stored = JSON.parse(JSON.stringify(ledger.snapshot())) as LedgerSnapshot;
  return mindOf(SweepLedger.restore(stored));
}

/** A space of three batch sizes by four widths by two replicates: three fuse keys, interleaved. */
const SPEC = specOf({
  method: "random",
  runCap: 24,
  replicates: 2,
  maxLanes: 5,
  parameters: [
    { name: "batch_size", domain: { kind: "values", values: [16, 32, 64] } },
    { name: "lr", domain: { kind: "float", scale: "log", min: 0.001, max: 0.5 } },
    { name: "epochs", domain: { kind: "values", values: [2] } },
  ],
});

type Choice = readonly [action: number, target: number];

function decide({ ledger, unpacked }: Mind, [action, target]: Choice): readonly SweepEvent[] {
  const queued = [...ledger.queuedPacks][target % Math.max(1, ledger.queuedPacks.size)];
  const held = [...ledger.leasedPacks][target % Math.max(1, ledger.leasedPacks.size)];
  switch (action % 6) {
    case 0:
      return planTrials(ledger).next().value ?? [];
    case 1:
    case 2: {
      const packs = unpacked.form({ packs: 1 + target % 3, slots: 1 + action % 4 });
      return packs.length === 0 ? [] : [{ type: "packsQueued", packs }];
    }
    case 3:
      return queued === undefined ? [] : claim(ledger, ledger.pack(queued));
    case 4:
      return held === undefined ? [] : decideSplit(ledger, ledger.pack(held), "too large") ?? [];
    default:
      return held === undefined ? [] : finish(ledger, ledger.pack(held));
  }
}

function claim(ledger: SweepLedger, { id: pack, attempts }: Pack): readonly SweepEvent[] {
  const delivery = { sequence: pack + 1, count: attempts + 1 };
  const body = { v: 1, sweep: ledger.id, pack, worker: WORKER, backend: "cpu", delivery } as const;
  return createDeciders(LEASE).claim(ledger, body).events;
}

function finish(ledger: SweepLedger, { id: pack, attempts, trials }: Pack): readonly SweepEvent[] {
  const lanes = trials.filter((id) => !isTerminal(ledger.trial(id).state.status))
    .map((trial) => ({
      trial,
      kind: "trained" as const,
      result: null,
      model: null,
      epoch: epoch(2),
      metrics: { val_accuracy: 0.5 },
    }));
  const ref = { v: 1, sweep: ledger.id, pack, attempt: parseAttempt(attempts), worker: WORKER };
  return createDeciders(LEASE).finished(ledger, { ...ref, v: 1, lanes }).events;
}

Deno.test("a coordinator that is restarted from a snapshot anywhere decides as if it never was", () => {
  const choices = fc.array(fc.tuple(fc.nat(255), fc.nat(255)), { minLength: 10, maxLength: 80 });
  const seen = new Set<string>();
  fc.assert(
    fc.property(choices, fc.nat(), (sequence, cut) => {
      const uninterrupted = mindOf(new SweepLedger(sweepCreated(SPEC)));
      let other = mindOf(new SweepLedger(sweepCreated(SPEC)));
      for (const [step, choice] of sequence.entries()) {
        if (step === cut % sequence.length) other = restarted(other);
        const events = decide(uninterrupted, choice);
        assert.deepEqual(decide(other, choice), events);
        for (const event of events) {
          seen.add(event.type);
          uninterrupted.ledger.apply(event);
          other.ledger.apply(event);
        }
      }
      assert.equal(
        JSON.stringify(other.ledger.snapshot()),
        JSON.stringify(uninterrupted.ledger.snapshot()),
      );
    }),
    { numRuns: 300 },
  );
  for (const type of ["trialsQueued", "packsQueued", "packLeased", "packSplit", "trialCompleted"]) {
    assert.ok(seen.has(type), type);
  }
});
