/** Every operation of the HTTP interface. A contract test holds it against the routes. */
import { CHART_OPERATIONS } from "./chart_operations.ts";
import { CONTROL_OPERATIONS } from "./control_operations.ts";
import {
  COUNT,
  inQuery,
  json,
  type Operation,
  type OperationParameter,
  SWEEP,
  TRIAL,
} from "./operation.ts";

/** The filter that the pages of a sweep share. */
const FILTER_QUERY: readonly OperationParameter[] = [
  inQuery("state", "A trial's state, or `diverged`."),
  inQuery("worker", "The id of a worker."),
  inQuery("pack", "The number of a pack.", COUNT),
  inQuery("q", "Comparisons, all of which must hold: `lr<0.1 val_accuracy>=0.9`."),
];

/** Choices of trials, as the Trials page's address has them. */
const TRIALS_QUERY: readonly OperationParameter[] = [
  inQuery("sort", "The id of a column; with - before it, in descending order."),
  ...FILTER_QUERY,
];

const SWEEP_OPERATIONS: readonly Operation[] = [
  {
    id: "listSweeps",
    method: "get",
    path: "/api/v1/sweeps",
    tag: "sweeps",
    summary: "All sweeps, the newest first",
    parameters: [inQuery("page", "From 1; all at once without it.", COUNT)],
    answer: json("SweepsSnapshot"),
    problems: [400],
  },
  {
    id: "getSnapshot",
    method: "get",
    path: "/api/v1/sweeps/{sweep}/snapshot",
    tag: "sweeps",
    summary: "What the overview shows; `asOf` is where the stream goes on, a filter chooses curves",
    parameters: [SWEEP, inQuery("limit", "Rows of the leaderboard.", COUNT), ...FILTER_QUERY],
    answer: json("OverviewSnapshot"),
    problems: [400, 404, 500],
  },
  {
    id: "getPanels",
    method: "get",
    path: "/api/v1/sweeps/{sweep}/panels",
    tag: "charts",
    summary: "History, rungs, Pareto front and importance in brief",
    parameters: [
      SWEEP,
      inQuery("x", "The objective across; the first without it."),
      inQuery("y", "The objective up; the second without it."),
      ...FILTER_QUERY,
    ],
    answer: json("Panels"),
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
    id: "listAllEvents",
    method: "get",
    path: "/api/v1/events",
    tag: "sweeps",
    summary: "The newest events of all sweeps",
    parameters: [
      inQuery("sweep", "One sweep alone."),
      inQuery("kind", "One kind of events."),
      inQuery("worker", "The id of a worker."),
    ],
    answer: json("AllEventsSnapshot"),
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
  ...([
    ["csv", "exportTrialsCsv", "CSV", "text/csv"],
    ["jsonl", "exportTrialsJsonLines", "JSON lines", "application/jsonl"],
    ["parquet", "exportTrialsParquet", "Parquet", "application/vnd.apache.parquet"],
  ] as const).map(([ending, id, name, contentType]): Operation => ({
    id,
    method: "get",
    path: `/api/v1/sweeps/{sweep}/trials.${ending}`,
    tag: "trials",
    summary: `All trials that were chosen, as ${name}`,
    parameters: [SWEEP, ...TRIALS_QUERY],
    answer: { kind: "file", contentType },
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
      inQuery(
        "topics",
        "Several at once, by comma, each with the last id after `@`: sweeps, fleet, news/ID, sweep/ID, sweep/ID/LIMIT.",
      ),
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
  ...CONTROL_OPERATIONS,
  ...SERVER_OPERATIONS,
];
