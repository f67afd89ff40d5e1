import assert from "node:assert/strict";
import fc from "fast-check";
import { specOf, sweepCreated } from "../../tests/support/specs.ts";
import { parseAttempt, parseTrialId, parseWorkerId } from "../../core/domain/ids.ts";
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import { type LedgerSnapshot, type Pack, SweepLedger } from "../../core/domain/sweep_ledger.ts";
import { epoch, milliseconds } from "../../core/domain/units.ts";
import { createDeciders } from "../decisions/decide.ts";
import { retryTrials } from "../decisions/decide_retry.ts";
import { decideSplit } from "../decisions/decide_split.ts";
import { UnpackedTrials } from "../packing/unpacked_trials.ts";
import { planTrials } from "../plan_trials.ts";

const WORKER = parseWorkerId("w");
const OTHER = parseWorkerId("v");
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
  maxAttempts: 1,
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
  switch (action % 15) {
    case 0:
      return planTrials(ledger).next().value ?? [];
    case 1:
    case 2: {
      const packs = unpacked.form({ packs: 1 + target % 3, slots: 1 + action % 4 });
      return packs.length === 0 ? [] : [{ type: "packsQueued", packs }];
    }
    case 3:
    case 12:
    case 13:
      return queued === undefined ? [] : claim(ledger, ledger.pack(queued));
    case 4:
      return held === undefined ? [] : decideSplit(ledger, ledger.pack(held), "too large") ?? [];
    case 5:
    case 6:
      return held === undefined ? [] : fail(ledger, ledger.pack(held));
    case 7:
      return held === undefined
        ? []
        : store(ledger, ledger.pack(held), { target, verb: "detached" });
    case 8:
      return held === undefined
        ? []
        : store(ledger, ledger.pack(held), { target, verb: "checkpointed" });
    case 9:
      return retry(ledger, target);
    case 10:
      return extend(ledger, target);
    case 14:
      // Seldom, or little would be left to do.
      return target % 5 === 0 ? stop(ledger, target) : [];
    default:
      return held === undefined ? [] : finish(ledger, ledger.pack(held));
  }
}

function claim(ledger: SweepLedger, { id: pack, attempts }: Pack): readonly SweepEvent[] {
  const delivery = { sequence: pack + 1, count: attempts + 1 };
  const worker = pack % 3 === 0 ? OTHER : WORKER;
  const body = { v: 1, sweep: ledger.id, pack, worker, backend: "cpu", delivery } as const;
  return createDeciders(LEASE).claim(ledger, body).events;
}

function refTo(ledger: SweepLedger, { id: pack, attempts, state }: Pack) {
  const attempt = parseAttempt(attempts);
  const worker = state.status === "leased" ? state.worker : WORKER;
  return { v: 1, sweep: ledger.id, pack, attempt, worker } as const;
}

function fail(ledger: SweepLedger, pack: Pack): readonly SweepEvent[] {
  const reason = { kind: "exception", message: "it threw" } as const;
  return createDeciders(LEASE).failed(ledger, { ...refTo(ledger, pack), reason }).events;
}

/** Some of the lanes are stored, and stay or leave. */
function store(
  ledger: SweepLedger,
  pack: Pack,
  { target, verb }: { readonly target: number; readonly verb: "detached" | "checkpointed" },
): readonly SweepEvent[] {
  const live = ledger.liveTrials(pack.id);
  const trials = live.slice(target % Math.max(1, live.length));
  const artifact = `${verb}-${pack.id}-${pack.attempts}-${target}`;
  const body = { ...refTo(ledger, pack), epoch: epoch(1), artifact, trials };
  return createDeciders(LEASE)[verb](ledger, body).events;
}

/** One or two trials, wherever they are. */
function stop(ledger: SweepLedger, target: number): readonly SweepEvent[] {
  const trials = [target, target + 3].slice(target % 2)
    .map((n) => parseTrialId(n % Math.max(1, ledger.trials.length)));
  const body = { v: 1, sweep: ledger.id, trials, by: "test" } as const;
  return createDeciders(LEASE).stopTrials(ledger, body).events;
}

/** All that have failed, or one; the sweep is opened again where that is needed. */
function retry(ledger: SweepLedger, target: number): readonly SweepEvent[] {
  const failed = ledger.trials.filter(({ state }) => state.status === "failed");
  const one = failed[target % Math.max(1, failed.length)];
  const trials = target % 3 === 0 || one === undefined ? null : [one.id];
  const retried = retryTrials(ledger, { trials, by: "test" });
  return retried.kind === "retried" ? retried.events : [];
}

function extend(ledger: SweepLedger, target: number): readonly SweepEvent[] {
  const spec = { ...ledger.spec, runCap: (ledger.spec.runCap ?? 0) + 1 + target % 4 };
  const body = { v: 1, sweep: ledger.id, spec, by: "test" } as const;
  return createDeciders(LEASE).extend(ledger, body).events;
}

function finish(ledger: SweepLedger, pack: Pack): readonly SweepEvent[] {
  const lanes = ledger.liveTrials(pack.id)
    .map((trial) => ({
      trial,
      kind: "trained" as const,
      result: null,
      model: null,
      epoch: epoch(2),
      metrics: { val_accuracy: 0.5 },
    }));
  return createDeciders(LEASE).finished(ledger, { ...refTo(ledger, pack), lanes }).events;
}

Deno.test("a coordinator that is restarted from a snapshot anywhere decides as if it never was", () => {
  const choices = fc.array(fc.tuple(fc.nat(255), fc.nat(255)), {
    minLength: 100,
    maxLength: 400,
    size: "max",
  });
  const seen = new Set<string>();
  fc.assert(
    fc.property(choices, fc.integer({ min: 1, max: 100 }), (sequence, every) => {
      const uninterrupted = mindOf(new SweepLedger(sweepCreated(SPEC)));
      let other = mindOf(new SweepLedger(sweepCreated(SPEC)));
      for (const [step, choice] of sequence.entries()) {
        if (step % every === every - 1) other = restarted(other);
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
  const types: readonly SweepEvent["type"][] = [
    "trialsQueued",
    "packsQueued",
    "packLeased",
    "packSplit",
    "packReleased",
    "lanesDetached",
    "checkpointStored",
    "trialCompleted",
    "trialFailed",
    "trialRetried",
    "sweepExtended",
    "trialCancelled",
  ];
  for (const type of types) assert.ok(seen.has(type), type);
});
