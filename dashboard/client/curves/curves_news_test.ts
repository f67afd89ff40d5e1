import assert from "node:assert/strict";
import { NO_FILTER } from "../parts/filter_line.tsx";
import type { CurveLine, CurvesView } from "./curves_model.ts";
import { withNews } from "./curves_news.ts";
import { parseCurvesQuery } from "./curves_query.ts";

const line: CurveLine = {
  trial: 3,
  tag: "running",
  label: "trial 3",
  inRange: 4,
  reported: 4,
  x: [2, 4],
  n: [2, 2],
  y: [0.5, 0.4],
  low: [0.5, 0.4],
  high: [0.7, 0.6],
  raw: null,
  marks: [],
};
const viewOf = (search: string): CurvesView => ({
  asOf: "e.1",
  query: parseCurvesQuery(new URLSearchParams(search)),
  metric: "loss",
  metrics: ["loss"],
  parameters: [],
  hasSteps: true,
  problem: null,
  filter: NO_FILTER,
  lines: [line],
  matching: 1,
  drawn: 1,
  groups: null,
  whole: [0, 4],
  range: [0, 4],
  unshown: 0,
  names: [],
});
const update = (trial: number, epoch: number, loss: number) => ({
  trial,
  epoch,
  metrics: { loss },
});

Deno.test("withNews() adds the points after a line's last one, and widens what is shown", () => {
  const news = [update(3, 4, 9), update(3, 5, 0.3), update(8, 6, 1), update(3, 6, 0.2)];
  const after = withNews(viewOf(""), news);
  assert.deepEqual(after.lines, [{
    ...line,
    inRange: 6,
    reported: 6,
    x: [2, 4, 5, 6],
    n: [2, 2, 1, 1],
    y: [0.5, 0.4, 0.3, 0.2],
    low: [0.5, 0.4, 0.3, 0.2],
    high: [0.7, 0.6, 0.3, 0.2],
  }]);
  assert.deepEqual([after.whole, after.range], [[0, 6], [0, 6]]);
});

Deno.test("withNews() leaves to the server what is more than a trial's epochs", () => {
  for (const search of ["smooth=0.9", "x=wall", "to=3"]) {
    const view = viewOf(search);
    assert.equal(withNews(view, [update(3, 5, 0.3)]), view, search);
  }
  const view = viewOf("");
  assert.equal(withNews(view, [update(9, 5, 0.3)]), view);
  assert.equal(withNews({ ...view, groups: 1 }, [update(3, 5, 0.3)]).lines[0], line);
});

Deno.test("withNews() knows no metric that a point does not have, whatever it is called", () => {
  const view = { ...viewOf(""), metric: "toString" };
  assert.equal(withNews(view, [update(3, 5, 0.3)]), view);
});
