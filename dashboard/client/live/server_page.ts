/** A page that the server draws: choices and news take its next drawing in, where the reader is. */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { Fragment, h, hydrate, render } from "preact";
import { atMostEvery } from "./at_most_every.ts";
import { AnswerError, tellFailure } from "./panel_failure.ts";
import { type Islands, nodesIn } from "./server_nodes.ts";

/** How a page is followed. */
export interface ServerPageOptions {
  readonly islands?: Islands;
  /** What a script adds to the markup, each time that it was drawn; `state`: the page's, as JSON. */
  readonly enhance?: (root: Element, state: string) => void;
}

/**
 * The page. Links to other choices of it and its forms stay on it; the address says what is chosen.
 * Without a script they load it anew.
 */
export class ServerPage {
  readonly #root: Element;
  readonly #options: ServerPageOptions;
  #asking: AbortController | null = null;

  constructor(root: Element, options: ServerPageOptions = {}) {
    this.#root = root;
    this.#options = options;
    const { islands = {}, enhance } = options;
    const drawn = h(Fragment, null, ...nodesIn(root, islands));
    for (const one of root.querySelectorAll("[data-island]")) {
      if (islands[one.getAttribute("data-island") ?? ""] !== undefined) one.replaceChildren();
    }
    hydrate(drawn, root);
    enhance?.(root, stateIn(document));
    root.addEventListener("click", (event) => this.#follow(event));
    root.addEventListener("submit", (event) => this.#send(event));
  }

  /** Another choice: the address changes, and the page with it. */
  go(href: string): void {
    const url = new URL(href, location.href);
    const { hash } = url;
    url.hash = "";
    history.replaceState(null, "", url);
    this.refresh().then(() => {
      // Fields say what is chosen now, not what was typed for the choice before.
      for (const form of this.#root.querySelectorAll("form")) form.reset();
      document.getElementById(hash.slice(1))?.scrollIntoView({ block: "nearest" });
    });
  }

  /** Takes in what the server draws now. A question that is newer ends the one before. */
  async refresh(): Promise<void> {
    this.#asking?.abort();
    const asking = this.#asking = new AbortController();
    try {
      const next = await ask(location.href, asking.signal);
      this.draw(next);
      tellFailure(this.#root, null, () => {});
    } catch (error) {
      tellFailure(this.#root, error, () => void this.refresh());
    }
  }

  /** What the server draws at an address now; null: there is no answer, or the page moved on. */
  async peek(href: string): Promise<Document | null> {
    const here = location.href;
    const next = await ask(href).catch(() => null);
    return here === location.href ? next : null;
  }

  /** {@link refresh} at a bounded rate, while the page is seen: for news. */
  paced(ms: number): () => void {
    const refresh = atMostEvery(() => this.refresh(), {
      ms,
      setTimer: (act, after) => setTimeout(act, after),
    });
    let isMissed = false;
    document.addEventListener("visibilitychange", () => {
      if (!isMissed || document.hidden) return;
      isMissed = false;
      refresh();
    });
    return () => {
      isMissed = document.hidden;
      if (!isMissed) refresh();
    };
  }

  /** Takes another drawing of the page in. */
  draw(next: Document): void {
    const island = next.getElementById("island");
    if (island === null) return location.reload();
    const { islands = {}, enhance } = this.#options;
    const focused = withParents(document.activeElement);
    render(h(Fragment, null, ...nodesIn(island, islands)), this.#root);
    // Who was on something that is gone goes on beside it, not at the page's beginning.
    if (focused[0]?.isConnected === false) {
      focused.find((one) => one.isConnected && one.tabIndex >= 0)?.focus({ preventScroll: true });
    }
    enhance?.(this.#root, stateIn(next));
  }

  #follow(event: Event): void {
    const { target } = event;
    const link = target instanceof Element ? target.closest("a") : null;
    const href = link?.getAttribute("href");
    // Another page of a list is another page: it begins at its top.
    if (link?.getAttribute("rel") === "next" || link?.getAttribute("rel") === "prev") return;
    if (!href || !(event instanceof MouseEvent) || event.defaultPrevented) return;
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const { origin, pathname } = new URL(href, location.href);
    if (origin !== location.origin || pathname !== location.pathname) return;
    event.preventDefault();
    this.go(href);
  }

  #send(event: Event): void {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== "get") return;
    const url = new URL(form.action);
    if (url.pathname !== location.pathname) return;
    event.preventDefault();
    const fields = [...new FormData(form)].filter(([, value]) => value !== "");
    url.search = String(new URLSearchParams(fields.map(([name, value]) => [name, String(value)])));
    this.go(url.href);
  }
}

/** @throws {AnswerError} If the server answers with no page. */
async function ask(href: string, signal?: AbortSignal): Promise<Document> {
  const answer = await fetch(href, { cache: "no-store", ...(signal && { signal }) });
  // What cannot be shown in place, such as a filter that cannot be read, is a page of its own.
  if (answer.status >= 400 && answer.status < 429) location.reload();
  if (!answer.ok) throw new AnswerError(answer);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

function withParents(element: Element | null): readonly (HTMLElement | SVGElement)[] {
  const found: (HTMLElement | SVGElement)[] = [];
  for (let one = element; one !== null; one = one.parentElement) {
    if (one instanceof HTMLElement || one instanceof SVGElement) found.push(one);
  }
  return found;
}

/** What the page tells its script. */
function stateIn(page: Document): string {
  return page.getElementById("page-state")?.textContent ?? "null";
}
