/** Gives a page the layout that it had in the last sweep of its kind, and remembers what is chosen. */
/// <reference lib="dom" />
import { layoutIn, parseKeptViews, placeOf, withLayout } from "./kept_view.ts";

const KEY = "trawl-views";
/** The address that was restored last, in case the server cannot show it. */
const RESTORED = "trawl-restored";

/** Before the page is drawn: where its address says no layout, it is left for one that does. */
export function keepView(): void {
  const place = placeOf(location.pathname, document.documentElement.dataset["schema"]);
  try {
    if (place === null) takeBack();
    else if (!restore(place)) remember(place);
  } catch {
    // Storage may be forbidden: then each page is as its address says.
  }
}

function restore(place: string): boolean {
  const layout = parseKeptViews(localStorage.getItem(KEY))[place];
  if (layout === undefined || layoutIn(place, location.search) !== "" || !isArrival()) return false;
  const url = new URL(location.href);
  for (const [name, value] of new URLSearchParams(layout)) url.searchParams.append(name, value);
  sessionStorage.setItem(RESTORED, `${place} ${url.href}`);
  location.replace(url);
  return true;
}

/** Who comes back to an address, or chooses it on the page itself, means it as it is. */
function isArrival(): boolean {
  const [entry] = performance.getEntriesByType("navigation");
  return entry instanceof PerformanceNavigationTiming && entry.type === "navigate" && !isFromHere();
}

function isFromHere(): boolean {
  return document.referrer !== "" && new URL(document.referrer).pathname === location.pathname;
}

/** Only what a reader has chosen here is kept: a link that somebody sent is theirs. */
function remember(place: string): void {
  sessionStorage.removeItem(RESTORED);
  const first = isFromHere() ? null : layoutIn(place, location.search);
  addEventListener("pagehide", () => {
    const layout = layoutIn(place, location.search);
    if (layout === first) return;
    keep(place, layout);
  });
}

function keep(place: string, layout: string): void {
  const kept = parseKeptViews(localStorage.getItem(KEY));
  localStorage.setItem(KEY, JSON.stringify(withLayout(kept, place, layout)));
}

/** A layout that this sweep does not take, so that the server shows an error, is forgotten. */
function takeBack(): void {
  const [place = "", href] = sessionStorage.getItem(RESTORED)?.split(" ") ?? [];
  if (href !== location.href) return;
  sessionStorage.removeItem(RESTORED);
  keep(place, "");
  location.replace(location.pathname);
}
