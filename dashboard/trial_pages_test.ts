import assert from "node:assert/strict";
import { parquetReadObjects } from "hyparquet";
import { parseSweepId } from "../core/domain/ids.ts";
import { encode } from "../core/protocol/codec.ts";
import { logArtifact } from "../core/protocol/subjects.ts";
import { openDashboard, startJournalServer } from "../tests/support/dashboards.ts";
import { journalOf } from "../tests/support/journals.ts";
import {
  FIT,
  MODEL_BYTES,
  resultWith,
  storeResult,
  SURFACE,
  withStored,
} from "../tests/support/stored_results.ts";

const sweep = parseSweepId("grown-1");
const rowsOf = (html: string): readonly number[] =>
  [...html.matchAll(/data-trial="(\d+)"/g)].map(([, trial]) => Number(trial));

Deno.test("createDashboard shows trials in windows that the address chooses, and says how many there are", async () => {
  await using server = await startJournalServer();
  await server.write(sweep, journalOf({ configurations: 60, lanes: 8, epochs: 2 }));
  using dashboard = openDashboard(server);
  const get = async (query: string): Promise<string> =>
    await (await dashboard.app.request(`/s/grown-1/trials${query}`)).text();
  const first = await get("");
  assert.deepEqual(rowsOf(first), Array.from({ length: 50 }, (_, i) => i));
  assert.match(first, />1–50 of 60</);
  assert.match(first, /page 1 of 2/);
  assert.match(first, /href="\/s\/grown-1\/trials" aria-current="page">Trials</);
  assert.equal(rowsOf(await get("?page=2")).length, 10);
  assert.match(await get("?page=99"), />51–60 of 60</);
  assert.equal(rowsOf(await get("?size=200")).length, 60);
  const pack = await get("?pack=1");
  assert.deepEqual(rowsOf(pack), [8, 9, 10, 11, 12, 13, 14, 15]);
  assert.match(pack, /1–8 of 8 that match, 60 in all/);
  assert.match(pack, /<input type="hidden" name="pack" value="1"/);
  const answer = await dashboard.app.request(
    "/api/v1/sweeps/grown-1/trials?sort=-objective&size=200",
  );
  const { rows } = await answer.json();
  const objectives = rows.map(({ objective }: { objective: number }) => objective);
  assert.deepEqual(objectives, objectives.toSorted((a: number, b: number) => b - a));
});

Deno.test("createDashboard says what is wrong with a filter, on the page and in JSON", async () => {
  await using server = await startJournalServer();
  await server.write(sweep, journalOf());
  using dashboard = openDashboard(server);
  const page = await dashboard.app.request("/s/grown-1/trials?q=lr%3E%3Cb%3E");
  const html = await page.text();
  assert.match(html, /role="alert">Cannot read the filter at character 4, &quot;&lt;b&gt;&quot;/);
  assert.match(html, /name="q" [^>]*value="lr&gt;&lt;b&gt;"/, "the text can be mended");
  assert.deepEqual(rowsOf(html), []);
  const api = await dashboard.app.request("/api/v1/sweeps/grown-1/trials?q=width%3E3");
  assert.equal(api.status, 400);
  assert.match((await api.json()).detail, /Cannot filter by "width": it must be one of lr, /);
  assert.match(
    await (await dashboard.app.request("/s/grown-1/trials?state=failed")).text(),
    /None of 6 trials matches/,
  );
});

Deno.test("createDashboard exports the trials of a filter as the command line does", async () => {
  await using server = await startJournalServer();
  await server.write(sweep, journalOf({ configurations: 20, lanes: 4 }));
  using dashboard = openDashboard(server);
  const get = async (path: string): Promise<Response> =>
    await dashboard.app.request(`/api/v1/sweeps/grown-1/${path}`);
  const csv = await get("trials.csv?pack=1&sort=-trial");
  assert.match(csv.headers.get("content-type") ?? "", /^text\/csv/);
  const [header = "", ...lines] = (await csv.text()).trimEnd().split("\r\n");
  assert.match(header, /^sweep,trial,configuration,replicate,state/);
  assert.deepEqual(lines.map((line) => line.split(",")[1]), ["7", "6", "5", "4"]);
  const jsonl = await (await get("trials.jsonl?pack=1")).text();
  assert.deepEqual(
    jsonl.trimEnd().split("\n").map((line) => JSON.parse(line).trial),
    [4, 5, 6, 7],
  );
  const parquet = await get("trials.parquet?pack=1&sort=-trial");
  assert.equal(parquet.headers.get("content-type"), "application/vnd.apache.parquet");
  const table = await parquetReadObjects({ file: await parquet.arrayBuffer() });
  assert.deepEqual(Object.keys(table[0] ?? {}), header.split(","));
  assert.deepEqual(table.map(({ trial }) => trial), [7n, 6n, 5n, 4n]);
  assert.equal((await get("trials.csv?sort=nothing")).status, 400);
});

Deno.test("createDashboard shows what a trial has left: report, confusions, mistakes, model", async () => {
  await using server = await startJournalServer();
  await server.write(sweep, withStored([...journalOf({ epochs: 3 })], [0, 1]));
  await storeResult(server.transport, 0, resultWith());
  using dashboard = openDashboard(server);
  const get = async (path: string): Promise<Response> => await dashboard.app.request(path);
  const html = await (await get("/s/grown-1/t/0")).text();
  assert.match(html, /completed after epoch 3/);
  assert.match(html, /leased to alder-1/);
  assert.match(html, /<td class="right shade-9">90<\/td>/);
  assert.match(html, /<b>mouse<\/b>, taken for <b>apple<\/b>/);
  assert.match(html, /deno task trawl predict grown-1\/0 FILE/);
  assert.match(html, /<polyline points="\d/);
  const shares = await (await get("/s/grown-1/t/0?cells=shares&split=validation")).text();
  assert.match(shares, />90\.0 %</);
  assert.match(shares, /Confusion matrix, validation examples/);
  const image = await get("/api/v1/sweeps/grown-1/trials/0/images/0.png");
  assert.equal(image.headers.get("content-type"), "image/png");
  assert.deepEqual([...(await image.bytes()).subarray(1, 4)], [...new TextEncoder().encode("PNG")]);
  const model = await get("/api/v1/sweeps/grown-1/trials/0/model.safetensors");
  assert.deepEqual(await model.bytes(), MODEL_BYTES);
  assert.match(model.headers.get("content-disposition") ?? "", /grown-1-0\.safetensors/);
});

Deno.test("createDashboard says why there is nothing to show, and answers what is not there", async () => {
  await using server = await startJournalServer();
  await server.write(sweep, withStored([...journalOf()], [1, 2]));
  await server.transport.artifacts.put("results/2", new TextEncoder().encode("{}"));
  using dashboard = openDashboard(server);
  const get = async (path: string): Promise<string> =>
    await (await dashboard.app.request(`/s/grown-1/t/${path}`)).text();
  assert.match(await get("0"), /This trial has left no result file/);
  assert.match(await get("1"), /is not in the store any more/);
  assert.match(await get("1"), /The model was not kept/);
  assert.match(await get("2"), /The result cannot be read: /);
  assert.match(await get("2"), /What happened/);
  for (const path of ["t/6", "t/99999999"]) {
    assert.equal((await dashboard.app.request(`/s/grown-1/${path}`)).status, 404, path);
  }
  for (const path of ["0/images/0.png", "0/images/x.png", "0/model.safetensors"]) {
    const answer = await dashboard.app.request(`/api/v1/sweeps/grown-1/trials/${path}`);
    assert.equal(answer.status, 404, path);
  }
  for (const path of ["t/x", "t/-1", "t/0?cells=both"]) {
    assert.equal((await dashboard.app.request(`/s/grown-1/${path}`)).status, 400, path);
  }
});

Deno.test("createDashboard draws decision surfaces and fits, each snapshot by its epoch", async () => {
  await using server = await startJournalServer();
  await server.write(sweep, withStored([...journalOf()], [0, 1]));
  await storeResult(server.transport, 0, resultWith(SURFACE));
  await storeResult(server.transport, 1, resultWith(FIT));
  using dashboard = openDashboard(server);
  const get = async (path: string): Promise<string> =>
    await (await dashboard.app.request(`/s/grown-1/t/${path}`)).text();
  const surface = await get("0");
  assert.equal(surface.match(/class="band band-\d"/g)?.length, 10);
  assert.match(surface, /<path class="boundary" d="M\d/);
  assert.equal(surface.match(/class="example example-\d"/g)?.length, 2 + 2, "and the legend");
  const fit = await get("1");
  assert.match(fit, /after epoch 30, over 1 training examples .*; this is the result/);
  assert.equal(fit.match(/<polyline class="fit fit-other"/g)?.length, 2 + 1, "and the legend");
  assert.match(await get("1?epoch=20"), /The fitted curve after epoch 20/);
});

Deno.test("createDashboard draws a surface on the way, and gives the numbers of each picture", async () => {
  await using server = await startJournalServer();
  await server.write(sweep, withStored([...journalOf()], [0, 1]));
  await storeResult(server.transport, 0, resultWith(SURFACE));
  await storeResult(server.transport, 1, resultWith(FIT));
  using dashboard = openDashboard(server);
  const get = async (path: string): Promise<string> =>
    await (await dashboard.app.request(`/s/grown-1/t/${path}`)).text();
  const boundaryOf = (html: string) => /class="boundary" d="([^"]*)"/.exec(html)?.[1];
  const [result, before] = [await get("0"), await get("0?epoch=10")];
  assert.match(
    result,
    /over the two inputs after epoch 20, with 2 test examples; this is the result/,
  );
  assert.match(before, /over the two inputs after epoch 10, with 2 test examples\./);
  assert.notEqual(boundaryOf(before), boundaryOf(result));
  assert.match(before, /data-island="snapshots"/);
  assert.match(before, /<a href="\/s\/grown-1\/t\/0" *>epoch 20<\/a>/);
  const rows = async (path: string) => (await get(path)).trim().split("\r\n");
  assert.deepEqual((await rows("0/picture.csv?epoch=10")).slice(0, 3), [
    "first_input,second_input,probability",
    "-1,0,0.4",
    "1,0,0.6",
  ]);
  assert.equal((await rows("0/picture.csv")).length, 1 + 9);
  assert.deepEqual(await rows("1/picture.csv?epoch=20"), [
    "input,without_noise,fit",
    "0,0,1",
    "1,1,2",
    "2,4,3",
  ]);
  assert.equal((await dashboard.app.request("/s/grown-1/t/2/picture.csv")).status, 404);
});

Deno.test("createDashboard puts trials side by side: what differs, what came of it, the curves", async () => {
  await using server = await startJournalServer();
  await server.write(sweep, journalOf({ configurations: 4, spec: { replicates: 2 } }));
  using dashboard = openDashboard(server);
  const get = async (query: string): Promise<Response> =>
    await dashboard.app.request(`/api/v1/sweeps/grown-1/compare${query}`);
  const { different, equal, metrics, curves } = await (await get("?t=0&t=2")).json();
  const names = (rows: readonly { name: string }[]): readonly string[] =>
    rows.map(({ name }) => name).toSorted();
  assert.ok(names(different).includes("lr"));
  assert.ok(names(equal).includes("epochs"));
  assert.deepEqual(
    names([...different, ...equal]),
    ["batch_size", "epochs", "hidden_width", "lr"],
    "every parameter is on one side",
  );
  const [{ name, values, best }] = metrics;
  assert.equal(name, "val_accuracy");
  assert.deepEqual(best, Number(values[0]) > Number(values[1]) ? [0] : [1]);
  assert.deepEqual(curves.series.map(({ trial }: { trial: number }) => trial), [0, 2]);
  const page = async (query: string): Promise<string> =>
    await (await dashboard.app.request(`/s/grown-1/compare${query}`)).text();
  assert.match(await page("?t=0,2"), /2 trials side by side/);
  assert.match(await page("?t=0,1"), /they are replicates/);
  assert.match(await page(""), /No trial is chosen/);
  assert.equal((await get("?t=8")).status, 404);
  assert.equal((await get("?t=x")).status, 400);
});

Deno.test("createDashboard says why a trial failed, and offers to train it again", async () => {
  await using server = await startJournalServer();
  await server.write(sweep, journalOf({ configurations: 20, lanes: 4, failureRate: 0.4 }));
  using dashboard = openDashboard(server);
  const { rows } = await (await dashboard.app.request(
    "/api/v1/sweeps/grown-1/trials?state=failed",
  )).json();
  const [{ trial }] = rows;
  const html = await (await dashboard.app.request(`/s/grown-1/t/${trial}`)).text();
  assert.match(html, new RegExp(`data-failed="${trial}"`));
  assert.match(html, /<form method="post" action="\/s\/grown-1\/retry">/);
  assert.match(html, /No result is stored: the trial is failed/);
});

Deno.test("createDashboard takes replicates together, shows chosen columns, and measures against a baseline", async () => {
  await using server = await startJournalServer();
  await server.write(sweep, journalOf({ configurations: 5, spec: { replicates: 3 } }));
  using dashboard = openDashboard(server);
  const get = async (query: string): Promise<string> =>
    await (await dashboard.app.request(`/s/grown-1/trials${query}`)).text();
  const grouped = await get("?by=configuration&base=3&sort=-objective");
  assert.equal(rowsOf(grouped).length, 5);
  assert.match(grouped, /1–5 of 5 configurations \(15 trials\)/);
  assert.match(grouped, /data-baseline="\d+"/);
  assert.match(grouped, /Δ to <!-- -->config\. 1|Δ to config\. 1/);
  assert.match(grouped, /title="rank 1 of 5"/);
  assert.match(grouped, /title="3 runs against 3"/);
  const narrow = await get("?col=trial&col=m.val_loss&t=2,4");
  assert.match(narrow, /val_loss/);
  assert.doesNotMatch(narrow, /Show only pack/);
  assert.match(narrow, /Columns: 1 of \d+|Columns: <!-- -->1/);
  assert.equal(
    narrow.match(/name="t" value="\d+" checked/g)?.length,
    2,
    "marks are in the address",
  );
  assert.match(narrow, /<input type="hidden" name="col" value="m\.val_loss"/, "forms keep columns");
  for (const query of ["col=nothing", "base=99", "by=worker", "sort=m.nothing"]) {
    const answer = await dashboard.app.request(`/api/v1/sweeps/grown-1/trials?${query}`);
    assert.equal(answer.status, 400, query);
    assert.match(await get(`?${query}`), /role="alert">Cannot /, "the page says so");
  }
});

Deno.test("createDashboard leads from a cell of the confusions to its examples, and says how many are kept", async () => {
  await using server = await startJournalServer();
  await server.write(sweep, withStored([...journalOf()], [0, 1]));
  const { classes, ...result } = resultWith();
  const hostile = classes.map((name, index) => index === 0 ? `<img src=x onerror=x>` : name);
  await storeResult(server.transport, 0, { ...result, classes: hostile });
  await storeResult(server.transport, 1, { ...result, classes: hostile });
  using dashboard = openDashboard(server);
  const get = async (path: string): Promise<string> =>
    await (await dashboard.app.request(`/s/grown-1/${path}`)).text();
  const [mistake = assert.fail()] = result.mistakes;
  const pair = `${mistake.actual}.${mistake.predicted}`;
  const all = await get("t/0");
  const kept = all.match(/alt="Test example \d+, of class/g)?.length ?? 0;
  const one = await get(`t/0?pair=${pair}`);
  const shown = one.match(/alt="Test example \d+, of class/g)?.length ?? 0;
  assert.ok(shown >= 1 && shown <= kept);
  assert.match(one, /such test examples are shown: a trial keeps \d+ of its/);
  assert.match(one, /<td class="wrong shade-\d+ chosen"/);
  assert.match(one, /Show those of all classes/);
  assert.match(all, /the last .{0,12}\d+.{0,12} of .{0,12}\d+.{0,12} entries/);
  assert.match(all, /href="\/s\/grown-1\/events\?trial=0"/);
  const compared = await get("compare?t=0,1,2&rows=all");
  assert.match(compared, /Both confuse the same, as often/);
  assert.match(await get("compare?t=0,1,2&against=2"), /No result is stored of trial 2/);
  for (const html of [all, one, compared]) assert.doesNotMatch(html, /<img src=x/);
  assert.equal((await dashboard.app.request("/s/grown-1/t/0?pair=x")).status, 400);
});

Deno.test("createDashboard puts eight trials side by side, and names the others", async () => {
  await using server = await startJournalServer();
  await server.write(sweep, journalOf({ configurations: 10 }));
  using dashboard = openDashboard(server);
  const html = await (await dashboard.app.request(
    "/s/grown-1/compare?t=0,1,2,3,4,5,6,7,8,9",
  )).text();
  assert.match(html, /8 trials side by side/);
  assert.match(html, /aria-label="Put trial 9 first"/);
  const { trials, metrics, query } = await (await dashboard.app.request(
    "/api/v1/sweeps/grown-1/compare?t=9,0,1,2,3,4,5,6,7,8",
  )).json();
  assert.deepEqual(trials.map(({ trial }: { trial: number }) => trial), [9, 0, 1, 2, 3, 4, 5, 6]);
  assert.equal(query.trials.length, 10);
  assert.equal(metrics[0].deltas[0], null);
  assert.match(metrics[0].deltas[1], /^[+−±]/);
});

Deno.test("createDashboard shows the last lines of a trial's workers as text, and says how many there were", async () => {
  await using server = await startJournalServer();
  const entries = [...journalOf()];
  await server.write(sweep, entries);
  const lease = entries.flatMap(({ events }) => events).find(({ type }) => type === "packLeased");
  assert.ok(lease?.type === "packLeased");
  using dashboard = openDashboard(server);
  const get = async (): Promise<string> =>
    await (await dashboard.app.request("/s/grown-1/t/0")).text();
  assert.match(
    await get(),
    /No worker has left lines about this trial\. 1 attempt has left no lines/,
  );
  const line = (text: string, trial: number | null) => ({ at: 5, level: "warn", text, trial });
  await server.transport.artifacts.put(
    logArtifact(parseSweepId("grown-1"), lease),
    encode({
      v: 1,
      lines: [
        line("about all", null),
        line("<img src=x onerror=alert(1)>\x1b[2J\x9b", 0),
        line("about another", 1),
      ],
      counts: [{ trial: null, lines: 70 }, { trial: 0, lines: 5 }, { trial: 1, lines: 9 }],
    }),
  );
  const html = await get();
  assert.match(html, /the last 2 of 75 lines/);
  assert.match(html, /pack 0, attempt 1, alder-1/);
  assert.match(html, /<span class="log-text">about all<\/span>/);
  assert.match(html, /&lt;img src=x onerror=alert\(1\)(?:&gt;|>)\ufffd<\/span>/);
  assert.doesNotMatch(html, /about another|<img src=x/);
  await server.transport.artifacts.put(
    logArtifact(parseSweepId("grown-1"), lease),
    new TextEncoder().encode("no log"),
  );
  assert.match(await get(), /1 attempt has left no lines/);
});
