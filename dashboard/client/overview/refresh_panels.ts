/** Puts panels that the server has drawn anew in the place of those that have changed. */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

/** Fetches the panels of a sweep and takes the changed ones over. Failing leaves what is there. */
export async function refreshPanels(sweep: string): Promise<void> {
  const response = await fetch(`/s/${sweep}/panels${location.search}`);
  if (!response.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const slot of document.querySelectorAll("[data-slot]")) {
    const name = slot.getAttribute("data-slot");
    const news = fresh.querySelector(`[data-slot="${name}"]`);
    if (news !== null) replaceChanged(slot, [...news.children]);
  }
}

/** What has not changed stays, with its focus and its scroll. */
function replaceChanged(slot: Element, news: readonly Element[]): void {
  const known = new Map([...slot.children].map((child) => [child.id, child]));
  if (known.size !== news.length || news.some(({ id }) => !known.has(id))) {
    slot.replaceChildren(...news);
    return;
  }
  for (const panel of news) {
    const old = known.get(panel.id);
    const opened = old ? [...old.querySelectorAll("details")].map(({ open }) => open) : [];
    // What a reader has opened is no difference, and stays open.
    panel.querySelectorAll("details").forEach((one, index) => one.open = opened[index] ?? false);
    if (old === undefined || old.isEqualNode(panel)) continue;
    const stops = "a,summary,select,button,[tabindex]";
    const focused = [...old.querySelectorAll<HTMLElement>(stops)]
      .findIndex((one) => one === document.activeElement);
    old.replaceWith(panel);
    if (focused >= 0) panel.querySelectorAll<HTMLElement>(stops)[focused]?.focus();
  }
}
