import assert from "node:assert/strict";
import { parseSweepId } from "../../core/domain/ids.ts";
import { openDashboard, startJournalServer } from "../../tests/support/dashboards.ts";
import { journalOf } from "../../tests/support/journals.ts";
import type { CurvesView } from "../client/curves/curves_model.ts";
import { quartilesOf } from "../state/quartiles.ts";

const sweep = parseSweepId("grown-1");

Deno.test("curvesRoutes() serve buckets, choices, groups and four kinds of x", async (t) => {
  await using server = await startJournalServer();
  const options = { configurations: 12, epochs: 60, spec: { replicates: 2 }, failureRate: 0.1 };
  const entries = [...journalOf(options)];
  await server.write(sweep, entries);
  using dashboard = openDashboard(server);
  const ask = async (query: string): Promise<CurvesView> =>
    await (await dashboard.app.request(`/api/v1/sweeps/grown-1/curves?points=20${query}`)).json();
  const whole = await (await dashboard.app.request(
    `/api/v1/sweeps/grown-1/curves?metric=val_loss&trials=${
      Array.from({ length: 24 }, (_, trial) => trial).join()
    }`,
  )).json();
  const curveOf = (trial: number | null): readonly (readonly [number, number])[] =>
    whole.series.find((one: { trial: number }) => one.trial === trial).points;

  await t.step("a curve's buckets hold all of its points", async () => {
    const { lines, matching, drawn } = await ask("&metric=val_loss&show=all&top=64");
    assert.deepEqual([lines.length, matching, drawn], [24, 24, 24]);
    for (const { trial, n, low, high, inRange, reported } of lines) {
      const values = curveOf(trial).map(([, value]) => value);
      assert.deepEqual([inRange, reported], [60, 60]);
      assert.equal(n.reduce((sum, one) => sum + one, 0), 60);
      assert.ok(n.length <= 21);
      assert.equal(Math.min(...low ?? []), Number(Math.min(...values).toPrecision(7)));
      assert.equal(Math.max(...high ?? []), Number(Math.max(...values).toPrecision(7)));
    }
  });
  await t.step("a part is as exact as what was reported", async () => {
    const { lines: [line], range } = await ask("&metric=val_loss&from=10&to=20&t=5");
    assert.deepEqual(range, [10, 20]);
    assert.deepEqual(line?.x, [9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21]);
    assert.deepEqual(line?.n, [0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0]);
    const exact = curveOf(5).slice(8, 21).map(([, value]) => Number(value.toPrecision(7)));
    assert.deepEqual(line?.y, exact);
    assert.deepEqual([line?.low, line?.inRange, line?.reported], [null, 11, 60]);
  });
  await t.step("choices are counted: best, failed, filtered, named", async () => {
    const best = await ask("&top=3");
    assert.deepEqual(best.lines.map(({ tag }) => tag), ["#1", "#2", "#3"]);
    assert.ok(best.matching > 3);
    const troubled = await ask("&show=troubled");
    assert.ok(troubled.matching > 0 && troubled.lines.every(({ tag }) => tag !== "completed"));
    const wide = await ask("&show=all&q=hidden_width>=32&top=64");
    assert.ok(
      wide.matching > 0 && wide.lines.every(({ label }) => /hidden_width (32|64)/.test(label)),
    );
    assert.deepEqual((await ask("&t=7,3")).lines.map(({ trial }) => trial), [7, 3]);
    assert.match((await ask("&q=nothing>3")).problem ?? "", /Cannot filter by "nothing"/);
    assert.match((await ask("&t=99")).problem ?? "", /Cannot draw trial 99/);
    assert.match((await ask("&group=nothing")).problem ?? "", /Cannot group by "nothing"/);
  });
  await t.step("a group is the median of its trials and their quartiles", async () => {
    const { lines, groups } = await ask("&metric=val_loss&group=hidden_width&from=55");
    assert.equal(groups, lines.length);
    const [line] = lines;
    const named = await ask(
      `&metric=val_loss&show=all&top=64&q=hidden_width=${line?.label.split(" ")[1]}`,
    );
    const ends = named.lines.map(({ trial }) => curveOf(trial).at(-1)?.[1] ?? NaN);
    const { low, median, high } = quartilesOf(ends);
    const brief = (value: number): number => Number(value.toPrecision(7));
    assert.deepEqual(
      [line?.n.at(-1), line?.low?.at(-1), line?.y.at(-1), line?.high?.at(-1)],
      [ends.length, brief(low), brief(median), brief(high)],
    );
    const { lines: parts } = await ask("&group=lr");
    assert.equal(parts.length, 5, "more than eight values: fifths");
    assert.equal(parts.reduce((sum, { tag }) => sum + Number.parseInt(tag), 0), 24);
  });
  await t.step("x is epochs, steps, or seconds since the trial or the sweep began", async () => {
    const ends = async (x: string): Promise<number> =>
      (await ask(`&t=0&x=${x}`)).lines[0]?.x.at(-1) ?? NaN;
    assert.equal(await ends("epoch"), 60);
    const [created] = entries[0]?.events ?? [];
    assert(created?.type === "sweepCreated");
    assert.equal(await ends("step"), 60 * Math.ceil(created.dataset.trainExamples / 32));
    const at = (type: string): number =>
      entries.find(({ events }) =>
        events.some((one) => one.type === type && "pack" in one && one.pack === 0)
      )
        ?.at ?? NaN;
    const last = entries.findLast(({ events }) =>
      events.some((one) =>
        one.type === "epochReported" && one.pack === 0
      )
    )?.at ?? NaN;
    assert.equal(await ends("wall"), (last - at("packLeased")) / 1000);
    assert.equal(await ends("relative"), (last - (entries[0]?.at ?? 0)) / 1000);
  });
  await t.step("the page says the same without a script", async () => {
    const html = await (await dashboard.app.request("/s/grown-1/curves?top=4&smooth=0.9&logy=1"))
      .text();
    assert.match(html, /aria-current="page">Curves</);
    assert.match(html, /Drawn: 4 of \d+ \(best of each configuration\)/);
    assert.match(html, /240 points, each drawn/);
    assert.match(html, /keeps 0\.9 of itself at each report, debiased/);
    assert.equal(html.match(/class="raw"/g)?.length, 4);
    for (const query of ["x=days", "smooth=2", "top=99"]) {
      assert.equal((await dashboard.app.request(`/s/grown-1/curves?${query}`)).status, 400, query);
    }
  });
});

Deno.test("the overview thins long curves, and says of how many points", async () => {
  await using server = await startJournalServer();
  await server.write(sweep, journalOf({ configurations: 8, epochs: 600, lanes: 8 }));
  using dashboard = openDashboard(server);
  const html = await (await dashboard.app.request("/s/grown-1")).text();
  assert.match(html, /1,\d{3} of 4,800\s+points: the lowest, highest and last of each stretch/);
  const curves = async (query: string) =>
    await (await dashboard.app.request(`/api/v1/sweeps/grown-1/curves${query}`)).json();
  const all = await curves("");
  const thin = await curves("?most=800");
  for (const [index, { points, reported }] of thin.series.entries()) {
    assert.ok(points.length <= 100 && reported === 600);
    const values = (of: typeof points): number[] => of.map(([, value]: [number, number]) => value);
    assert.equal(Math.max(...values(points)), Math.max(...values(all.series[index].points)));
    assert.equal(Math.min(...values(points)), Math.min(...values(all.series[index].points)));
  }
});
