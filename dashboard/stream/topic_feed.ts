/** What a client is told of one topic of its stream: batches, for as long as it listens. */
import { formatTopic, type Topic } from "../client/live/topic.ts";
import type { FleetSnapshot } from "../client/fleet/fleet_model.ts";
import type { SweepsSnapshot } from "../client/model.ts";
import type { DashboardContext } from "../routes/dashboard_context.ts";
import { fleetSnapshot } from "../routes/fleet_routes.tsx";
import { sweepOf } from "../routes/query.ts";
import { DEFAULT_LIMIT } from "../state/overview_snapshot.ts";
import { sweepsSnapshot } from "../state/sweeps_snapshot.ts";
import { type FeedMessage, sweepFeed } from "../sweep_feed.ts";
import { pause } from "../waiting.ts";
import type { Extent } from "./shared_texts.ts";

const LIST_MS = 2_000;
const RETRY_MS = 2_000;

/** Where a client is in a topic, and how long it is told. */
export interface TopicFeedOptions {
  readonly topic: Topic;
  readonly after: string | null;
  readonly signal: AbortSignal;
}

/** A line of a batch: its type, and its body as JSON. */
type Line = readonly [type: string, body: string];

/** Yields batches as text of an event stream until the signal aborts; what fails is tried again. */
export async function* topicFeed(
  dashboard: DashboardContext,
  options: TopicFeedOptions,
): AsyncGenerator<string> {
  const { topic, signal } = options;
  const name = formatTopic(topic);
  let { after } = options;
  let problem = "";
  while (!signal.aborted) {
    try {
      for await (const { id, lines } of batches(dashboard, { ...options, after })) {
        after = id ?? after;
        const all: readonly Line[] = problem === "" ? lines : [["fresh", "null"], ...lines];
        problem = "";
        yield batchText(name, id, all);
      }
    } catch (error) {
      const told = problem;
      problem = error instanceof Error ? error.message : String(error);
      if (problem !== told) yield batchText(name, null, [stale(dashboard, problem)]);
      await pause(RETRY_MS, signal);
    }
  }
}

interface Batch {
  readonly id: string | null;
  readonly lines: readonly Line[];
}

function batches(dashboard: DashboardContext, options: TopicFeedOptions): AsyncGenerator<Batch> {
  const { topic, signal } = options;
  switch (topic.kind) {
    case "sweeps":
      return listBatches({
        event: "sweeps",
        read: () => sweepsOf(dashboard, topic.page),
        bodyOf: (rest): SweepsSnapshot => ({ now: dashboard.clock(), ...rest }),
        signal,
      });
    case "fleet":
      return listBatches({
        event: "fleet",
        read: () => fleetOf(dashboard),
        bodyOf: (rest): FleetSnapshot => ({ now: dashboard.clock(), ...rest }),
        signal,
      });
    case "news":
      return sweepBatches(dashboard, {
        ...options,
        sweep: topic.sweep,
        extent: { kind: "progress" },
      });
    case "sweep":
      return sweepBatches(dashboard, {
        ...options,
        sweep: topic.sweep,
        extent: { kind: "all", limit: topic.limit ?? DEFAULT_LIMIT },
      });
    default:
      return topic satisfies never;
  }
}

async function* sweepBatches(
  dashboard: DashboardContext,
  { sweep, extent, after, signal }: Pick<TopicFeedOptions, "after" | "signal"> & {
    readonly sweep: string;
    readonly extent: Extent;
  },
): AsyncGenerator<Batch> {
  const { live, clock } = dashboard;
  using watched = await live.watch(sweepOf(sweep));
  const workers = (): ReturnType<typeof live.workers> => live.workers();
  const options = { after, extent, workers, clock, signal, staysOpen: true };
  let trouble: string | null = null;
  for await (const messages of sweepFeed(watched.sweep, options)) {
    const lines = messages.flatMap(lineOf);
    // A journal that cannot be followed is no fault of the connection, and its news are as old.
    const now = watched.sweep.trouble;
    if (now !== trouble) lines.unshift(now === null ? ["fresh", "null"] : stale(dashboard, now));
    trouble = now;
    const id = messages.findLast((message) => "id" in message && message.id !== null);
    if (lines.length > 0) yield { id: id !== undefined && "id" in id ? id.id : null, lines };
  }
}

function lineOf(message: FeedMessage): readonly Line[] {
  switch (message.type) {
    case "state":
    case "metrics":
      return [[message.type, message.body]];
    case "resync":
    case "end":
      return [[message.type, "{}"]];
    case "heartbeat":
      return []; // the whole stream has its own
    default:
      return message satisfies never;
  }
}

/** A list, and how it is told. */
export interface WatchedList<List> {
  readonly event: string;
  /** What is told again once it is another. */
  readonly read: () => Promise<List>;
  readonly bodyOf: (list: List) => object;
  readonly signal: AbortSignal;
}

async function* listBatches<List>(list: WatchedList<List>): AsyncGenerator<Batch> {
  for await (const body of listBodies(list)) yield { id: null, lines: [[list.event, body]] };
}

/** The list as JSON whenever it is another one. */
export async function* listBodies<List>(
  { read, bodyOf, signal }: WatchedList<List>,
): AsyncGenerator<string> {
  let told = "";
  while (!signal.aborted) {
    const list = await read();
    const text = JSON.stringify(list);
    if (text !== told) yield JSON.stringify(bodyOf(list));
    told = text;
    await pause(LIST_MS, signal);
  }
}

/** A page of the list of sweeps but for the time; null: the whole list. */
export async function sweepsOf(
  { live, natsAddress: address }: DashboardContext,
  page: number | null,
): Promise<Omit<SweepsSnapshot, "now">> {
  const { now: _, ...rest } = sweepsSnapshot(await live.rowsLately(), { now: 0, page, address });
  return rest;
}

/** The fleet but for the time, which would make every answer another one. */
export async function fleetOf(dashboard: DashboardContext): Promise<Omit<FleetSnapshot, "now">> {
  const { now: _, ...rest } = await fleetSnapshot(dashboard);
  return rest;
}

function stale({ clock }: DashboardContext, reason: string): Line {
  return ["stale", JSON.stringify({ since: clock(), reason })];
}

function batchText(topic: string, id: string | null, lines: readonly Line[]): string {
  const data = lines.map(([type, body]) => `data: ${type} ${body}\n`).join("");
  return `event: news\ndata: ${topic} ${id ?? ""}\n${data}\n`;
}
