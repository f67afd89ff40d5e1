/** What every page of events does: it shows new ones at its top, and tells of them elsewhere. */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { atMostEvery } from "../live/at_most_every.ts";
import { say, startCopying } from "../live/copying.ts";
import { ServerPage } from "../live/server_page.ts";
import { formatCount } from "../parts/format.ts";

const REFRESH_MS = 3_000;
/** Who has scrolled further reads something that must not move. */
const TOP_PX = 80;

/** Takes the page over; what it returns is called whenever something may have happened. */
export function followEvents(root: Element): () => void {
  let isPaused = false;
  const page = new ServerPage(root, { enhance: () => tell(root, 0) });
  startCopying(root);
  root.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button") : null;
    if (button?.dataset["pause"] !== undefined) {
      isPaused = !isPaused;
      button.ariaPressed = String(isPaused);
      say(button, isPaused ? "Resume" : "Pause");
      if (!isPaused) void page.refresh();
    }
    // The link leads to the newest events, whose place is the page's top.
    if (target instanceof Element && target.closest(".event-news a") !== null) scrollTo({ top: 0 });
  });
  const look = async (): Promise<void> => {
    const newest = new URL(location.href);
    newest.searchParams.delete("before");
    const next = await page.peek(newest.href);
    if (next === null) return;
    const isHeld = isPaused || scrollY > TOP_PX || root.querySelector("details[open]") !== null ||
      newest.href !== location.href;
    if (isHeld) tell(root, newer(next, root));
    else page.draw(next);
  };
  return atMostEvery(look, { ms: REFRESH_MS, setTimer: (act, ms) => setTimeout(act, ms) });
}

/** How many events of a drawing came after those that are shown. */
function newer(next: Document, root: Element): number {
  const [now, then] = [next, root].map((one) =>
    one.querySelector<HTMLElement>(".event-news")?.dataset["matching"]
  );
  if (now !== undefined && then !== undefined) return Math.max(0, Number(now) - Number(then));
  const rows = [...next.querySelectorAll(".events tbody tr")];
  const top = root.querySelector(".events tbody tr")?.id;
  const at = rows.findIndex(({ id }) => id === top);
  return at < 0 ? rows.length : at;
}

/** In the link that the server has left empty. */
function tell(root: Element, fresh: number): void {
  const link = root.querySelector<HTMLElement>(".event-news a");
  if (link === null) return;
  link.textContent = `${formatCount(fresh)} new ${fresh === 1 ? "event" : "events"} ↑`;
  if (link.parentElement !== null) link.parentElement.hidden = fresh === 0;
}
