import assert from "node:assert/strict";
import fc from "fast-check";
import {
  parseAttempt,
  parsePackId,
  parseTrialId,
  parseWorkerId,
  type TrialId,
} from "../../core/domain/ids.ts";
import { SweepLedger } from "../../core/domain/sweep_ledger.ts";
import { isOver } from "../../core/domain/sweep.ts";
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import { isTerminal, TRIAL_STATUSES } from "../../core/domain/trial.ts";
import { epoch, instant, milliseconds } from "../../core/domain/units.ts";
import { apiReplySchemas, apiRequestSchemas } from "../../core/protocol/api_schemas.ts";
import { decode, encode } from "../../core/protocol/codec.ts";
import { journalEntrySchema } from "../../core/protocol/journal_schema.ts";
import { checkpointArtifact } from "../../core/protocol/subjects.ts";
import { API_VERBS, type ApiRequests, type ApiVerb } from "../../core/protocol/messages.ts";
import { DeciderWorld } from "../../tests/support/decider_world.ts";
import { planAll } from "../../tests/support/planned.ts";
import { specOf, sweepCreated } from "../../tests/support/specs.ts";
import { createDeciders } from "./decide.ts";

// Every report is answered with all that a pack could let go, each lane apart.
const deciders = createDeciders(milliseconds(1_000), {
  partsToDetach: ({ trials }) => trials.map((trial) => [trial]),
});

/** Two packs of two trials each; pack 0 is held by `a`, pack 1 by `b`, both at attempt 1. */
function heldSweep() {
  const ledger = new SweepLedger(sweepCreated(specOf({ maxLanes: 2, maxAttempts: 3 })));
  planAll(ledger);
  function decide<V extends ApiVerb>(verb: V, body: ApiRequests[V]) {
    // What a coordinator decides on has come through the codec.
    const read = decode(encode(body), apiRequestSchemas[verb], { subject: verb });
    const { events, reply } = deciders[verb](ledger, read);
    decode(encode(reply), apiReplySchemas[verb], { subject: verb });
    const entry = { v: 1, at: instant(0), events } as const;
    assert.deepEqual(decode(encode(entry), journalEntrySchema, { subject: verb }), entry);
    for (const event of events) ledger.apply(event);
    if (verb === "retry") planAll(ledger);
    return { events, reply };
  }
  const head = { v: 1, sweep: ledger.id } as const;
  const refs = ["a", "b"].map((name, i) => {
    const claim = { ...head, pack: parsePackId(i), worker: parseWorkerId(name) };
    decide("claim", { ...claim, backend: "cpu", delivery: { sequence: i + 1, count: 1 } });
    return { ...claim, attempt: parseAttempt(1) };
  });
  const [first, second] = refs;
  assert.ok(first !== undefined && second !== undefined);
  assert.equal(ledger.packs.length, 2);
  return { ledger, decide, first, second, head };
}

const trained = (trial: TrialId, at = 2) =>
  ({
    trial,
    kind: "trained",
    epoch: epoch(at),
    metrics: { val_accuracy: 0.5 },
    result: null,
    model: null,
  }) as const;
const measured = (trial: TrialId) =>
  ({ trial, kind: "measured", metrics: { val_accuracy: 0.5 }, result: null, model: null }) as const;
const record = (at: number, ...lanes: ReturnType<typeof measured>[]) => ({
  epoch: epoch(at),
  durationMs: milliseconds(1),
  lanes,
});

Deno.test("decide() passes over lanes that the pack does not have, wherever they are named", () => {
  const { ledger, decide, first } = heldSweep();
  const [own, ...others] = [...ledger.packs[0]!.trials.slice(0, 1), ...ledger.packs[1]!.trials];
  const foreign = [...others, parseTrialId(4), parseTrialId(Number.MAX_SAFE_INTEGER)];
  const named = [own!, ...foreign];
  const { events: [reported] } = decide("report", {
    ...first,
    epochs: [record(1, ...named.map(measured))],
  });
  assert.ok(reported?.type === "epochReported");
  assert.deepEqual(reported.lanes.map(({ trial }) => trial), [own]);
  const { events: [stored] } = decide("checkpointed", {
    ...first,
    epoch: epoch(1),
    artifact: "sweeps/s/packs/0",
    trials: named,
  });
  assert.ok(stored?.type === "checkpointStored");
  assert.deepEqual(stored.trials, [own]);
  decide("finished", { ...first, lanes: named.map((trial) => trained(trial)) });
  assert.equal(ledger.counts.completed, 1);
  assert.equal(ledger.status, "running");
});

Deno.test("decide() counts a lane once that a finish names twice", () => {
  const { ledger, decide, first } = heldSweep();
  const [one, two] = ledger.packs[0]!.trials;
  const { events } = decide("finished", {
    ...first,
    lanes: [trained(one!), trained(one!, 1), { trial: one!, kind: "diverged", epoch: epoch(1) }],
  });
  assert.equal(events.length, 1);
  assert.equal(ledger.trial(two!).state.status, "running");
  assert.equal(ledger.counts.completed, 1);
});

Deno.test("decide() journals each epoch of a report once, in order, and none that goes back", () => {
  const { ledger, decide, first } = heldSweep();
  const [one, two] = ledger.packs[0]!.trials;
  const { events } = decide("report", {
    ...first,
    epochs: [
      record(1, measured(one!), measured(one!), measured(two!)),
      record(1, measured(one!)),
      record(3, measured(one!)),
      record(2, measured(one!), measured(two!)),
    ],
  });
  const told = events.map((event) =>
    event.type === "epochReported" ? [event.epoch, ...event.lanes.map(({ trial }) => trial)] : []
  );
  assert.deepEqual(told, [[1, one, two], [3, one], [2, two]]);
});

const worker = fc.constantFrom("a", "b", "c").map(parseWorkerId);
const pack = fc.nat(6).map(parsePackId);
const attempt = fc.integer({ min: 1, max: 4 }).map(parseAttempt);
const trial = fc.oneof(fc.nat(5), fc.constant(Number.MAX_SAFE_INTEGER)).map(parseTrialId);
const someEpoch = fc.nat(4).map(epoch);
const metrics = fc.dictionary(
  fc.constantFrom("val_accuracy", "val_loss", "constructor"),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const fileName = fc.option(fc.constantFrom("sweeps/small-1/trials/1/model.safetensors", "x"));
const ref = { v: fc.constant(1 as const), sweep: fc.constant(sweepCreated().sweep), pack };
const attemptRef = { ...ref, attempt, worker };
const laneReport = fc.oneof(
  fc.record({ trial, kind: fc.constant("measured" as const), metrics }),
  fc.record({ trial, kind: fc.constant("diverged" as const) }),
);
const laneOutcome = fc.oneof(
  fc.record({
    trial,
    kind: fc.constant("paused" as const),
    epoch: someEpoch,
    metrics,
    artifact: fc.string(),
  }),
  fc.record({
    trial,
    kind: fc.constant("trained" as const),
    epoch: someEpoch,
    metrics,
    result: fileName,
    model: fileName,
  }),
  fc.record({ trial, kind: fc.constant("diverged" as const), epoch: someEpoch }),
);
const epochRecord = fc.record({
  epoch: someEpoch,
  durationMs: fc.nat().map(milliseconds),
  lanes: fc.array(laneReport, { maxLength: 6 }),
});

/** Anything that the schemas admit, of identities that are near enough to hit. */
const bodies: { readonly [V in ApiVerb]: fc.Arbitrary<ApiRequests[V]> } = {
  claim: fc.record({
    ...ref,
    worker,
    backend: fc.string(),
    delivery: fc.record({ sequence: fc.nat(3), count: fc.integer({ min: 1, max: 4 }) }),
  }),
  renew: fc.record(attemptRef),
  report: fc.record({ ...attemptRef, epochs: fc.array(epochRecord, { maxLength: 4 }) }),
  checkpointed: fc.record({
    ...attemptRef,
    epoch: someEpoch,
    artifact: fc.string(),
    trials: fc.array(trial, { maxLength: 6 }),
  }),
  detached: fc.record({
    ...attemptRef,
    epoch: someEpoch,
    artifact: fc.string(),
    trials: fc.array(trial, { maxLength: 6 }),
  }),
  finished: fc.record({ ...attemptRef, lanes: fc.array(laneOutcome, { maxLength: 6 }) }),
  failed: fc.record({
    ...attemptRef,
    reason: fc.record({
      kind: fc.constantFrom("outOfMemory", "exception", "leaseLost", "datasetUnavailable"),
      message: fc.string(),
    }),
  }),
  returned: fc.record({ ...attemptRef, message: fc.string() }),
  ping: fc.record({ v: ref.v, sweep: ref.sweep }),
  stopTrials: fc.record({
    v: ref.v,
    sweep: ref.sweep,
    trials: fc.array(trial, { maxLength: 3 }),
    by: fc.string(),
  }),
  drain: fc.record({ v: ref.v, sweep: ref.sweep, worker, by: fc.string() }),
  retry: fc.record({
    v: ref.v,
    sweep: ref.sweep,
    trials: fc.option(fc.array(trial, { maxLength: 3 })),
    by: fc.string(),
  }),
  control: fc.record({
    v: ref.v,
    sweep: ref.sweep,
    action: fc.constantFrom("pause", "resume", "stop"),
    by: fc.string(),
  }),
  extend: fc.record({
    v: ref.v,
    sweep: ref.sweep,
    spec: fc.constantFrom(
      specOf({ replicates: 2 }),
      specOf({ replicates: 2, maxLanes: 2 }),
      specOf({ replicates: 3, maxLanes: 2 }),
      specOf({ parameters: [] }),
      specOf({ maxLanes: 2, runCap: 5 }),
    ),
    by: fc.string(),
  }),
  enqueue: fc.record({
    v: ref.v,
    sweep: ref.sweep,
    hyperparameters: fc.dictionary(
      fc.constantFrom("lr", "hidden_width", "epochs", "depth", "constructor"),
      fc.oneof(
        fc.constantFrom<number | string | boolean>(0.05, 0.3, 2, 8, "x", true),
        fc.integer(),
      ),
    ),
    by: fc.string(),
  }),
};

type Request = { readonly verb: ApiVerb; readonly body: ApiRequests[ApiVerb] };
const request: fc.Arbitrary<Request> = fc.oneof(
  ...API_VERBS.map((verb) => {
    const body: fc.Arbitrary<ApiRequests[ApiVerb]> = bodies[verb];
    // A sweep that is stopped at once would test little.
    return { arbitrary: body.map((value) => ({ verb, body: value })), weight: weightOf(verb) };
  }),
);

function weightOf(verb: ApiVerb): number {
  if (verb === "control" || verb === "extend" || verb === "enqueue" || verb === "drain") return 1;
  if (verb === "stopTrials") return 2;
  return verb === "claim" || verb === "report" ? 20 : 10;
}

/** What no sequence of requests may break. */
function assertExact(ledger: SweepLedger, events: readonly SweepEvent[]): void {
  const { asked, ...byStatus } = ledger.counts;
  assert.equal(asked, ledger.trials.length);
  assert.equal(TRIAL_STATUSES.reduce((sum, status) => sum + byStatus[status], 0), asked);
  for (const status of TRIAL_STATUSES) {
    const inStatus = ledger.trials.filter((trial) => trial.state.status === status);
    assert.equal(byStatus[status], inStatus.length);
  }
  for (const { id: pack, state, trials } of ledger.packs) {
    // Trials of a pack that was split are in its halves.
    const live = trials.filter((id) =>
      ledger.trial(id).pack === pack && !isTerminal(ledger.trial(id).state.status)
    );
    assert.equal(state.status === "over", live.length === 0);
    const wanted = state.status === "leased" ? "running" : "queued";
    assert.ok(live.every((id) => ledger.trial(id).state.status === wanted));
  }
  assert.equal(isOver(ledger.status), ledger.isSettled, "over when settled, and not before");
  for (const event of events) {
    if (event.type !== "epochReported" && event.type !== "checkpointStored") continue;
    const { trials } = ledger.pack(event.pack);
    const named = event.type === "epochReported"
      ? event.lanes.map(({ trial }) => trial)
      : event.trials;
    assert.ok(named.every((id) => trials.includes(id)), "a lane of another pack");
    assert.equal(new Set(named).size, named.length, "a lane twice");
  }
}

Deno.test("decide() neither throws nor miscounts, whatever the schemas admit", () => {
  fc.assert(
    fc.property(fc.array(request, { maxLength: 60 }), (requests) => {
      const { ledger, decide } = heldSweep();
      for (const { verb, body } of requests) {
        const { events } = decide(verb, body as never);
        const isMore = events.some(({ type }) =>
          type === "sweepExtended" || type === "trialsQueued"
        );
        if (isMore) planAll(ledger);
        assertExact(ledger, events);
      }
    }),
    { numRuns: 400 },
  );
});

/** The same request as the holder of a pack would send it, his lanes' weights where they must be. */
function fromHolder(world: DeciderWorld, body: ApiRequests[ApiVerb]): ApiRequests[ApiVerb] {
  const [pack] = world.ledger.leasedPacks;
  if (pack === undefined || !("attempt" in body)) return body;
  const { state } = world.ledger.pack(pack);
  if (state.status !== "leased") return body;
  const { attempt, worker } = state;
  const at = { pack, attempt, worker };
  if (!("lanes" in body)) return { ...body, ...at };
  const lanes = body.lanes.map((lane) =>
    lane.kind === "paused"
      ? {
        ...lane,
        metrics: { ...lane.metrics, val_accuracy: lane.trial / 10 },
        artifact: checkpointArtifact(world.ledger.id, { ...at, epoch: lane.epoch }),
      }
      : lane
  );
  return { ...body, ...at, lanes };
}

const LONG = { minLength: 40, maxLength: 120, size: "max" } as const;
const PROMOTION = { type: "asha", variant: "promotion", minEpochs: 1, eta: 2 } as const;

for (const variant of ["promotion", "stopping"] as const) {
  Deno.test(`decide() neither throws nor miscounts in a sweep with rungs (${variant}), whatever comes`, () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(fc.tuple(request, fc.nat(3)), LONG), (requests) => {
        const spec = specOf({
          method: "tpe",
          batch: 2,
          runCap: 6,
          maxLanes: 2,
          maxAttempts: 2,
          scheduler: { ...PROMOTION, variant },
          parameters: [
            { name: "lr", domain: { kind: "float", scale: "log", min: 0.01, max: 1 } },
            { name: "epochs", domain: { kind: "values", values: [4] } },
          ],
        });
        const world = new DeciderWorld({ spec });
        for (const [{ verb, body }, kind] of requests) {
          if (kind === 0) world.claim("a");
          world.ask(verb, (kind === 3 ? body : fromHolder(world, body)) as never);
          const { counts: { asked, ...byStatus }, trials, isSettled, status } = world.ledger;
          for (const state of TRIAL_STATUSES) {
            const inState = trials.filter((one) => one.state.status === state).length;
            assert.equal(byStatus[state], inState);
          }
          assert.ok(asked <= 6);
          assert.equal(isOver(status), isSettled, "over when settled, and not before");
        }
        for (const event of world.entries.flat()) seen.add(event.type);
      }),
      { numRuns: 200, seed: 1 },
    );
    const due = variant === "promotion" ? ["trialPaused", "trialPromoted"] : ["rungReached"];
    for (const type of due) assert.ok(seen.has(type), type);
  });
}
