import assert from "node:assert/strict";
import {
  openDashboard,
  startJournalServer,
  type TestDashboard,
} from "../../tests/support/dashboards.ts";
import { entryAt, planned } from "../../tests/support/eventful_journal.ts";
import { RunningSweep } from "../../tests/support/running_sweep.ts";
import { specOf, sweepCreated } from "../../tests/support/specs.ts";
import { parseSweepId } from "../../core/domain/ids.ts";

/** A sweep that somebody coordinates, and that no worker trains. */
interface Coordinated extends AsyncDisposable {
  readonly sweep: RunningSweep;
  readonly dashboard: TestDashboard;
}

async function coordinated(): Promise<Coordinated> {
  const sweep = await RunningSweep.create(specOf({ runCap: null }), { digest: "00" });
  const end = new AbortController();
  const coordinating = sweep.coordinate(end.signal);
  const dashboard = openDashboard(sweep);
  await sweep.seen(({ type }) => type === "packsQueued");
  return {
    sweep,
    dashboard,
    [Symbol.asyncDispose]: async () => {
      dashboard[Symbol.dispose]();
      end.abort();
      await coordinating;
      await sweep[Symbol.asyncDispose]();
    },
  };
}

const ORIGIN = "http://localhost";

async function get({ app }: TestDashboard, path: string): Promise<string> {
  return await (await app.request(`${ORIGIN}${path}`)).text();
}

/** As a browser posts a form of ours. */
async function post(
  { app }: TestDashboard,
  path: string,
  form: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return await app.request(`${ORIGIN}${path}`, {
    method: "POST",
    headers: { origin: ORIGIN, "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(form).toString(),
  });
}

/** As a program asks. */
async function ask(
  { app }: TestDashboard,
  path: string,
  body?: unknown,
): Promise<{ readonly status: number; readonly type: string | null; readonly detail: string }> {
  const response = await app.request(`${ORIGIN}/api/v1${path}`, {
    method: "POST",
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const { detail = "" } = await response.json();
  return { status: response.status, type: response.headers.get("content-type"), detail };
}

Deno.test("the buttons of a sweep ask its coordinator, and the page says what was asked and by whom", async () => {
  await using world = await coordinated();
  const { sweep, dashboard } = world;
  const path = `/s/${sweep.sweep}`;
  assert.match(await get(dashboard, path), /<button type="submit" class="button">Pause</);
  const paused = await post(dashboard, `${path}/pause`);
  assert.equal(paused.status, 303);
  assert.equal(paused.headers.get("location"), path);
  const after = await get(dashboard, path);
  assert.match(after, /sweep paused by dashboard/);
  assert.match(after, /<button type="submit" class="button">Resume</);
  assert.equal((await post(dashboard, `${path}/pause`)).status, 409);
  assert.equal((await post(dashboard, `${path}/resume`)).status, 303);

  assert.match(await get(dashboard, `${path}/stop`), /data-cancelled="4"/);
  assert.match(await get(dashboard, `${path}/t/2/stop`), /Really stop trial 2\?/);
  const stopped = await post(dashboard, `${path}/t/2/stop`);
  assert.equal(stopped.headers.get("location"), `${path}/t/2`);
  assert.match(await get(dashboard, `${path}/t/2`), /asked for by dashboard/);
  assert.match(await get(dashboard, `${path}/t/2/stop`), /Trial 2 is cancelled/);
  assert.match(await get(dashboard, `${path}/stop`), /data-cancelled="3"/);
  assert.equal((await post(dashboard, `${path}/stop`)).status, 303);
  const over = await get(dashboard, path);
  assert.match(over, /sweep cancelled by dashboard/);
  assert.doesNotMatch(over, /Enqueue…|Extend…|Stop…/);
  assert.equal((await sweep.ledger()).counts.cancelled, 4);
});

Deno.test("the forms to clone, enqueue and extend keep what was typed, and say what a field must be", async () => {
  await using world = await coordinated();
  const { sweep, dashboard } = world;
  const path = `/s/${sweep.sweep}`;
  const clone = await get(dashboard, `${path}/enqueue?from=1`);
  assert.match(clone, /Clone trial 1/);
  assert.match(clone, /name="p\.hidden_width" value="16"/);
  const same = await post(dashboard, `${path}/enqueue`, {
    from: "1",
    "p.lr": "0.05",
    "p.hidden_width": "16",
  });
  assert.equal(same.status, 409);
  assert.match(await same.text(), /it was asked for already/);
  const text = await (await post(dashboard, `${path}/enqueue`, { "p.lr": "fast" })).text();
  assert.match(text, /value="fast"[^>]*aria-invalid="true"/);
  assert.match(text, /lr is &quot;fast&quot;; it must be a number/);
  const wide = await (await post(dashboard, `${path}/enqueue`, { "p.hidden_width": "0.5" })).text();
  assert.match(
    wide,
    /id="field-p\.hidden_width-wrong">[^<]*hidden_width is 0\.5; it must be an integer/,
  );
  const tried = await post(dashboard, `${path}/enqueue`, { "p.lr": "0.7", "p.hidden_width": "" });
  assert.equal(tried.status, 303, await tried.text());
  const [manual] = (await sweep.ledger()).trials.slice(4);
  assert.deepEqual(manual?.proposal, { sampler: "manual", facts: { by: "dashboard" } });
  assert.equal(manual?.hyperparameters["lr"], 0.7);

  assert.match(await get(dashboard, `${path}/extend`), /more values of lr/);
  const none = await (await post(dashboard, `${path}/extend`)).text();
  assert.match(none, /Nothing is asked for yet/);
  const bad = await (await post(dashboard, `${path}/extend`, { replicates: "0" })).text();
  assert.match(bad, /replicates is &quot;0&quot;; it must be an integer from 1/);
  const more = await post(dashboard, `${path}/extend`, { "add.lr": "0.3, 0.4" });
  assert.equal(more.status, 303, await more.text());
  await sweep.seen(({ type }) => type === "sweepExtended");
  assert.match(await get(dashboard, `${path}/events`), /sweep extended by dashboard/);
});

Deno.test("control as JSON is answered when it is in the journal, or with a problem that says why", async () => {
  await using world = await coordinated();
  const { sweep, dashboard } = world;
  const path = `/sweeps/${sweep.sweep}`;
  for (const action of ["pause", "resume"]) {
    assert.equal((await ask(dashboard, `${path}/${action}`)).status, 202);
  }
  assert.equal((await ask(dashboard, `${path}/trials/3/stop`)).status, 202);
  const tried = { hyperparameters: { lr: 0.7, hidden_width: 12 } };
  assert.equal((await ask(dashboard, `${path}/enqueue`, tried)).status, 202);
  assert.equal((await ask(dashboard, `${path}/extend`, { replicates: 2 })).status, 202);
  const events = await sweep.events();
  const deeds = events.flatMap((event) => "by" in event ? [`${event.type} ${event.by}`] : []);
  assert.deepEqual(deeds, [
    "sweepPaused dashboard",
    "sweepResumed dashboard",
    "trialCancelled dashboard",
    "sweepExtended dashboard",
  ]);
  const refusals: readonly (readonly [string, unknown, number, RegExp])[] = [
    ["/retry", {}, 409, /none has failed/],
    ["/retry", { trials: [3] }, 409, /Cannot retry trial 3: it is cancelled/],
    ["/retry", { trials: [-1] }, 400, /Cannot read trials\.0: /],
    ["/trials/99/stop", undefined, 409, /the sweep has no such trial/],
    ["/trials/x/stop", undefined, 400, /Cannot read trial "x"/],
    ["/enqueue", { hyperparameters: { lr: -1 } }, 409, /lr is -1; it must be a number > 0/],
    ["/enqueue", { lr: 1 }, 400, /Cannot read hyperparameters/],
    ["/extend", { widen: { lr: [0, 1] } }, 400, /widen\.lr must name a parameter with a range/],
    ["/extend", { replicates: 1 }, 409, /./],
  ];
  for (const [action, body, status, detail] of refusals) {
    const answer = await ask(dashboard, `${path}${action}`, body);
    assert.equal(answer.status, status, `${action} ${answer.detail}`);
    assert.match(answer.detail, detail);
    assert.equal(answer.type, "application/problem+json");
  }
  assert.equal((await ask(dashboard, "/sweeps/none-1/pause")).status, 404);
  assert.equal((await ask(dashboard, "/workers/none-1/drain")).status, 404);
});

Deno.test("control names the command that does it where nobody coordinates the sweep", async () => {
  await using server = await startJournalServer();
  const running = parseSweepId("eventful-1");
  await server.write(running, [entryAt(0, planned(4, 2))]);
  const over = parseSweepId("small-1");
  const ended = { type: "sweepEnded", outcome: "completed", by: "coordinator" } as const;
  await server.write(over, [entryAt(0, [sweepCreated(specOf({ runCap: 4 })), ended])]);
  using dashboard = openDashboard(server);
  const left = await ask(dashboard, `/sweeps/${running}/pause`);
  assert.equal(left.status, 409);
  assert.match(left.detail, /This command goes on with it: deno task trawl resume eventful-1$/);
  assert.match(
    await get(dashboard, `/s/${running}`),
    /deno task trawl resume eventful-1 --nats nats:/,
  );
  const done = await ask(dashboard, `/sweeps/${over}/stop`);
  assert.equal(done.detail, 'Cannot stop sweep "small-1": it is completed');
  const more = await ask(dashboard, `/sweeps/${over}/extend`, { add: { lr: [0.5] }, runCap: null });
  assert.match(more.detail, /deno task trawl extend small-1 --add lr=0\.5 --run-cap none$/);
});
