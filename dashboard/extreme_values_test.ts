import assert from "node:assert/strict";
import fc from "fast-check";
import { parseSweepId, type SweepId } from "../core/domain/ids.ts";
import type { JournalEntry, SweepEvent } from "../core/domain/sweep_event.ts";
import { objectiveValue } from "../core/domain/objective.ts";
import { openDashboard, startJournalServer } from "../tests/support/dashboards.ts";
import { journalOf } from "../tests/support/journals.ts";

const PAGES = [
  "",
  "/trials",
  "/curves",
  "/curves?logy=1",
  "/curves?smooth=0.9&logx=1",
  "/curves?group=hidden_width",
  "/params",
  "/params?scale=log",
  "/compare?t=0&t=1&t=2&t=3",
  "/timeline",
  "/t/0",
];
/** What no attribute of a picture may say. */
const BROKEN_REGEXP =
  / (?:d|x|y|x1|x2|y1|y2|cx|cy|r|width|height|points|transform|viewBox)="[^"]*(?:NaN|Infinity|undefined)[^"]*"/;

/** The same journal with other numbers: the next of `values` wherever a metric is told. */
function withValues(entries: Iterable<JournalEntry>, values: readonly number[]): JournalEntry[] {
  let told = 0;
  const next = (): number => values[told++ % values.length] ?? 0;
  const changed = (metrics: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.keys(metrics).map((name) => [name, next()]));
  return [...entries].map((entry) => ({
    ...entry,
    events: entry.events.map((event): SweepEvent => {
      if (event.type === "epochReported") {
        return {
          ...event,
          lanes: event.lanes.map((lane) =>
            lane.kind === "measured" ? { ...lane, metrics: changed(lane.metrics) } : lane
          ),
        };
      }
      if (event.type !== "trialCompleted") return event;
      return { ...event, metrics: changed(event.metrics), objective: objectiveValue(next()) };
    }),
  }));
}

const extreme = fc.oneof(
  fc.constantFrom(Number.MAX_VALUE, -Number.MAX_VALUE, 1e308, -1e308, Number.MIN_VALUE, 0),
  fc.double({ noDefaultInfinity: true, noNaN: true }),
);

Deno.test("every figure has places for numbers however large or small", async () => {
  await using server = await startJournalServer();
  using dashboard = openDashboard(server);
  const samples = [
    [Number.MAX_VALUE, -Number.MAX_VALUE, 0],
    [Number.MAX_VALUE],
    [Number.MIN_VALUE, 0],
    ...fc.sample(fc.array(extreme, { minLength: 1, maxLength: 7 }), { numRuns: 5, seed: 42 }),
  ];
  for (const [index, values] of samples.entries()) {
    const sweep: SweepId = parseSweepId(`extreme-${index}`);
    const metric = { name: "val_accuracy", goal: "maximize" } as const;
    const spec = {
      replicates: 2,
      metric,
      objectives: [metric, { name: "val_loss", goal: "minimize" } as const],
    };
    await server.write(sweep, withValues(journalOf({ sweep, configurations: 7, spec }), values));
    for (const page of PAGES) {
      const response = await dashboard.app.request(`/s/${sweep}${page}`);
      const html = await response.text();
      assert.equal(
        response.status,
        200,
        `${page} of ${values}: ${/<p class="trouble">[^]*?<\/p>/.exec(html)?.[0]}`,
      );
      assert.equal(BROKEN_REGEXP.exec(html)?.[0], undefined, `${page} of ${values}`);
    }
  }
});
