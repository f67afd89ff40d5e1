import assert from "node:assert/strict";
import { leaderboard } from "../../../core/views/leaderboard.ts";
import { importanceOf } from "../../../core/views/importance.ts";
import { SweepView } from "../../../core/views/sweep_view.ts";
import { journalOf, type JournalOptions } from "../../../tests/support/journals.ts";
import type { ParametersSnapshot } from "./parameters_model.ts";
import { renderHtml } from "../../pages/render_html.ts";
import { parameterAxes } from "../../state/parameters_axes.ts";
import { configurationPoints } from "../../state/parameters_points.ts";
import { type ChartedSweep, parameterCharts } from "../../state/parameter_charts.ts";
import { sweepFacts } from "../../state/sweep_facts.ts";
import { ParametersPage } from "./parameters_page.tsx";

/** A whole sweep, folded in memory. */
function grown(options: JournalOptions): SweepView {
  const [first, ...entries] = journalOf(options);
  const view = new SweepView({ sequence: 1, entry: first! });
  for (const [index, entry] of entries.entries()) view.apply({ sequence: index + 2, entry });
  return view;
}

function charted({ ledger }: SweepView): ChartedSweep {
  const found = configurationPoints(ledger, leaderboard(ledger));
  return {
    ...found,
    axes: parameterAxes(found.space, found.points),
    metric: ledger.spec.metric,
    objectives: [ledger.spec.metric],
    seed: ledger.spec.seed,
    importance: importanceOf(ledger),
    matching: () => new Set(),
  };
}

function pageOf(view: SweepView, query = "", sweep = charted(view)): ParametersSnapshot {
  return {
    asOf: "e.1",
    now: 0,
    facts: sweepFacts(view),
    progress: {
      status: view.ledger.status,
      counts: view.ledger.counts,
      updatedAt: view.updatedAt,
      endedAt: view.endedAt,
      idleMs: 0,
      etaMs: null,
      epochsTrained: view.epochsTrained,
      laneStepsPerSecond: null,
      epochsPerMinute: null,
      trouble: null,
      deed: null,
    },
    ...parameterCharts(sweep, new URLSearchParams(query)),
  };
}

function count(html: string, pattern: RegExp): number {
  return html.match(pattern)?.length ?? 0;
}

Deno.test("ParametersPage draws every configuration of a small sweep, five ways, and says so", () => {
  const view = grown({ configurations: 40, spec: { replicates: 2 }, failureRate: 0.1 });
  const page = pageOf(view);
  const html = renderHtml(ParametersPage({ page }));
  assert.equal(count(html, /<polyline/g), page.parallel.total);
  assert.match(html, new RegExp(`Every configuration is drawn: ${page.parallel.total} of`));
  assert.equal(count(html, /class="multiple"/g), 2);
  assert.match(html, /Estimated by PED-ANOVA from the \d+ configurations that completed/);
  assert.match(html, /Half of them reach 0\.\d{4} or more/);
  assert.match(html, /lr × hidden_width/);
  assert.match(html, /± 0\.\d{4} \(sd of 2 replicates\)/);
  assert.match(html, />diverged<\/text>/);
  assert.match(html, /href="\/s\/grown-1\/trials\?q=lr%3E%3D/);
  assert.doesNotMatch(html, /NaN|Infinity|undefined/);
  assert.doesNotMatch(html, /\sstyle=|\son[a-z]+=/);
});

Deno.test("ParametersPage keeps a filter in its form and in its links", () => {
  const view = grown({ configurations: 40 });
  const page = pageOf(view, "top=50&min.lr=0.01&max.hidden_width=32&cell=count");
  const html = renderHtml(ParametersPage({ page }));
  assert.match(html, /name="top" value="50"/);
  assert.match(html, /name="min\.lr" value="0\.01"/);
  assert.match(html, /Parameters \(2\)/);
  assert.match(html, /data-shown="(\d+)"/);
  assert.equal(count(html, /class="pc-brush"/g), 2);
  assert.match(html, /cell=sd#heat-map/);
  assert.match(html, /href="\/s\/grown-1\/params\?cell=count">clear/);
  assert.ok(page.parallel.total < 40);
});

Deno.test("ParametersPage stays small with 100,000 trials, and says what it leaves out", () => {
  const view = grown({ configurations: 100_000, lanes: 500, epochs: 1 });
  const sweep = charted(view);
  const page = pageOf(view, "", sweep);
  assert.equal(page.parallel.lines.length, 500);
  assert.equal(page.parallel.total, 100_000);
  assert.ok(page.slices.every(({ points, total }) => points.length === 500 && total === 100_000));
  assert.equal(page.distribution.steps.length, 201);
  assert.equal(page.heatMap?.counted, 100_000);
  assert.ok((page.heatMap?.cells.flat().length ?? 0) <= 144);
  assert.ok(JSON.stringify(page).length < 500_000, "the answer");
  const html = renderHtml(ParametersPage({ page }));
  assert.ok(html.length < 600_000, `${html.length} characters`);
  assert.match(html, /500 of 100,000 configurations are drawn/);
  assert.match(html, /href="\/s\/grown-1\/params\?lines=5000"/);
  const more = pageOf(view, "lines=5000", sweep);
  assert.equal(more.parallel.lines.length, 5_000);
  assert.throws(() => pageOf(view, "lines=5001", sweep), /Cannot draw "5001" lines/);
});

Deno.test("ParametersPage escapes names and values, whoever chose them", () => {
  const hostile = `</svg><script>alert(1)</script><img src=x onerror="alert(2)">\u202e'`;
  const view = grown({
    configurations: 1,
    spec: {
      name: hostile,
      parameters: [
        { name: "lr", domain: { kind: "values", values: [0.1, 0.2] } },
        { name: "hidden_width", domain: { kind: "values", values: [8, 16] } },
      ],
    },
  });
  const point = {
    configuration: 0,
    trial: 0,
    values: [hostile, 0.1],
    outcome: "completed",
    mean: 0.5,
    sd: null,
    n: 1,
  } as const;
  const sweep: ChartedSweep = {
    ...charted(view),
    space: [
      { name: hostile, domain: { kind: "values", values: [hostile, "b"] } },
      { name: "lr", domain: { kind: "values", values: [0.1, 0.2] } },
    ],
    points: [point],
  };
  const query = String(new URLSearchParams({ [`is.${hostile}`]: hostile, x: hostile, y: "lr" }));
  const html = renderHtml(ParametersPage({ page: pageOf(view, query, sweep) }));
  assert.ok(html.includes("&lt;script&gt;"));
  assert.ok(!html.includes("<script") && !html.includes("<img"));
  assert.equal(count(html, /<polyline/g), 1);
});

Deno.test("ParametersPage says what is not there: results, a match, a second parameter", () => {
  const early = new SweepView({ sequence: 1, entry: [...journalOf()][0]! });
  assert.match(renderHtml(ParametersPage({ page: pageOf(early) })), /Nothing to draw yet/);
  const view = grown({ configurations: 4 });
  const none = renderHtml(ParametersPage({ page: pageOf(view, "min=5") }));
  assert.match(none, /No configuration matches/);
  assert.doesNotMatch(none, /id="(heat-map|importance|contour|slices|edf)"/);
  assert.match(none, /Every chart below shows 0 of 4 configurations/);
  assert.doesNotMatch(none, /NaN|Infinity/);
  const whole = charted(view);
  const withFirst = (parameters: number): string => {
    const sweep: ChartedSweep = {
      ...whole,
      space: whole.space.slice(0, parameters),
      axes: whole.axes.slice(0, parameters),
      points: whole.points.map((point) => ({
        ...point,
        values: point.values.slice(0, parameters),
      })),
    };
    return renderHtml(ParametersPage({ page: pageOf(view, "", sweep) }));
  };
  assert.match(withFirst(1), /Fewer than two parameters vary/);
  assert.match(withFirst(0), /No parameter varies in this sweep/);
  assert.doesNotMatch(withFirst(0), /class="plot parallel"/);
});
