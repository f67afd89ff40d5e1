/** Every operation of the HTTP interface. A contract test holds it against the routes. */
import { CURVE_X, SHOWN } from "../client/curves/curves_query.ts";
import {
  COUNT,
  inQuery,
  json,
  type Operation,
  type OperationParameter,
  SWEEP,
  TRIAL,
} from "./operation.ts";

/** Choices of trials, as the Trials page's address has them. */
const TRIALS_QUERY: readonly OperationParameter[] = [
  inQuery("sort", "The id of a column; with - before it, in descending order."),
  inQuery("state", "A trial's state, or `diverged`."),
  inQuery("worker", "The id of a worker."),
  inQuery("pack", "The number of a pack.", COUNT),
  inQuery("q", "Comparisons, all of which must hold: `lr<0.1 val_accuracy>=0.9`."),
];

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

const SWEEP_OPERATIONS: readonly Operation[] = [
  {
    id: "listSweeps",
    method: "get",
    path: "/api/v1/sweeps",
    tag: "sweeps",
    summary: "All sweeps, the newest first",
    parameters: [],
    answer: json("SweepsSnapshot"),
    problems: [],
  },
  {
    id: "getSnapshot",
    method: "get",
    path: "/api/v1/sweeps/{sweep}/snapshot",
    tag: "sweeps",
    summary: "What the overview shows; `asOf` is where the stream goes on",
    parameters: [SWEEP, inQuery("limit", "Rows of the leaderboard.", COUNT)],
    answer: json("OverviewSnapshot"),
    problems: [400, 404, 500],
  },
  {
    id: "listEvents",
    method: "get",
    path: "/api/v1/sweeps/{sweep}/events",
    tag: "sweeps",
    summary: "What has happened, the newest first",
    parameters: [
      SWEEP,
      inQuery("kind", "Kinds of events."),
      inQuery("trial", "A trial's number.", COUNT),
      inQuery("worker", "The id of a worker."),
      inQuery("before", "Only what stands before this entry of the journal.", COUNT),
    ],
    answer: json("EventsSnapshot"),
    problems: [400, 404, 500],
  },
  {
    id: "getTimeline",
    method: "get",
    path: "/api/v1/sweeps/{sweep}/timeline",
    tag: "charts",
    summary: "Who trained which pack when",
    parameters: [SWEEP],
    answer: json("TimelineSnapshot"),
    problems: [400, 404, 500],
  },
  {
    id: "getTrace",
    method: "get",
    path: "/api/v1/sweeps/{sweep}/trace.json",
    tag: "charts",
    summary: "The timeline in Chrome's trace format, for Perfetto",
    parameters: [SWEEP],
    answer: { kind: "file", contentType: "application/json" },
    problems: [400, 404, 500],
  },
];

const TRIAL_OPERATIONS: readonly Operation[] = [
  {
    id: "listTrials",
    method: "get",
    path: "/api/v1/sweeps/{sweep}/trials",
    tag: "trials",
    summary: "A page of the trials that were chosen, in order",
    parameters: [
      SWEEP,
      ...TRIALS_QUERY,
      inQuery("page", "From 1.", COUNT),
      inQuery("size", "Rows on a page: 50 or 200.", COUNT),
    ],
    answer: json("TrialsSnapshot"),
    problems: [400, 404, 500],
  },
  ...(["csv", "jsonl"] as const).map((ending): Operation => ({
    id: ending === "csv" ? "exportTrialsCsv" : "exportTrialsJsonLines",
    method: "get",
    path: `/api/v1/sweeps/{sweep}/trials.${ending}`,
    tag: "trials",
    summary: `All trials that were chosen, as ${ending === "csv" ? "CSV" : "JSON lines"}`,
    parameters: [SWEEP, ...TRIALS_QUERY],
    answer: { kind: "file", contentType: ending === "csv" ? "text/csv" : "application/jsonl" },
    problems: [400, 404, 500],
  })),
  {
    id: "getTrial",
    method: "get",
    path: "/api/v1/sweeps/{sweep}/trials/{trial}",
    tag: "trials",
    summary: "Everything about one trial",
    parameters: [
      SWEEP,
      TRIAL,
      inQuery("metric", "The metric of the curve."),
      inQuery("split", "The split whose confusions are told: `test`, `validation`, `train`."),
      inQuery("cells", "What the confusion matrix holds.", { enum: ["counts", "shares"] }),
      inQuery("epoch", "The epoch of the picture that stands out.", COUNT),
    ],
    answer: json("TrialSnapshot"),
    problems: [400, 404, 500],
  },
  {
    id: "getTrialImage",
    method: "get",
    path: "/api/v1/sweeps/{sweep}/trials/{trial}/images/{image}",
    tag: "trials",
    summary: "An example that the trial's network mistook",
    parameters: [SWEEP, TRIAL, {
      name: "image",
      in: "path",
      description: "Its place among the mistakes, and `.png`.",
      required: true,
    }],
    answer: { kind: "file", contentType: "image/png" },
    problems: [400, 404, 500],
  },
  {
    id: "getTrialModel",
    method: "get",
    path: "/api/v1/sweeps/{sweep}/trials/{trial}/model.safetensors",
    tag: "trials",
    summary: "The trained network",
    parameters: [SWEEP, TRIAL],
    answer: { kind: "file", contentType: "application/octet-stream" },
    problems: [400, 404, 500],
  },
  {
    id: "compareTrials",
    method: "get",
    path: "/api/v1/sweeps/{sweep}/compare",
    tag: "trials",
    summary: "Some trials side by side",
    parameters: [
      SWEEP,
      inQuery("t", "Their numbers, with commas between them."),
      inQuery("metric", "The metric of the curves."),
    ],
    answer: json("CompareSnapshot"),
    problems: [400, 404, 500],
  },
];

const CHART_OPERATIONS: readonly Operation[] = [
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

const SERVER_OPERATIONS: readonly Operation[] = [
  {
    id: "getFleet",
    method: "get",
    path: "/api/v1/fleet",
    tag: "fleet",
    summary: "All workers, and what they train",
    parameters: [],
    answer: json("FleetSnapshot"),
    problems: [],
  },
  {
    id: "followEvents",
    method: "get",
    path: "/api/v1/stream",
    tag: "live",
    summary: "News as server-sent events; resumed by `Last-Event-ID` or `after`",
    parameters: [
      inQuery("sweep", "A sweep's id; absent: the list of sweeps."),
      inQuery("after", "The id of the last event that is known."),
      inQuery("limit", "Rows of the leaderboard.", COUNT),
      { name: "last-event-id", in: "header", description: "As `after`." },
    ],
    answer: { kind: "file", contentType: "text/event-stream" },
    problems: [400, 404, 500],
  },
  {
    id: "createLoginLink",
    method: "post",
    path: "/api/v1/links",
    tag: "server",
    summary: "A link that signs one browser in, once; only where a token guards the dashboard",
    parameters: [],
    body: "LoginLinkRequest",
    answer: json("LoginLink", 201),
    problems: [400, 404],
  },
  {
    id: "getHealth",
    method: "get",
    path: "/healthz",
    tag: "server",
    summary: "Whether the dashboard serves",
    parameters: [],
    answer: json("Health"),
    problems: [],
  },
];

/** All of them. */
export const OPERATIONS: readonly Operation[] = [
  ...SWEEP_OPERATIONS,
  ...TRIAL_OPERATIONS,
  ...CHART_OPERATIONS,
  ...SERVER_OPERATIONS,
];
