import assert from "node:assert/strict";
import fc from "fast-check";
import { pointsOf } from "../../tests/support/parameter_points.ts";
import type { ParameterValue } from "../../core/domain/hyperparameters.ts";
import type { SearchSpace } from "../../core/domain/search_space.ts";
import type { ConfigurationPoint } from "../client/parameters/parameters_model.ts";
import { parameterAxes } from "./parameters_axes.ts";
import { importanceOfPoints } from "./parameters_importance.ts";
import { type ChartedSweep, parameterCharts } from "./parameter_charts.ts";
import { ShownPoints } from "./shown_points.ts";

const SPACE: SearchSpace = [
  { name: "lr", domain: { kind: "float", scale: "log", min: 0.001, max: 1 } },
  { name: "width", domain: { kind: "values", values: [8, 16, "wide"] } },
];
const METRIC = { name: "val_accuracy", goal: "maximize" } as const;

/** A filter in an address, and what it means for a point. */
const FILTERS: Readonly<Record<string, (point: ConfigurationPoint) => boolean>> = {
  "": () => true,
  "min.lr=0.01&max.lr=0.3": ({ values: [lr] }) => isWithin(lr, 0.01, 0.3),
  "min.width=10": ({ values: [, width] }) => isWithin(width, 10, Infinity),
  "is.width=wide&is.width=8": ({ values: [, width] }) => width === "wide" || width === 8,
  "min=0.5": ({ mean }) => mean !== null && mean >= 0.5,
  "max=0.5&max.lr=0.5": ({ mean, values: [lr] }) =>
    mean !== null && mean <= 0.5 && isWithin(lr, -Infinity, 0.5),
};

function isWithin(value: ParameterValue | null | undefined, min: number, max: number): boolean {
  return typeof value === "number" && value >= min && value <= max;
}

function chartsOf(points: readonly ConfigurationPoint[], whole: ChartedSweep, query: string) {
  const sweep = { ...whole, points };
  const importance = importanceOfPoints(ShownPoints.all(points), sweep);
  const { counts, query: _query, filter: _filter, ...charts } = parameterCharts(
    { ...sweep, importance },
    new URLSearchParams(query),
  );
  return { ...charts, shown: counts.shown };
}

Deno.test("parameterCharts() of a filter are those of only the points that it lets through", () => {
  // Few different numbers: there are ties in every column.
  const row = fc.tuple(
    fc.option(fc.constantFrom(0.002, 0.01, 0.05, 0.1, 0.3, 0.5, 0.9)),
    fc.option(fc.constantFrom<ParameterValue>(8, 16, "wide")),
    fc.option(fc.integer({ min: 0, max: 12 }).map((twelfths) => twelfths / 12)),
  );
  fc.assert(
    fc.property(
      fc.array(row, { maxLength: 60 }),
      fc.constantFrom(...Object.entries(FILTERS)),
      (rows, [query, isShown]) => {
        const points = pointsOf(rows.toSorted(([, , a], [, , b]) => (b ?? -1) - (a ?? -1)));
        const whole: ChartedSweep = {
          space: SPACE,
          points,
          asked: points.length,
          open: 0,
          metric: METRIC,
          objectives: [METRIC],
          axes: parameterAxes(SPACE, points),
          seed: 1,
          importance: importanceOfPoints(ShownPoints.all(points), {
            space: SPACE,
            metric: METRIC,
            seed: 1,
          }),
          matching: () => new Set(),
        };
        // A pair that is named, because the usual one follows the importance of all.
        const pair = "x=lr&y=width&cx=lr&cy=width&cell=sd";
        assert.deepEqual(
          chartsOf(points, whole, `${query}&${pair}`),
          chartsOf(points.filter(isShown), whole, pair),
        );
      },
    ),
    { numRuns: 60 },
  );
});
