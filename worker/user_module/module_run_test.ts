import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { parseSweepId, parseTrialId } from "../../core/domain/ids.ts";
import { NO_PERMISSIONS } from "../../core/domain/user_module.ts";
import { epoch, instant, milliseconds } from "../../core/domain/units.ts";
import type { EpochRecord } from "../../core/protocol/messages.ts";
import type { Timers } from "../../core/protocol/ports.ts";
import type { SavedCheckpoint } from "../outbox.ts";
import type { ModuleJob } from "../thread_messages.ts";
import { ModuleRun } from "./module_run.ts";

const TRIAL = parseTrialId(4);
const TIMERS: Timers = {
  now: () => instant(Date.now()),
  sleep: (duration, options) => wait(duration, undefined, options),
};

function jobOf(body: string, change: Partial<ModuleJob> = {}): ModuleJob {
  return {
    sweep: parseSweepId("s"),
    seed: 11,
    task: { dataset: "module", folder: "/", path: "m.ts", permissions: NO_PERMISSIONS },
    text: `export default async function train(parameters, trial) {\n${body}\n}`,
    metric: "loss",
    lanes: [{ trial: TRIAL, replicate: 2, hyperparameters: { x: 3, name: "a", flag: true } }],
    resume: null,
    ...change,
  };
}

/** A run whose reports are answered at once, with `onEpoch` before. */
function begin(
  job: ModuleJob,
  { onEpoch = () => {}, patienceMs = 60_000 }: {
    readonly onEpoch?: (run: ModuleRun, record: EpochRecord) => void;
    readonly patienceMs?: number;
  } = {},
) {
  const epochs: EpochRecord[] = [];
  const checkpoints: SavedCheckpoint[] = [];
  const lines: string[] = [];
  const run = new ModuleRun(job, {
    timers: TIMERS,
    patienceMs: milliseconds(patienceMs),
    sink: {
      alive: () => {},
      epoch: (record) => {
        epochs.push(record);
        onEpoch(run, record);
        run.decided(record.epoch);
      },
      checkpoint: (checkpoint) => checkpoints.push(checkpoint),
      log: (level, text) => lines.push(`${level} ${text}`),
    },
  });
  return { run, epochs, checkpoints, lines, outcome: run.run() };
}

async function failureOf(job: ModuleJob): Promise<string> {
  const outcome = await begin(job).outcome;
  assert.ok(outcome.kind === "failed", JSON.stringify(outcome));
  assert.equal(outcome.reason.kind, "exception");
  return outcome.reason.message;
}

const lanesOf = (records: readonly EpochRecord[]) =>
  records.map(({ epoch, lanes: [lane] }) => [
    epoch,
    lane?.kind === "measured" ? lane.metrics : lane?.kind,
  ]);

Deno.test("ModuleRun gives a function its trial, reports its epochs and takes what it returns", async () => {
  const { outcome, epochs, checkpoints } = begin(jobOf(`
    const { number, replicate, seed, resumed } = trial;
    const told = [await trial.report({ loss: 2, lr: NaN }), await trial.report({ loss: 1 }, { epoch: 5 })];
    trial.checkpoint(new Uint8Array([7]));
    const isRight = JSON.stringify([number, replicate, seed, resumed, told, parameters]) ===
      '[4,2,11,null,["continue","continue"],{"x":3,"name":"a","flag":true}]';
    return { right: isRight ? 1 : 0 };`));
  assert.deepEqual(await outcome, {
    kind: "trained",
    lanes: [{
      trial: TRIAL,
      kind: "trained",
      epoch: 5,
      metrics: { loss: 1, right: 1 },
      result: null,
      model: null,
    }],
  });
  assert.deepEqual(lanesOf(epochs), [[1, { loss: 2 }], [5, { loss: 1 }]]);
  assert.deepEqual(checkpoints, [{ epoch: 5, trials: [TRIAL], bytes: new Uint8Array([7]) }]);
});

Deno.test("ModuleRun takes a number alone as the objective, and nothing as the last report", async () => {
  for (const body of ["return 4;", "await trial.report({ loss: 4 });"]) {
    const outcome = await begin(jobOf(body)).outcome;
    assert.ok(outcome.kind === "trained" && outcome.lanes[0]?.kind === "trained");
    assert.deepEqual(outcome.lanes[0].metrics, { loss: 4 });
  }
});

Deno.test("ModuleRun hands the last checkpoint to the next attempt", async () => {
  const job = jobOf(
    `await trial.report({ loss: trial.resumed.bytes[0] });
    return { from: trial.resumed.epoch };`,
    { resume: { epoch: epoch(6), bytes: new Uint8Array([9]) } },
  );
  const { outcome, epochs } = begin(job);
  const end = await outcome;
  assert.ok(end.kind === "trained" && end.lanes[0]?.kind === "trained");
  assert.deepEqual(end.lanes[0].metrics, { loss: 9, from: 6 });
  assert.deepEqual(lanesOf(epochs), [[7, { loss: 9 }]]);
});

Deno.test("ModuleRun ends a trial as diverged when its objective is no finite number", async () => {
  const diverged = (at: number) => ({
    kind: "trained",
    lanes: [{ trial: TRIAL, kind: "diverged", epoch: at }],
  });
  const bodies: readonly (readonly [string, number])[] = [
    [
      "await trial.report({ loss: 1 }); await trial.report({ loss: NaN }); while (await trial.report({ loss: 1 }) === 'continue');",
      2,
    ],
    ["return { loss: Infinity };", 1],
    ["return NaN;", 1],
  ];
  for (const [body, at] of bodies) {
    assert.deepEqual(await begin(jobOf(body)).outcome, diverged(at), body);
  }
  const several = { objectives: ["loss", "cost"] };
  const second = "return { loss: 1, cost: NaN, other: NaN };";
  assert.deepEqual(await begin(jobOf(second, several)).outcome, diverged(1));
  const alone = await begin(jobOf("return { loss: 1, other: NaN };", several)).outcome;
  assert.ok(alone.kind === "trained" && alone.lanes[0]?.kind === "trained");
});

Deno.test("ModuleRun says what a module threw, and where", async () => {
  assert.match(
    await failureOf(jobOf("throw new RangeError('too ' + parameters.x);")),
    /^RangeError: too 3 \(at train in the bundle:2:7\)$/,
  );
  assert.equal(await failureOf(jobOf("throw 'just so';")), "just so");
  assert.match(
    await failureOf(
      jobOf("setTimeout(() => { throw new Error('late'); }); await new Promise(() => {});"),
    ),
    /late/,
  );
  assert.match(
    await failureOf(jobOf("", { text: "export const x = 1;" })),
    /it has no default export/,
  );
  assert.match(await failureOf(jobOf("", { text: "export default 3;" })), /is no function/);
  assert.match(await failureOf(jobOf("", { text: "export default (" })), /SyntaxError/);
  assert.match(
    await failureOf(jobOf("return { loss: 'small' };")),
    /loss is "small"; it must be a number/,
  );
  assert.match(await failureOf(jobOf("return [1];")), /a list is no record of numbers/);
  assert.match(await failureOf(jobOf("trial.report({ 'a\\nb': 1 });")), /no name of 1 to 64/);
  assert.match(
    await failureOf(jobOf("await trial.report({ loss: 1 }, { epoch: 0 });")),
    /Cannot report epoch 0/,
  );
  assert.match(await failureOf(jobOf("trial.checkpoint('text');")), /it must be a Uint8Array/);
  assert.match(await failureOf(jobOf("Deno.exit(0);")), /Cannot end the process/);
  assert.match(
    await failureOf(
      jobOf("self.postMessage({ type: 'report', epoch: -1 }); await new Promise(() => {});"),
    ),
    /none of Trawl's/,
  );
});

Deno.test("ModuleRun gives a module what it is granted, and nothing else", async () => {
  const attempts = [
    "Deno.readTextFileSync('/etc/passwd')",
    "await import('file:///etc/passwd')",
    "(await import('node:fs')).readFileSync('/etc/passwd')",
    "Deno.writeTextFileSync('/tmp/trawl-module-must-not-write', '')",
    "Deno.env.get('NATS_URL')",
    "Deno.hostname()",
    "await fetch('http://127.0.0.1:4222/')",
    "await Deno.connect({ port: 9 })",
    "new Deno.Command('true').outputSync()",
  ];
  for (const attempt of attempts) {
    assert.match(await failureOf(jobOf(`${attempt};`)), /Requires \w+ access/, attempt);
  }
  const denied = await failureOf(jobOf("Deno.readTextFileSync('/etc/passwd');"));
  assert.match(denied, /^NotCapable: .*task\.permissions of its sweep file grants$/);
  const granted = jobOf("Deno.readTextFileSync('/etc/hostname'); return 1;", {
    task: {
      dataset: "module",
      folder: "/etc",
      path: "m.ts",
      permissions: { ...NO_PERMISSIONS, read: ["./hostname"] },
    },
  });
  assert.equal((await begin(granted).outcome).kind, "trained");
});

Deno.test("ModuleRun loads TensorFlow.js without any permission", async () => {
  const outcome = await begin(jobOf(`
    const tf = await trial.tensorflow();
    const sum = tf.tidy(() => tf.sum(tf.matMul(tf.ones([2, 3]), tf.ones([3, 2]))).dataSync()[0]);
    return { loss: sum, wasm: tf.getBackend() === "wasm" ? 1 : 0 };`)).outcome;
  assert.ok(outcome.kind === "trained", JSON.stringify(outcome));
  assert.ok(outcome.lanes[0]?.kind === "trained");
  assert.deepEqual(outcome.lanes[0].metrics, { loss: 12, wasm: 1 });
});

Deno.test("ModuleRun asks a stopped trial to end, and ends one that does not listen", async () => {
  const stop = (run: ModuleRun) => run.stopLanes([TRIAL]);
  const polite = begin(jobOf("while (await trial.report({ loss: 1 }) === 'continue');"), {
    onEpoch: (run, { epoch }) => epoch === 3 && stop(run),
  });
  assert.deepEqual(await polite.outcome, { kind: "trained", lanes: [] });
  assert.deepEqual(lanesOf(polite.epochs).length, 3);
  const deaf = begin(jobOf("trial.report({ loss: 1 }); while (true);"), {
    onEpoch: stop,
    patienceMs: 50,
  });
  assert.deepEqual(await deaf.outcome, { kind: "trained", lanes: [] });
});

Deno.test("ModuleRun that drains lets the module make a last checkpoint", async () => {
  const { outcome, checkpoints } = begin(
    jobOf(`
    await trial.report({ loss: 1 });
    trial.signal.throwIfAborted();
    await new Promise((resolve) => trial.signal.addEventListener("abort", resolve));
    trial.checkpoint(new TextEncoder().encode(trial.signal.reason.name));
    return { loss: 0 };`),
    { onEpoch: (run) => setTimeout(() => run.drain(), 50) },
  );
  assert.deepEqual(await outcome, { kind: "drained" });
  const bytes = new TextEncoder().encode("AbortError");
  assert.deepEqual(checkpoints, [{ epoch: 1, trials: [TRIAL], bytes }]);
});

Deno.test("ModuleRun that is aborted ends at once, even in an endless loop", async () => {
  const endless = begin(jobOf("trial.report({ loss: 1 }); while (true);"), {
    onEpoch: (run) => run.abort(),
  });
  assert.deepEqual(await endless.outcome, { kind: "aborted" });
});

Deno.test("ModuleRun refuses more than one lane", async () => {
  const [lane] = jobOf("").lanes;
  const outcome = await begin(jobOf("", { lanes: [lane!, lane!] })).outcome;
  assert.ok(outcome.kind === "failed");
  assert.match(outcome.reason.message, /Cannot run a module for 2 trials/);
});

Deno.test("ModuleRun keeps a module from ending the process, by whatever call", async () => {
  const calls = [
    `(await import("node:process")).default.kill(Deno.pid, "SIGKILL")`,
    `(await import("node:process")).kill(Deno.pid, "SIGKILL")`,
    `(await import("node:process")).default.abort()`,
    `process.reallyExit(1)`,
    `Deno.kill(Deno.pid, "SIGKILL")`,
    `self.close()`,
  ];
  for (const call of calls) {
    assert.match(
      await failureOf(jobOf(`${call}; await new Promise(() => {});`)),
      /end the process/,
    );
  }
});

Deno.test("ModuleRun takes no metric of a name that every object answers to", async () => {
  for (const name of ["constructor", "toString", "__proto__"]) {
    const body = `return JSON.parse('{ "loss": 1, "${name}": 2 }');`;
    assert.match(await failureOf(jobOf(body)), new RegExp(`${name} is no name of a metric`));
  }
});

Deno.test("ModuleRun says what was thrown, be it whatever", async () => {
  const cases: readonly (readonly [body: string, message: RegExp])[] = [
    [`throw Object.create(null)`, /^Something of type object/],
    [`throw null`, /^null/],
    [`throw Symbol("odd")`, /^Symbol\(odd\)/],
    [`const e = new Error("m1"); e.name = {}; throw e`, /m1/],
    [`const e = new Error("m2"); e.name = Symbol("n"); throw e`, /m2/],
    [`const e = new Error("m3"); e.stack = 5; throw e`, /m3/],
    [`Error.prepareStackTrace = () => { throw 1; }; throw new Error("m4")`, /m4/],
    [
      `throw Object.defineProperty(new TypeError("m"), "message", { get() { throw 1; } })`,
      /^TypeError/,
    ],
  ];
  for (const [body, message] of cases) assert.match(await failureOf(jobOf(body)), message);
});

Deno.test("ModuleRun ends a module that floods it with reports or with a checkpoint", async () => {
  const flood = `for (let i = 0; i < 1e9; i++) trial.report({ loss: i });`;
  assert.match(await failureOf(jobOf(flood)), /1000 reports wait for their answers; each must be/);
  const huge = `trial.checkpoint(new Uint8Array(2 ** 28 + 1));`;
  assert.match(await failureOf(jobOf(huge)), /checkpoint of 268435457 bytes: it must have at most/);
  const forged = `self.postMessage({ type: "checkpoint", bytes: new Uint8Array(2 ** 28 + 1) });
    await new Promise(() => {});`;
  assert.match(await failureOf(jobOf(forged)), /message that is none of Trawl's/);
});

Deno.test("ModuleRun tells what a module prints, in its order and with its levels", async () => {
  const { outcome, lines } = begin(jobOf(`
    console.log("x is %d", parameters.x, { deep: [1] });
    console.warn("careful");
    console.error(new RangeError("odd").message);
    await trial.report({ loss: 1 });
    for (let i = 0; i < 1000; i++) console.debug("line", i);
    throw new Error("at the end");`));
  assert.equal((await outcome).kind, "failed");
  assert.deepEqual(lines.slice(0, 3), ["info x is 3 { deep: [ 1 ] }", "warn careful", "error odd"]);
  const skipped = lines.reduce(
    (sum, line) => sum + Number(/… (\d+) lines were left out here/.exec(line)?.[1] ?? 0),
    0,
  );
  const told = lines.filter((line) => line.startsWith("debug line "));
  assert.equal(told.length + skipped, 1000);
  assert.equal(told.at(-1), "debug line 999");
  assert.match(lines.at(-1) ?? "", /^error Error: at the end\n +at train \(bundle:\d+:\d+\)/);
});

Deno.test("ModuleRun goes on whatever a module prints", async () => {
  const { outcome, lines } = begin(jobOf(`
    try {
      console.log({ [Symbol.for("nodejs.util.inspect.custom")]() { throw new Error("no"); } });
    } catch {}
    console.log("x".repeat(1e6));
    return { loss: 1 };`));
  assert.equal((await outcome).kind, "trained");
  assert.ok(lines.every((line) => line.length < 5_000));
});
