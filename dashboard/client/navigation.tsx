/** Where a person can go: the main pages, and the pages of one sweep as tabs. One list each. */
import type { VNode } from "preact";
import { withFilter } from "./parts/shared_filter.ts";

/** The pages that every page links to. */
export const MAIN_PAGES = [
  { id: "sweeps", label: "Sweeps", path: "/" },
  { id: "fleet", label: "Fleet", path: "/fleet" },
  { id: "events", label: "Events", path: "/events" },
] as const;

/** The pages of a sweep; `path` follows the sweep's own. */
export const SWEEP_PAGES = [
  { id: "overview", label: "Overview", path: "" },
  { id: "trials", label: "Trials", path: "/trials" },
  { id: "curves", label: "Curves", path: "/curves" },
  { id: "parameters", label: "Parameters", path: "/params" },
  { id: "timeline", label: "Timeline", path: "/timeline" },
  { id: "events", label: "Events", path: "/events" },
] as const;

/** The name of a main page. */
export type MainPage = (typeof MAIN_PAGES)[number]["id"];
/** The name of a sweep's page. */
export type SweepPage = (typeof SWEEP_PAGES)[number]["id"];

/** Where a reader is. `isPart`: below that page, not on it. */
export interface Whereabouts<Page> {
  readonly page: Page;
  readonly isPart: boolean;
}

/** The main navigation. */
export function MainNavigation(
  { current }: { readonly current: Whereabouts<MainPage> | null },
): VNode {
  return (
    <nav aria-label="Main">
      {MAIN_PAGES.map(({ id, label, path }) => (
        <a key={id} href={path} aria-current={mark(id, current)}>{label}</a>
      ))}
    </nav>
  );
}

/** The tabs of a sweep: those that are about trials are handed the filter of the present page. */
export function SweepNavigation({ sweep, current, filter }: {
  readonly sweep: string;
  readonly current: Whereabouts<SweepPage>;
  readonly filter: string;
}): VNode {
  return (
    <nav class="tabs" aria-label="Pages of this sweep">
      {SWEEP_PAGES.map(({ id, label, path }) => (
        <a
          key={id}
          href={withFilter(`/s/${sweep}${path}`, id === "events" ? "" : filter)}
          aria-current={mark(id, current)}
        >
          {label}
        </a>
      ))}
    </nav>
  );
}

function mark<Page>(id: Page, current: Whereabouts<Page> | null): "page" | "true" | undefined {
  if (current?.page !== id) return undefined;
  return current.isPart ? "true" : "page";
}
