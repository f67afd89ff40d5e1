/** What a page wants news of, and how that is named in a stream's address and between tabs. */

/** One thing to be told about. */
export type Topic =
  /** A page of the list, from 1; null: all of it. */
  | { readonly kind: "sweeps"; readonly page: number | null }
  | { readonly kind: "fleet" }
  /** How far a sweep is, without its points: for pages that ask the server anew at news. */
  | { readonly kind: "news"; readonly sweep: string }
  /** All that an overview shows. Without a limit: as many rows as usual. */
  | { readonly kind: "sweep"; readonly sweep: string; readonly limit: number | null };

/** A topic by its text, and the last event that is known of it; null: nothing is. */
export interface Place {
  readonly topic: string;
  readonly after: string | null;
}

/** Topics in one stream at most. */
export const MOST_TOPICS = 200;

/** The topic as text: `sweeps`, `sweeps/PAGE`, `fleet`, `news/ID`, `sweep/ID` or `sweep/ID/LIMIT`. */
export function formatTopic(topic: Topic): string {
  switch (topic.kind) {
    case "sweeps":
      return topic.page === null ? "sweeps" : `sweeps/${topic.page}`;
    case "fleet":
      return "fleet";
    case "news":
      return `news/${topic.sweep}`;
    case "sweep":
      return `sweep/${topic.sweep}${topic.limit === null ? "" : `/${topic.limit}`}`;
    default:
      return topic satisfies never;
  }
}

/** The topic in a text; null if it is none. Whether the sweep exists is another question. */
export function parseTopic(text: string): Topic | null {
  if (text === "fleet") return { kind: "fleet" };
  const list = /^sweeps(?:\/([1-9]\d{0,5}))?$/.exec(text);
  if (list !== null) {
    return { kind: "sweeps", page: list[1] === undefined ? null : Number(list[1]) };
  }
  const match = /^(news|sweep)\/([^/,@]+)(?:\/(\d{1,5}))?$/.exec(text);
  const [, kind, sweep, limit] = match ?? [];
  if (sweep === undefined) return null;
  if (kind === "news") return limit === undefined ? { kind, sweep } : null;
  return { kind: "sweep", sweep, limit: limit === undefined ? null : Number(limit) };
}

/** The topic of a stream that serves it alone, as its address names it. */
export function topicOf({ searchParams }: URL): string {
  const sweep = searchParams.get("sweep");
  if (sweep === null) {
    const page = searchParams.get("page");
    return searchParams.has("fleet")
      ? "fleet"
      : formatTopic({ kind: "sweeps", page: page === null ? null : Number(page) });
  }
  const limit = searchParams.get("limit");
  return formatTopic({ kind: "sweep", sweep, limit: limit === null ? null : Number(limit) });
}

/** Places as one text, for a stream's address: `fleet,sweep/ID@EPOCH.12`. */
export function formatPlaces(places: Iterable<Place>): string {
  return [...places].map(({ topic, after }) => after === null ? topic : `${topic}@${after}`).join();
}

/** Places in a text. A topic may be none: {@link parseTopic} finds out. */
export function parsePlaces(text: string): readonly Place[] {
  return text.split(",").filter((part) => part !== "").map((part) => {
    const at = part.indexOf("@");
    return at < 0
      ? { topic: part, after: null }
      : { topic: part.slice(0, at), after: part.slice(at + 1) };
  });
}
