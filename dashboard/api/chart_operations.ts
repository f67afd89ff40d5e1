/** Operations of the HTTP interface that tell what charts are drawn from. */
import { CURVE_X, SHOWN } from "../client/curves/curves_query.ts";
import {
  COUNT,
  inQuery,
  json,
  type Operation,
  type OperationParameter,
  SWEEP,
} from "./operation.ts";

/** Choices of curves, as the Curves page's address has them; they need `points`. */
const CURVES_QUERY: readonly OperationParameter[] = [
  inQuery("points", "Into how many buckets each curve is cut at most.", COUNT),
  inQuery("show", "Which trials.", { enum: SHOWN }),
  inQuery("top", "How many curves at most.", COUNT),
  inQuery("t", "The numbers of trials, with commas between them, instead of `show`."),
  inQuery("q", "Comparisons, all of which must hold: `lr<0.1 val_accuracy>=0.9`."),
  inQuery("group", "A parameter: medians and quartiles of the trials of each value."),
  inQuery("x", "What x is; `wall` counts from the trial's begin.", { enum: CURVE_X }),
  inQuery("smooth", "The weight of the moving average, from 0 to 0.999.", { type: "number" }),
  inQuery("logx", "Any text: buckets of equal ratios."),
  inQuery("logy", "Any text: values of 0 and less are left out, and counted."),
  inQuery("from", "Where x begins: epochs, steps or seconds.", { type: "number" }),
  inQuery("to", "Where x ends.", { type: "number" }),
];

/** Curves and parameters. */
export const CHART_OPERATIONS: readonly Operation[] = [
  {
    id: "getCurves",
    method: "get",
    path: "/api/v1/sweeps/{sweep}/curves",
    tag: "charts",
    summary: "Learning curves: whole ones, or with `points` what the Curves page shows",
    parameters: [
      SWEEP,
      inQuery("metric", "The metric; the objective unless told."),
      inQuery("trials", "Their numbers, with commas between them, at most 200."),
      inQuery(
        "most",
        "Without `points`: about so many points of all curves; the rest is thinned.",
        COUNT,
      ),
      ...CURVES_QUERY,
    ],
    answer: json("Curves"),
    problems: [400, 404, 500],
  },
  {
    id: "exportCurvesCsv",
    method: "get",
    path: "/api/v1/sweeps/{sweep}/curves.csv",
    tag: "charts",
    summary: "Every point of some trials' curves, or with `points` the Curves page's lines",
    parameters: [
      SWEEP,
      inQuery("metric", "The metric; the objective unless told."),
      inQuery("trials", "Their numbers, with commas between them, at most 200."),
      ...CURVES_QUERY,
    ],
    answer: { kind: "file", contentType: "text/csv" },
    problems: [400, 404, 500],
  },
  {
    id: "getParameters",
    method: "get",
    path: "/api/v1/sweeps/{sweep}/params",
    tag: "charts",
    summary: "Configurations against their results: lines, heat map, slices, importance",
    parameters: [SWEEP],
    answer: json("ParametersSnapshot"),
    problems: [400, 404, 500],
  },
];
