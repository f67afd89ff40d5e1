import assert from "node:assert/strict";
import {
  parseAttempt,
  parsePackId,
  parseSweepId,
  parseTrialId,
  parseWorkerId,
} from "../core/domain/ids.ts";
import { bytes, epoch, milliseconds } from "../core/domain/units.ts";
import { attemptLogSchema } from "../core/protocol/attempt_log_schema.ts";
import { decode, MessageTooLargeError } from "../core/protocol/codec.ts";
import type { ApiReplies, ApiRequests, ApiVerb } from "../core/protocol/messages.ts";
import {
  type ApiClient,
  ApiRefusedError,
  ApiTimeoutError,
  type ArtifactStore,
  CoordinatorAbsentError,
} from "../core/protocol/ports.ts";
import { FakeTimers, settle } from "../tests/support/fake_timers.ts";
import type { Grant } from "./attempt.ts";
import { runAttempt } from "./slot.ts";
import type { JobOutcome, PackJob } from "./thread_messages.ts";
import type { JobListener, TrainingThread } from "./training_thread.ts";

const SWEEP = parseSweepId("s");
const TRIAL = parseTrialId(0);
const GRANTED = "sweeps/s/packs/0/attempt-1/epoch-2.safetensors";
const REF = {
  v: 1,
  sweep: SWEEP,
  pack: parsePackId(0),
  attempt: parseAttempt(2),
  worker: parseWorkerId("w"),
} as const;
const GRANT: Grant = {
  type: "granted",
  attempt: REF.attempt,
  seed: 1,
  task: { dataset: "mnist", validation: { kind: "test" }, trainExamples: null },
  datasetDigest: "00",
  leaseMs: milliseconds(3_000),
  lanes: [{
    trial: TRIAL,
    replicate: 0,
    hyperparameters: {},
    checkpoint: { epoch: epoch(2), artifact: GRANTED },
  }],
};
const NO_FILES = { result: null, model: null };
const TRAINED: JobOutcome = {
  kind: "trained",
  lanes: [{
    trial: TRIAL,
    kind: "trained",
    epoch: epoch(9),
    metrics: { test_loss: 1 },
    ...NO_FILES,
  }],
};

type Answers = { [V in ApiVerb]?: () => ApiReplies[V] | Promise<ApiReplies[V]> };

/** An attempt whose coordinator, store and training are in the test's hands; `log` has what happened. */
function setUp(answers: Answers = {}, store: Partial<ArtifactStore> = {}) {
  const log: string[] = [];
  const timers = new FakeTimers();
  const drain = new AbortController();
  const stop = new AbortController();
  const outcome = Promise.withResolvers<JobOutcome>();
  const started = Promise.withResolvers<JobListener>();
  const stored = new Map([[GRANTED, new Uint8Array([7])]]);
  const logs = new Map<string, Uint8Array>();
  let job: PackJob | null = null;
  const api: ApiClient = {
    request: async (verb, body) => {
      if (verb !== "renew") log.push(describe(verb, body));
      const answer = answers[verb];
      if (answer !== undefined) return await answer();
      const accepted: { readonly [V in ApiVerb]?: ApiReplies[V] } = {
        renew: { type: "accepted" },
        report: { type: "decided", decisions: [] },
        checkpointed: { type: "accepted" },
        detached: { type: "accepted" },
        finished: { type: "accepted" },
        failed: { type: "accepted" },
        returned: { type: "accepted" },
      };
      return accepted[verb]!;
    },
  };
  const thread: TrainingThread = {
    ready: () => Promise.reject(new Error("not asked for here")),
    train: (pack, listener) => {
      job = pack;
      started.resolve(listener);
      return {
        outcome: outcome.promise,
        stopLanes: (trials, { checkpoint }) => log.push(`stop ${trials.join()} ${checkpoint}`),
        copyLanes: (parts) => log.push(`copy ${parts.map((part) => part.join("+")).join()}`),
        decided: () => {},
        drain: () => log.push("drain"),
        abort: () => {
          log.push("abort");
          outcome.resolve({ kind: "aborted" });
        },
      };
    },
    [Symbol.dispose]: () => {},
  };
  const end = runAttempt({
    ref: REF,
    grant: GRANT,
    claimedAt: timers.now(),
    lease: {
      lease: { v: 1, sweep: SWEEP, pack: REF.pack },
      delivery: { sequence: 1, count: 1 },
      renew: () => {},
      ack: () => log.push("ack"),
      nak: () => log.push("nak"),
    },
  }, {
    deps: {
      api,
      timers,
      thread,
      modules: { load: () => Promise.reject(new Error("not asked for here")) },
      artifacts: {
        get: (name) => Promise.resolve(stored.get(name) ?? null),
        put: (name, data) => {
          // What is written about an attempt is not what it does.
          if (name.endsWith("/log.json")) {
            logs.set(name, new Uint8Array(data));
            return Promise.resolve();
          }
          log.push(`put ${epochIn(name)}`);
          stored.set(name, new Uint8Array(data));
          return Promise.resolve();
        },
        remove: (name) => {
          log.push(`remove ${epochIn(name)}`);
          stored.delete(name);
          return Promise.resolve();
        },
        ...store,
      },
    },
    options: {
      onDrainAsked: () => {},
      drain: drain.signal,
      stop: stop.signal,
      maxSilenceMs: milliseconds(60_000),
      onLaneSteps: () => {},
    },
  });
  const train = async (number: number): Promise<void> => {
    const lanes = [{ trial: TRIAL, kind: "measured", metrics: {} }] as const;
    const record = { epoch: epoch(number), durationMs: milliseconds(1), lanes };
    (await started.promise).epoch(record, 1);
    await settle();
  };
  const copy = async (number: number, trial = TRIAL): Promise<void> => {
    const bytes = new Uint8Array([number]);
    (await started.promise).copied({ epoch: epoch(number), trials: [trial], bytes });
    await settle();
  };
  const save = async (number: number): Promise<void> => {
    const bytes = new Uint8Array([number]);
    (await started.promise).checkpoint({ epoch: epoch(number), trials: [TRIAL], bytes });
    await settle();
  };
  const say = async (...line: Parameters<JobListener["log"]>): Promise<void> => {
    (await started.promise).log(...line);
    await settle();
  };
  const conclude = (how: JobOutcome) => outcome.resolve(how);
  return {
    log,
    timers,
    drain,
    stop,
    end,
    train,
    say,
    save,
    copy,
    conclude,
    stored,
    logs,
    job: () => job,
  };
}

function describe<V extends ApiVerb>(verb: V, body: ApiRequests[V]): string {
  if ("epochs" in body) return `report ${body.epochs.map((one) => one.epoch).join()}`;
  if (verb === "finished" && "lanes" in body) {
    const trials = body.lanes.map(({ trial }) => trial);
    // Most tests have the one trial.
    return trials.join() === String(TRIAL) ? verb : `${verb} ${trials.join()}`.trim();
  }
  return "epoch" in body ? `${verb} ${body.epoch}` : verb;
}

function epochIn(name: string): string {
  return /epoch-(\d+)/.exec(name)?.[1] ?? name;
}

Deno.test("runAttempt() delivers every report, then says finished, then acks", async () => {
  const slow = Promise.withResolvers<ApiReplies["report"]>();
  const answers: Answers = { report: () => slow.promise };
  const { log, end, train, conclude } = setUp(answers);
  await train(3);
  await train(4);
  await train(5);
  conclude(TRAINED);
  await settle();
  assert.deepEqual(log, ["report 3"]);
  delete answers.report;
  slow.resolve({ type: "decided", decisions: [] });
  assert.equal((await end).kind, "finished");
  assert.deepEqual(log, ["report 3", "report 4,5", "finished", "ack", "remove 2"]);
});

Deno.test("runAttempt() removes a checkpoint only after the next one was accepted", async () => {
  const answers: Answers = {};
  const { log, end, train, save, conclude, stored, timers } = setUp(answers);
  await train(3);
  answers.checkpointed = () => Promise.reject(new ApiTimeoutError("checkpointed"));
  await save(3);
  assert.ok(stored.has(GRANTED), "the next attempt would go on from it");
  delete answers.checkpointed;
  await timers.advance(100);
  assert.ok(!stored.has(GRANTED));
  conclude({ kind: "drained" });
  assert.equal((await end).kind, "returned");
  assert.deepEqual(
    log,
    ["report 3", "put 3", "checkpointed 3", "checkpointed 3", "remove 2", "returned", "ack"],
  );
  assert.equal(stored.size, 1, "the last checkpoint stays for the next attempt");
});

Deno.test("runAttempt() that is fenced by a report neither acks nor naks, and says no more", async () => {
  const { log, end, train, timers } = setUp({ report: () => ({ type: "fenced" }) });
  await train(3);
  assert.equal((await end).kind, "fenced");
  await timers.advance(60_000);
  assert.deepEqual(log, ["report 3", "abort"]);
});

Deno.test("runAttempt() that is fenced by a renewal stops training at once", async () => {
  const answers: Answers = {};
  const { log, end, train, timers } = setUp(answers);
  await train(3);
  answers.renew = () => ({ type: "fenced" });
  await timers.advance(1_000);
  assert.equal((await end).kind, "fenced");
  assert.deepEqual(log, ["report 3", "abort"]);
});

Deno.test("runAttempt() trains on while the coordinator is away, and loses nothing", async () => {
  const absent = () => Promise.reject(new CoordinatorAbsentError(SWEEP));
  const answers: Answers = { report: absent, renew: absent };
  const { log, end, train, conclude, timers } = setUp(answers);
  await train(3);
  await timers.advance(1_000);
  await train(4);
  delete answers.report;
  delete answers.renew;
  await timers.advance(1_500);
  conclude(TRAINED);
  assert.equal((await end).kind, "finished");
  const delivered = log.filter((line, i) => line.startsWith("report") && line !== log[i + 1]);
  assert.deepEqual(delivered, ["report 3", "report 4"]);
});

Deno.test("runAttempt() gives up after a lease without an answer, and touches nothing", async () => {
  const absent = () => Promise.reject(new CoordinatorAbsentError(SWEEP));
  const { log, end, train, timers } = setUp({ report: absent, renew: absent });
  await train(3);
  await timers.advance(3_000);
  assert.equal((await end).kind, "lost");
  assert.equal(log.at(-1), "abort");
  assert.ok(!log.includes("ack") && !log.includes("nak"));
});

Deno.test("runAttempt() goes on from the granted checkpoint", async () => {
  const { end, conclude, job, train } = setUp();
  await train(3);
  assert.deepEqual(job()?.resume, { epoch: 2, bytes: new Uint8Array([7]) });
  conclude(TRAINED);
  await end;
});

Deno.test("runAttempt() asks training to drain and obeys decisions", async () => {
  const decisions = [{ trial: TRIAL, decision: "pause" }] as const;
  const { log, end, train, conclude, drain } = setUp({
    report: () => ({ type: "decided", decisions }),
  });
  await train(3);
  drain.abort();
  conclude({ kind: "drained" });
  assert.equal((await end).kind, "returned");
  assert.deepEqual(log, ["report 3", "stop 0 true", "drain", "returned", "ack"]);
});

const OTHER = parseTrialId(1);
const LEAVE: Answers = {
  report: () => ({
    type: "decided",
    decisions: [
      { trial: TRIAL, decision: "continue" },
      { trial: OTHER, decision: "detach", part: 0 },
    ],
  }),
};
const BOTH: JobOutcome = {
  kind: "trained",
  lanes: [TRIAL, OTHER].map((trial) => (
    { trial, kind: "trained", epoch: epoch(9), metrics: { test_loss: 1 }, ...NO_FILES }
  )),
};

Deno.test("runAttempt() whose lanes were all stopped waits for nobody: the sweep may be over with them", async () => {
  const { log, end, train, conclude } = setUp({
    report: () => ({ type: "decided", decisions: [{ trial: TRIAL, decision: "stop" }] }),
    finished: () => Promise.reject(new CoordinatorAbsentError(SWEEP)),
  });
  await train(3);
  conclude({ kind: "trained", lanes: [] });
  assert.deepEqual(await end, { kind: "finished", lanes: [] });
  assert.deepEqual(log, ["report 3", "stop 0 false", "ack", "remove 2"]);
});

Deno.test("runAttempt() lets lanes leave once their checkpoint is stored and accepted", async () => {
  const answers: Answers = { ...LEAVE };
  const { log, end, train, copy, conclude, timers, stored } = setUp(answers);
  await train(3);
  await train(4);
  answers.detached = () => Promise.reject(new ApiTimeoutError("detached"));
  await copy(4, OTHER);
  await train(5);
  assert.ok(!log.includes("stop 1 false"), "nobody has taken them yet");
  delete answers.detached;
  await timers.advance(100);
  conclude(BOTH);
  assert.deepEqual(await end, { kind: "finished", lanes: BOTH.lanes.slice(0, 1) });
  assert.deepEqual(log, [
    "report 3",
    "copy 1",
    "report 4",
    "put 4",
    "detached 4",
    "detached 4",
    "stop 1 false",
    "report 5",
    "finished",
    "ack",
    "remove 2",
  ]);
  assert.equal(stored.size, 1, "their checkpoint is whoever's gets them");
});

Deno.test("runAttempt() keeps lanes whose checkpoint cannot be stored, and tries when asked again", async () => {
  const put = () => Promise.reject(new Error("the disk is full"));
  const { log, end, train, copy, conclude, timers } = setUp(LEAVE, { put });
  await train(3);
  await copy(3, OTHER);
  await timers.advance(10_000);
  await train(4);
  assert.deepEqual(log, ["report 3", "copy 1", "report 4", "copy 1"]);
  conclude(BOTH);
  assert.deepEqual(await end, { kind: "finished", lanes: BOTH.lanes });
});

Deno.test("runAttempt() that is fenced while lanes leave says no more", async () => {
  const { log, end, train, copy } = setUp({ ...LEAVE, detached: () => ({ type: "fenced" }) });
  await train(3);
  await copy(3, OTHER);
  assert.equal((await end).kind, "fenced");
  assert.deepEqual(log, ["report 3", "copy 1", "put 3", "detached 3", "abort"]);
});

Deno.test("runAttempt() tells what training threw, after the epochs before it", async () => {
  const { log, end, train, conclude } = setUp();
  await train(3);
  const reason = { kind: "outOfMemory", message: "no more" } as const;
  conclude({ kind: "failed", reason });
  assert.deepEqual(await end, { kind: "failed", reason });
  assert.deepEqual(log, ["report 3", "failed", "ack"]);
});

Deno.test("runAttempt() fails the attempt when the coordinator cannot read a report", async () => {
  const { log, end, train } = setUp({
    report: () => Promise.reject(new ApiRefusedError("Cannot read the request")),
  });
  await train(3);
  const result = await end;
  assert.deepEqual(result, {
    kind: "failed",
    reason: { kind: "exception", message: "Cannot read the request" },
  });
  assert.deepEqual(log, ["report 3", "abort", "failed", "ack"]);
});

Deno.test("runAttempt() fails the attempt when no message can hold a report", async () => {
  const { log, end, train } = setUp({
    report: () => Promise.reject(new MessageTooLargeError(70_000, bytes(60_000))),
  });
  await train(3);
  assert.equal((await end).kind, "failed");
  assert.deepEqual(log, ["report 3", "abort", "failed", "ack"]);
});

Deno.test("runAttempt() starts over when its checkpoint can never be loaded", async () => {
  const tooLarge = () => Promise.reject(new RangeError("Cannot load artifact of 2 GiB"));
  const { end, conclude, job, train } = setUp({}, { get: tooLarge });
  await train(1);
  assert.equal(job()?.resume, null);
  conclude(TRAINED);
  assert.equal((await end).kind, "finished");
});

Deno.test("runAttempt() that is stopped says so once and ends", async () => {
  const absent = () => Promise.reject(new CoordinatorAbsentError(SWEEP));
  const { log, end, train, stop } = setUp({ returned: absent });
  await train(3);
  stop.abort();
  assert.equal((await end).kind, "stopped");
  assert.deepEqual(log, ["report 3", "abort", "returned"]);
});

const LOG = "sweeps/s/packs/0/attempt-2/log.json";

/** The lines that are stored, each with its level. */
function linesIn(logs: ReadonlyMap<string, Uint8Array>): readonly string[] {
  const { lines } = decode(logs.get(LOG)!, attemptLogSchema, { subject: LOG });
  return lines.map(({ level, text, trial }) => `${level} ${trial ?? "-"} ${text}`);
}

Deno.test("runAttempt() stores what happened, and what the job said, before it says finished", async () => {
  const { end, train, say, conclude, logs } = setUp({
    finished: () => {
      assert.match(linesIn(logs).at(-1) ?? "", /completed after epoch 9: test_loss 1$/);
      return { type: "accepted" };
    },
  });
  await train(3);
  await say("warn", "\x1b[31mhot\x1b[0m\x07");
  conclude(TRAINED);
  assert.equal((await end).kind, "finished");
  const lines = linesIn(logs);
  assert.equal(lines[0], "info - w begins attempt 2 at pack 0, trial 0, goes on after epoch 2");
  assert.match(lines[1] ?? "", /^info - epoch 3, 1 ms/);
  assert.equal(lines[2], "warn - hot\ufffd");
  assert.equal(lines.length, 4);
});

Deno.test("runAttempt() stores the lines of a job that failed, and of one that goes on", async () => {
  const { end, train, say, conclude, logs, timers } = setUp();
  await train(3);
  assert.equal(logs.size, 0, "not at every line");
  await say("info", "half of it");
  await timers.advance(6_000);
  assert.ok(linesIn(logs).includes("info - half of it"));
  conclude({ kind: "failed", reason: { kind: "exception", message: "no" } });
  assert.equal((await end).kind, "failed");
  assert.equal(linesIn(logs).at(-1), "error - failed: exception: no");
});

Deno.test("runAttempt() stores its lines once the store takes them again", async () => {
  const taken: string[] = [];
  let isAway = true;
  const { end, train, say, conclude, timers } = setUp({}, {
    put: (name) => {
      if (isAway) return Promise.reject(new Error("timeout"));
      taken.push(name);
      return Promise.resolve();
    },
  });
  await train(3);
  await timers.advance(6_000);
  await say("info", "nobody takes this");
  isAway = false;
  await timers.advance(6_000);
  assert.deepEqual(taken, [LOG], "what was said while the store was away");
  conclude(TRAINED);
  assert.equal((await end).kind, "finished");
});

Deno.test("runAttempt() finishes all the same where its lines cannot be stored", async () => {
  const refuses = setUp({}, { put: () => Promise.reject(new Error("full")) });
  await refuses.train(3);
  refuses.conclude(TRAINED);
  assert.equal((await refuses.end).kind, "finished");
  const hangs = setUp({}, { put: () => new Promise(() => {}) });
  await hangs.train(3);
  hangs.conclude(TRAINED);
  await settle();
  await hangs.timers.advance(2_000);
  assert.equal((await hangs.end).kind, "finished");
});
