import assert from "node:assert/strict";
import { parseSweepId, parseWorkerId } from "../../core/domain/ids.ts";
import { instant } from "../../core/domain/units.ts";
import { openDashboard, startJournalServer, STILL_BUNDLE } from "../../tests/support/dashboards.ts";
import { journalOf } from "../../tests/support/journals.ts";

const sweep = parseSweepId("grown-1");

Deno.test("the Parameters page and its JSON are made from the same", async () => {
  await using server = await startJournalServer();
  await server.write(sweep, journalOf({ configurations: 12, spec: { replicates: 2 } }));
  using dashboard = openDashboard(server);
  const html = await (await dashboard.app.request("/s/grown-1/params?top=50")).text();
  assert.match(html, /aria-current="page">Parameters</);
  assert.match(html, /Every chart below shows 6 of 12 configurations with a result: 6 completed/);
  const answer = await (await dashboard.app.request("/api/v1/sweeps/grown-1/params?top=50")).json();
  assert.equal(answer.parallel.lines.length, 6);
  assert.equal(answer.importance.n, 6);
  assert.equal(answer.facts.sweep, "grown-1");
  for (const query of ["lines=x", "cell=median", "lines=x&top=0"]) {
    assert.equal((await dashboard.app.request(`/s/grown-1/params?${query}`)).status, 400, query);
  }
  for (const query of ["top=0", "min.lr=x", "pack=x", "state=x"]) {
    const answer = await dashboard.app.request(`/s/grown-1/params?${query}`);
    assert.equal(answer.status, 200, query);
    const said = await answer.text();
    assert.match(said, /role="alert">Cannot (?:show|read)/, query);
    assert.match(said, /Every chart below shows 12 of 12 configurations/, query);
    const api = await dashboard.app.request(`/api/v1/sweeps/grown-1/params?${query}`);
    assert.equal(api.status, 400, query);
  }
});

Deno.test("the Events page tells the newest first, page by page, and none twice", async () => {
  await using server = await startJournalServer();
  const entries = [...journalOf({ configurations: 120, epochs: 2, failureRate: 0.1 })];
  await server.write(sweep, entries);
  using dashboard = openDashboard(server);
  const expected = entries.flatMap(({ events }) => events)
    .filter(({ type }) => type !== "epochReported").map(({ type }) => type);
  const seen: string[] = [];
  const pages: string[] = [];
  let query = "";
  while (true) {
    const path = `/api/v1/sweeps/grown-1/events${query}`;
    const { rows, matching, newer, total } = await (await dashboard.app.request(path)).json();
    assert.deepEqual([matching, total, newer], [expected.length, expected.length, seen.length]);
    if (rows.length === 0) break;
    pages.push(query);
    seen.push(...rows.map(({ kind }: { kind: string }) => kind));
    query = `?before=${rows.at(-1).number}`;
  }
  assert.deepEqual(seen.toReversed(), expected);
  const last = await (await dashboard.app.request(`/api/v1/sweeps/grown-1/events${pages.at(-1)}`))
    .json();
  const back = await (await dashboard.app.request(
    `/api/v1/sweeps/grown-1/events?before=${last.newerBefore}`,
  )).json();
  assert.equal(back.rows.at(-1).number, last.rows[0].number + 1, "newer is the page next to it");
});

Deno.test("the Events page filters by kind, trial and worker, and says how many are left", async () => {
  await using server = await startJournalServer();
  await server.write(sweep, journalOf({ configurations: 10, epochs: 2 }));
  using dashboard = openDashboard(server);
  const kindsOf = async (query: string): Promise<readonly string[]> => {
    const { rows } = await (await dashboard.app.request(`/api/v1/sweeps/grown-1/events?${query}`))
      .json();
    return rows.map(({ kind }: { kind: string }) => kind);
  };
  assert.deepEqual(await kindsOf("kind=sweepEnded"), ["sweepEnded"]);
  assert.deepEqual(await kindsOf("trial=3"), [
    "trialCompleted",
    "packLeased",
    "packsQueued",
    "trialsQueued",
  ]);
  assert.deepEqual(
    new Set(await kindsOf("worker=alder-1")),
    new Set(["packLeased", "trialCompleted"]),
  );
  assert.deepEqual(await kindsOf("worker=nobody"), []);
  const html = await (await dashboard.app.request("/s/grown-1/events?kind=trialCompleted")).text();
  assert.match(html, /1 to 10 of 10 that match, of 19, the newest first/);
  assert.match(html, /10 reports of epochs are not listed/);
  assert.match(html, /trial \d \(lr=[\d.]+ hidden_width=\d+\) completed: val_accuracy 0\.\d{4}/);
  assert.match(html, /the best so far/);
  assert.equal((await dashboard.app.request("/s/grown-1/events?trial=x")).status, 400);
});

Deno.test("the Events page escapes what is said in it, and cuts long lists in its JSON", async () => {
  await using server = await startJournalServer();
  const hostile = `</script><img src=x onerror="alert(1)">`;
  await server.write(sweep, [
    ...[...journalOf({ configurations: 80 })].slice(0, 1),
    { v: 1, at: instant(Date.now()), events: [{ type: "sweepPaused", by: hostile }] },
  ]);
  using dashboard = openDashboard(server);
  const html = await (await dashboard.app.request("/s/grown-1/events")).text();
  assert.match(html, /sweep paused by &lt;\/script&gt;&lt;img/);
  assert.ok(!html.includes("<img"));
  assert.match(html, /… and 30 more/);
});

Deno.test("the Fleet page teaches the command with the server's address while nobody is there", async () => {
  await using server = await startJournalServer();
  using dashboard = openDashboard(server, STILL_BUNDLE, {
    natsAddress: "nats://lab.example:4222",
  });
  const html = await (await dashboard.app.request("/fleet")).text();
  assert.match(html, /aria-current="page">Fleet</);
  assert.match(html, /deno task worker --nats nats:\/\/lab\.example:4222</);
  assert.doesNotMatch(html, /of this machine alone/);
});

Deno.test("the Fleet page shows who trains what, and why on that", async () => {
  await using server = await startJournalServer();
  const hostile = `<img src=x onerror="alert(1)">`;
  await server.transport.presence.put({
    v: 1,
    worker: parseWorkerId("alder-1"),
    host: hostile,
    pid: 7,
    version: "0.0.0-test",
    backend: "wasm",
    reason: "the first that loads",
    refused: [{ name: "webgpu", reason: "no adapter" }],
    slots: 2,
    draining: false,
    packs: [],
    quarantined: [{ sweep, message: "3 attempts in a row failed" }],
    laneStepsPerSecond: 1234,
    trialsFinished: 3,
    startedAt: instant(Date.now()),
    at: instant(Date.now() + 60_000),
  });
  using dashboard = openDashboard(server);
  const html = await (await dashboard.app.request("/fleet")).text();
  assert.ok(html.includes("&lt;img src=x") && !html.includes("<img"));
  assert.match(html, /quarantined/);
  assert.match(html, /no more packs of <a href="\/s\/grown-1">grown-1<\/a>: 3 attempts in a row/);
  assert.match(html, /<b>webgpu<\/b>: no adapter/);
  assert.match(html, /0 of 2 slots/);
  const { workers, isKnown, address } = await (await dashboard.app.request("/api/v1/fleet")).json();
  assert.deepEqual([workers.length, isKnown, address], [1, true, null]);
});

Deno.test("the Fleet page tells what workers measured, in words beside lines, and why it does not", async () => {
  await using server = await startJournalServer();
  const now = Date.now();
  const GIB = 2 ** 30;
  const gpu = { index: 3, name: "Card <b>", celsius: null, watts: 312.4 };
  const load = {
    at: instant(now),
    processors: { count: 16, busyShare: 0.42 },
    hostMemory: { usedBytes: 32 * GIB, totalBytes: 128 * GIB },
    processBytes: 0.75 * GIB,
    tensors: { bytes: 48 * 2 ** 20, tensors: 1_212 },
    gpus: [{ ...gpu, busyShare: 0.97, usedBytes: 2 * GIB, totalBytes: 80 * GIB }],
  };
  const { tensors: _, ...still } = load;
  const worker = (name: string) => ({
    v: 1 as const,
    worker: parseWorkerId(name),
    host: name,
    pid: 7,
    version: "0.0.0-test",
    backend: "wasm",
    reason: "the first that loads",
    refused: [],
    slots: 1,
    draining: false,
    packs: [],
    laneStepsPerSecond: 0,
    trialsFinished: 0,
    startedAt: instant(now - 60_000),
    at: instant(now + 60_000),
  });
  const { presence } = server.transport;
  await presence.put({ ...worker("a-bound"), gpu: "3", load });
  await presence.put({
    ...worker("b-without"),
    load: { ...still, gpus: [], gpusUnknown: "nvidia-smi is not on the PATH" },
  });
  await presence.put(worker("c-old"));
  await presence.put({ ...worker("d-new"), startedAt: instant(now) });
  using dashboard = openDashboard(server);
  const html = await (await dashboard.app.request("/fleet")).text();
  const [, bound = "", without = "", old = "", fresh = ""] = html.split("data-worker=");
  const text = bound.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");
  assert.match(
    text,
    /host CPU 42 % of 16 host memory 32 GiB of 128 GiB process 768 MiB 48 MiB in 1,212/,
  );
  assert.match(text, /GPU 3: Card &lt;b&gt; busy 97 % memory 2\.0 GiB of 80 GiB/);
  assert.match(text, /temperature not told by the driver power 312 W/);
  assert.match(bound, /aria-label="host CPU over the last 10 minutes: 42 %"/);
  assert.match(without, /GPU: not measured, nvidia-smi is not on the PATH/);
  assert.match(without, /no tensors: it does not train/);
  assert.match(old, /Load: not measured: an older Trawl does not/);
  assert.match(fresh, /Load: not measured yet/);
  const { workers } = await (await dashboard.app.request("/api/v1/fleet")).json();
  const [first, second, third] = workers;
  assert.equal(first.load.gpus[0].watts.now, 312.4);
  assert.equal(first.load.processorShare.points.at(-1), 0.42);
  assert.equal(second.load.gpusUnknown, "nvidia-smi is not on the PATH");
  assert.equal(third.load, null);
});

Deno.test("the Parameters page shows another objective, a worker's part, and what a query matches", async () => {
  await using server = await startJournalServer();
  const objectives = [
    { name: "val_accuracy", goal: "maximize" },
    { name: "val_loss", goal: "minimize" },
  ] as const;
  await server.write(sweep, journalOf({ configurations: 12, spec: { objectives } }));
  using dashboard = openDashboard(server);
  const chartsOf = async (query: string) => {
    const response = await dashboard.app.request(`/api/v1/sweeps/grown-1/params?${query}`);
    return [response.status, await response.json()];
  };
  const [, whole] = await chartsOf("");
  assert.deepEqual(whole.objectives, ["val_accuracy", "val_loss"]);
  const [, loss] = await chartsOf("objective=val_loss");
  assert.deepEqual([loss.objective.metric, loss.objective.goal], ["val_loss", "minimize"]);
  const means = loss.parallel.lines.map(({ mean }: { mean: number }) => mean);
  assert.deepEqual(means, [...means].sort((a, b) => b - a), "worst first");
  const [, own] = await chartsOf("worker=alder-1");
  const [, other] = await chartsOf("worker=birch-2");
  assert.ok(own.parallel.total > 0 && own.parallel.total < 12);
  assert.equal(own.parallel.total + other.parallel.total, 12);
  assert.equal(own.importance.n, own.parallel.total, "importance is of what is shown");
  const [, few] = await chartsOf("q=configuration<3");
  assert.deepEqual([few.parallel.total, few.distribution.n, few.contour.n], [3, 3, 3]);
  for (const bad of ["q=what", "objective=x", "scale.lr=x"]) {
    assert.equal((await chartsOf(bad))[0], 400, bad);
  }
  const html = await (await dashboard.app.request("/s/grown-1/params?order=hidden_width")).text();
  assert.match(html, /lr × hidden_width, interpolated/);
  assert.match(html, /aria-label="Move lr left"/);
  assert.match(html, /aria-label="Move hidden_width right"/);
  assert.match(html, /<option value="val_loss">/);
});

Deno.test("the page of all events mixes the newest of every sweep, and filters", async () => {
  await using server = await startJournalServer();
  using dashboard = openDashboard(server);
  const none = await (await dashboard.app.request("/events")).text();
  assert.match(none, /aria-current="page">Events</);
  assert.match(none, /there is no sweep/);
  const other = parseSweepId("other-2");
  await server.write(sweep, journalOf({ configurations: 8, startAt: 1_000_000, stepMs: 10_000 }));
  await server.write(
    other,
    journalOf({ sweep: other, configurations: 120, startAt: 1_005_000, stepMs: 10_000 }),
  );
  const eventsOf = async (query = "") =>
    await (await dashboard.app.request(`/api/v1/events${query}`)).json();
  const { rows, total, sweeps, allSweeps } = await eventsOf();
  assert.deepEqual([rows.length, sweeps.length, allSweeps], [100, 2, 2]);
  assert.ok(total > 100);
  const times = rows.map(({ at }: { at: number }) => at);
  assert.deepEqual(times, times.toSorted((a: number, b: number) => b - a));
  const ends = (await eventsOf("?kind=sweepEnded")).rows;
  assert.deepEqual(ends.map((row: { sweep: string }) => row.sweep), ["other-2", "grown-1"]);
  const own = await eventsOf("?sweep=grown-1&worker=birch-2");
  assert.ok(own.rows.length > 0 && own.sweeps.length === 1);
  for (const row of own.rows) assert.deepEqual([row.sweep, row.worker], ["grown-1", "birch-2"]);
  const html = await (await dashboard.app.request("/events?worker=nobody")).text();
  assert.match(html, /the newest 0 of [\d,]+ events in 2 sweeps/);
  assert.match(html, /No events match/);
  assert.equal((await dashboard.app.request("/api/v1/events?sweep=none-1")).status, 404);
});

Deno.test("the Fleet page names the trials of a pack, and lists one state alone", async () => {
  await using server = await startJournalServer();
  const entries = [...journalOf({ configurations: 8, startAt: Date.now() - 60_000 })];
  const lease = entries.flatMap(({ events }) => events).find(({ type }) => type === "packLeased");
  assert.ok(lease?.type === "packLeased");
  const until = entries.findIndex(({ events }) => events.includes(lease));
  await server.write(sweep, entries.slice(0, until + 1));
  const now = instant(Date.now());
  await server.transport.presence.put({
    v: 1,
    worker: lease.worker,
    host: "alder",
    pid: 7,
    version: "0.0.0-test",
    backend: "wasm",
    reason: "the first that loads",
    refused: [],
    slots: 1,
    draining: false,
    packs: [{ sweep, pack: lease.pack, lanes: 2, since: now }],
    laneStepsPerSecond: 10,
    trialsFinished: 0,
    startedAt: instant(now - 3_600_000),
    at: instant(now + 60_000),
  });
  using dashboard = openDashboard(server);
  const html = await (await dashboard.app.request("/fleet")).text();
  assert.match(html, /1 of 1, of all sweeps/);
  assert.match(html, /aria-label="Trial \d+"/);
  assert.match(html, /aria-label="Busy share of the last 10 minutes/);
  const { workers } = await (await dashboard.app.request("/api/v1/fleet")).json();
  assert.ok(workers[0].packs[0].trials.length > 0);
  assert.ok(workers[0].activity.busyShare > 0, "the pack is still being trained");
  const idle = await (await dashboard.app.request("/fleet?state=idle")).text();
  assert.match(idle, /No worker is idle/);
  assert.equal((await dashboard.app.request("/fleet?state=x")).status, 400);
  const sorted = await (await dashboard.app.request("/fleet?state=training&sort=busy")).text();
  assert.match(
    sorted,
    /aria-sort="descending"><a href="\/fleet\?state=training&amp;sort=busy">busy/,
  );
  assert.match(sorted, /<a href="\/fleet\?sort=busy"[^>]*>all 1</);
  assert.equal((await dashboard.app.request("/fleet?sort=x")).status, 400);
});
