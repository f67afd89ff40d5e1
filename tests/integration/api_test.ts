import assert from "node:assert/strict";
import { parseAttempt, parsePackId, parseSweepId, parseWorkerId } from "../../core/domain/ids.ts";
import { milliseconds } from "../../core/domain/units.ts";
import { API_TIMEOUT_MS, NatsApiClient } from "../../core/nats/api_client.ts";
import { NatsApiServer } from "../../core/nats/api_server.ts";
import { DecodeError } from "../../core/protocol/codec.ts";
import {
  type ApiCall,
  ApiRefusedError,
  ApiTimeoutError,
  CoordinatorAbsentError,
} from "../../core/protocol/ports.ts";
import { apiSubject } from "../../core/protocol/subjects.ts";
import { type Rig, startRig, SWEEP } from "./support.ts";

const HOLDER = {
  v: 1,
  sweep: SWEEP,
  pack: parsePackId(3),
  attempt: parseAttempt(1),
  worker: parseWorkerId("w1"),
} as const;

/** Serves with `answer` until disposed. */
function serve(rig: Rig, answer: (call: ApiCall) => void): AsyncDisposable & {
  readonly server: NatsApiServer;
} {
  const controller = new AbortController();
  const server = NatsApiServer.open(rig.connection, SWEEP);
  const calls = server.calls({ signal: controller.signal });
  const serving = (async () => {
    for await (const call of calls) answer(call);
  })();
  return {
    server,
    [Symbol.asyncDispose]: async () => {
      controller.abort();
      await serving;
    },
  };
}

Deno.test("ApiClient.request() gets the answer that the coordinator gives to its body", async () => {
  await using rig = await startRig();
  const seen: ApiCall[] = [];
  await using _serving = serve(rig, (call) => {
    seen.push(call);
    if (call.verb === "report") {
      const [first] = call.body.epochs;
      const decisions = (first?.lanes ?? []).map(({ trial }) => ({
        trial,
        decision: "continue" as const,
      }));
      call.respond({ type: "decided", decisions });
    } else if (call.verb === "renew") call.respond({ type: "fenced" });
    else call.respond({ type: "error", message: "unexpected" });
  });
  const client = NatsApiClient.open(await rig.connect());
  assert.deepEqual(await client.request("renew", HOLDER), { type: "fenced" });
  assert.deepEqual(await client.request("report", { ...HOLDER, epochs: [] }), {
    type: "decided",
    decisions: [],
  });
  assert.deepEqual(seen.map((call) => call.verb), ["renew", "report"]);
  assert.deepEqual(seen[0]?.body, HOLDER);
});

Deno.test("ApiClient.request() says at once that no coordinator serves the sweep", async () => {
  await using rig = await startRig();
  const client = NatsApiClient.open(rig.connection);
  const start = performance.now();
  await assert.rejects(client.request("renew", HOLDER), CoordinatorAbsentError);
  assert.ok(performance.now() - start < API_TIMEOUT_MS / 2);
});

Deno.test("ApiClient.request() says that the coordinator did not answer in time", async () => {
  await using rig = await startRig();
  await using _serving = serve(rig, () => {});
  const client = NatsApiClient.open(rig.connection);
  await assert.rejects(
    client.request("renew", HOLDER, { timeoutMs: milliseconds(200) }),
    ApiTimeoutError,
  );
});

Deno.test("ApiClient.request() throws what the coordinator refuses, with its words", async () => {
  await using rig = await startRig();
  await using _serving = serve(
    rig,
    (call) => call.respond({ type: "error", message: "no pack 3" }),
  );
  const client = NatsApiClient.open(rig.connection);
  await assert.rejects(client.request("renew", HOLDER), (error) => {
    assert.ok(error instanceof ApiRefusedError);
    assert.equal(error.message, "no pack 3");
    return true;
  });
});

Deno.test("ApiClient.request() rejects with the signal's reason", async () => {
  await using rig = await startRig();
  await using _serving = serve(rig, () => {});
  const client = NatsApiClient.open(rig.connection);
  const controller = new AbortController();
  const reason = new Error("fenced");
  const asking = client.request("renew", HOLDER, {
    signal: controller.signal,
    timeoutMs: milliseconds(500),
  });
  controller.abort(reason);
  await assert.rejects(asking, reason);
});

Deno.test("ApiClient.request() throws a DecodeError at an answer of another kind", async () => {
  await using rig = await startRig();
  const subscription = rig.connection.subscribe(apiSubject(SWEEP, "renew"), {
    callback: (_error, message) => void message.respond('{"type":"later"}'),
  });
  const client = NatsApiClient.open(await rig.connect());
  await rig.connection.flush();
  await assert.rejects(client.request("renew", HOLDER), DecodeError);
  subscription.unsubscribe();
});

Deno.test("ApiServer.calls() answers what it cannot read with an error, and counts it", async () => {
  await using rig = await startRig();
  await using serving = serve(rig, (call) => call.respond({ type: "error", message: "served" }));
  const ask = async (subject: string, body: string): Promise<string> =>
    (await rig.connection.request(subject, body)).string();
  assert.match(await ask(apiSubject(SWEEP, "renew"), "junk"), /"error".*not JSON/);
  assert.match(await ask(apiSubject(SWEEP, "renew"), '{"v":2}'), /"error".*Cannot decode/);
  assert.match(await ask("trawl.v1.api.s1.explode", "{}"), /"error".*verb is unknown/);
  assert.equal(serving.server.undecodable, 3);
});

Deno.test("ApiServer.calls() refuses a body that names another sweep than its subject", async () => {
  await using rig = await startRig();
  await using serving = serve(rig, (call) => call.respond({ type: "error", message: "served" }));
  const body = JSON.stringify({ ...HOLDER, sweep: parseSweepId("s2") });
  const answer = await rig.connection.request(apiSubject(SWEEP, "renew"), body);
  assert.match(answer.string(), /another sweep/);
  assert.equal(serving.server.undecodable, 1);
});

Deno.test("ApiServer.calls() keeps what comes before the iteration starts", async () => {
  await using rig = await startRig();
  const controller = new AbortController();
  const calls = NatsApiServer.open(rig.connection, SWEEP).calls({ signal: controller.signal });
  await rig.connection.flush();
  const asking = NatsApiClient.open(await rig.connect()).request("renew", HOLDER);
  for await (const call of calls) {
    call.respond({ type: "accepted" } as never);
    break;
  }
  assert.deepEqual(await asking, { type: "accepted" });
  await assert.rejects(
    NatsApiClient.open(rig.connection).request("renew", HOLDER),
    CoordinatorAbsentError,
  );
});
