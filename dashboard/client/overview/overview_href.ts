/** Addresses of the overview that keep what is chosen. */
import type { PlaneFields, SweepFacts } from "../model.ts";
import { withFilter } from "../parts/shared_filter.ts";

/** What is chosen on the page. */
export interface OverviewChoice {
  readonly metric: string;
  /** Rows of the leaderboard that were asked for; null: as many as usual. */
  readonly limit: number | null;
  readonly plane: PlaneFields;
  /** See `shared_filter.ts`. */
  readonly filter: string;
}

/** The page with a choice. */
export function overviewHref(
  { sweep, metric: usual }: Pick<SweepFacts, "sweep" | "metric">,
  { metric, limit, plane, filter }: OverviewChoice,
): string {
  const query = new URLSearchParams();
  if (metric !== usual) query.set("metric", metric);
  if (limit !== null) query.set("limit", String(limit));
  for (const [name, value] of Object.entries(plane)) if (value !== null) query.set(name, value);
  const text = query.toString();
  return withFilter(`/s/${sweep}${text === "" ? "" : `?${text}`}`, filter);
}
