import assert from "node:assert/strict";
import { instant, milliseconds } from "../core/domain/units.ts";
import type { Accepted, Fenced } from "../core/protocol/messages.ts";
import { FakeTimers } from "../tests/support/fake_timers.ts";
import {
  judgeLease,
  LeaseFenced,
  LeaseKeeper,
  LeaseLost,
  TrainingStalled,
} from "./lease_keeper.ts";

const LEASE = milliseconds(3_000);

type Answer = "accept" | "fence" | "silence" | Promise<Accepted | Fenced>;

/** A keeper whose coordinator answers as `answers.now` says. */
function setUp(options: { readonly maxSilence?: number } = {}) {
  const timers = new FakeTimers();
  const start = timers.now();
  /** How far the wall clock is from the timers, once somebody has set it. */
  const clock = { offset: 0 };
  const now = () => instant(timers.now() + clock.offset);
  const answers: { now: Answer } = { now: "accept" };
  const renewals: number[] = [];
  let asked = 0;
  const keeper = new LeaseKeeper({
    lease: { renew: () => void renewals.push(timers.now() - start) },
    leaseMs: LEASE,
    maxSilenceMs: milliseconds(options.maxSilence ?? 1e9),
    claimedAt: start,
    timers: { now, sleep: timers.sleep },
    ask: async ({ timeoutMs, signal }) => {
      asked++;
      switch (answers.now) {
        case "accept":
          return { type: "accepted" };
        case "fence":
          return { type: "fenced" };
        case "silence":
          await timers.sleep(timeoutMs, signal === undefined ? {} : { signal });
          throw new Error("no answer");
        default:
          return await answers.now;
      }
    },
  });
  return { timers, answers, renewals, keeper, clock, asked: () => asked };
}

Deno.test("judgeLease holds until a whole lease has passed since the last contact", () => {
  const timers = new FakeTimers(0);
  const clock = {
    confirmedAt: timers.now(),
    movedAt: timers.now(),
    leaseMs: LEASE,
    maxSilenceMs: milliseconds(10_000),
  };
  const at = (ms: number) => new FakeTimers(ms).now();
  assert.equal(judgeLease(clock, at(2_999)), "held");
  assert.equal(judgeLease(clock, at(3_000)), "lost");
  assert.equal(judgeLease({ ...clock, confirmedAt: at(9_000) }, at(10_000)), "stalled");
});

Deno.test("LeaseKeeper renews both leases every third of a lease while it is answered", async () => {
  const { timers, keeper, renewals, asked } = setUp();
  const running = keeper.run();
  await timers.advance(10_000);
  assert.deepEqual(renewals, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => n * 1_000));
  assert.equal(asked(), renewals.length);
  assert.equal(keeper.signal.aborted, false);
  keeper.end();
  await running;
});

Deno.test("LeaseKeeper stops a lease after the last answer when nobody answers any more", async () => {
  const { timers, keeper, answers, renewals } = setUp();
  const running = keeper.run();
  await timers.advance(2_500);
  answers.now = "silence";
  await timers.advance(2_499);
  assert.equal(keeper.signal.aborted, false, "2,999 ms after the answered renewal at 2,000");
  await timers.advance(1);
  assert.ok(keeper.signal.reason instanceof LeaseLost);
  await running;
  const before = renewals.length;
  await timers.advance(20_000);
  assert.equal(renewals.length, before, "nothing is renewed after the end");
});

Deno.test("LeaseKeeper that slept past its lease renews nothing when it wakes up", async () => {
  const { timers, keeper, renewals } = setUp();
  const running = keeper.run();
  await timers.advance(1_500);
  assert.deepEqual(renewals, [1_000]);
  await timers.leap(60_000);
  await running;
  assert.deepEqual(renewals, [1_000]);
  assert.ok(keeper.signal.reason instanceof LeaseLost);
});

Deno.test("LeaseKeeper counts contact from the sending of a request, not from its answer", async () => {
  const { timers, keeper, answers } = setUp();
  const slow = Promise.withResolvers<Accepted>();
  answers.now = slow.promise;
  const running = keeper.run();
  await timers.advance(2_900);
  answers.now = "silence";
  slow.resolve({ type: "accepted" });
  await timers.advance(1_099);
  assert.equal(keeper.signal.aborted, false);
  await timers.advance(1);
  assert.ok(keeper.signal.reason instanceof LeaseLost, "the request was sent at 1,000");
  await running;
});

Deno.test("LeaseKeeper lives on the answers to other requests of its attempt", async () => {
  const { timers, keeper, answers } = setUp();
  answers.now = "silence";
  const running = keeper.run();
  for (let i = 0; i < 5; i++) {
    await timers.advance(2_000);
    keeper.confirmed(timers.now());
  }
  assert.equal(keeper.signal.aborted, false);
  await timers.advance(3_000);
  assert.ok(keeper.signal.reason instanceof LeaseLost);
  await running;
});

Deno.test("LeaseKeeper aborts with LeaseFenced on a fenced answer and never renews again", async () => {
  const { timers, keeper, answers, renewals } = setUp();
  const running = keeper.run();
  await timers.advance(500);
  answers.now = "fence";
  await timers.advance(500);
  assert.ok(keeper.signal.reason instanceof LeaseFenced);
  await running;
  const before = renewals.length;
  await timers.advance(20_000);
  assert.equal(renewals.length, before);
});

Deno.test("LeaseKeeper that was fenced by another request keeps that reason", async () => {
  const { timers, keeper, renewals } = setUp();
  const running = keeper.run();
  await timers.advance(500);
  keeper.fence();
  await running;
  await timers.advance(20_000);
  assert.ok(keeper.signal.reason instanceof LeaseFenced);
  assert.deepEqual(renewals, []);
});

Deno.test("LeaseKeeper ignores an answer that comes after its clock has stopped it", async () => {
  const { timers, keeper, answers, renewals } = setUp();
  const late = Promise.withResolvers<Accepted>();
  answers.now = late.promise;
  const running = keeper.run();
  await timers.advance(3_000);
  assert.ok(keeper.signal.reason instanceof LeaseLost);
  late.resolve({ type: "accepted" });
  await running;
  await timers.advance(20_000);
  assert.ok(keeper.signal.reason instanceof LeaseLost);
  assert.deepEqual(renewals, [1_000]);
});

Deno.test("LeaseKeeper does not hold a pack for training that hangs", async () => {
  const { timers, keeper } = setUp({ maxSilence: 10_000 });
  const running = keeper.run();
  await timers.advance(9_000);
  keeper.moved();
  await timers.advance(9_999);
  assert.equal(keeper.signal.aborted, false);
  await timers.advance(1);
  assert.ok(keeper.signal.reason instanceof TrainingStalled);
  await running;
});

Deno.test("LeaseKeeper that was ended neither renews nor aborts", async () => {
  const { timers, keeper, renewals } = setUp();
  const running = keeper.run();
  await timers.advance(500);
  keeper.end();
  await running;
  await timers.advance(20_000);
  keeper.fence();
  assert.equal(keeper.signal.aborted, false);
  assert.deepEqual(renewals, []);
});

Deno.test("LeaseKeeper whose clock was set back still notices that nobody answers, and renews on", async () => {
  const { timers, keeper, answers, renewals, clock } = setUp();
  const running = keeper.run();
  await timers.advance(1_500);
  clock.offset = -3_600_000;
  await timers.advance(1_500);
  assert.equal(renewals.length, 3, "every third of a lease, as before");
  answers.now = "silence";
  await timers.advance(2 * LEASE);
  assert.ok(keeper.signal.reason instanceof LeaseLost);
  await running;
});
