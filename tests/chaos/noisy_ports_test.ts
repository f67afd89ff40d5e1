import assert from "node:assert/strict";
import { createRng } from "../../core/domain/rng.ts";
import { parseAttempt, parsePackId, parseSweepId, parseWorkerId } from "../../core/domain/ids.ts";
import { milliseconds } from "../../core/domain/units.ts";
import { type ApiClient, ApiTimeoutError, type HeldLease } from "../../core/protocol/ports.ts";
import { eventually } from "../support/trawl_process.ts";
import { type Noise, NoisyApiClient, noisyQueue, QUIET } from "./noisy_ports.ts";

const ref = {
  v: 1,
  sweep: parseSweepId("s"),
  pack: parsePackId(0),
  attempt: parseAttempt(1),
  worker: parseWorkerId("w"),
} as const;

/** A client whose requests are counted where they arrive. */
function noisyClient(noise: Partial<Noise>) {
  let arrived = 0;
  let sent = 0;
  const api: ApiClient = {
    request: <V>(): Promise<V> => {
      arrived++;
      return Promise.resolve({ type: "accepted" } as V);
    },
  };
  const client = new NoisyApiClient(api, {
    noise: { ...QUIET, ...noise },
    rng: createRng(1),
    onRequest: () => sent++,
  });
  return { client, arrived: () => arrived, sent: () => sent };
}

Deno.test("NoisyApiClient passes on what it is told where there is no noise", async () => {
  const { client, arrived } = noisyClient({});
  assert.deepEqual(await client.request("renew", ref), { type: "accepted" });
  assert.equal(arrived(), 1);
});

Deno.test("NoisyApiClient sends copies, and loses answers of requests that were served", async () => {
  const copied = noisyClient({ twice: 1 });
  assert.deepEqual(await copied.client.request("renew", ref), { type: "accepted" });
  await eventually("a second copy", () => copied.arrived() === 2);
  assert.equal(copied.sent(), 2);
  const unanswered = noisyClient({ unanswered: 1 });
  await assert.rejects(unanswered.client.request("renew", ref), ApiTimeoutError);
  assert.equal(unanswered.arrived(), 1);
});

Deno.test("noisyQueue keeps what is said of a lease from the queue", async () => {
  for (const [unheard, expected] of [[0, 3], [1, 0]] as const) {
    let heard = 0;
    const lease: HeldLease = {
      lease: { v: 1, sweep: ref.sweep, pack: ref.pack },
      delivery: { sequence: 1, count: 1 },
      renew: () => heard++,
      ack: () => heard++,
      nak: () => heard++,
    };
    const queue = noisyQueue({ next: () => Promise.resolve(lease) }, {
      noise: { ...QUIET, unheard },
      rng: createRng(1),
      onRequest: () => {},
    });
    const held = await queue.next({ expiresMs: milliseconds(1) });
    held?.renew();
    held?.ack();
    held?.nak(milliseconds(1));
    assert.equal(heard, expected);
  }
});
