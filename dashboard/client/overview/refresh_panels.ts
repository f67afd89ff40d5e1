/** Takes in panels that the server has drawn anew: what has not changed in them is not touched. */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { Fragment, h, hydrate, render } from "preact";
import { AnswerError, tellFailure } from "../live/panel_failure.ts";
import { KnownNodes } from "../live/server_nodes.ts";

/** The panels in all places of a page. */
export class LivePanels {
  readonly #sweep: string;
  readonly #slots: ReadonlyMap<Element, KnownNodes>;

  /** Takes them over as they are. */
  constructor(root: Element, sweep: string) {
    this.#sweep = sweep;
    const slots = [...root.querySelectorAll("[data-slot]")];
    this.#slots = new Map(slots.map((slot) => [slot, new KnownNodes()]));
    for (const [slot, known] of this.#slots) {
      // A copy: what readers open and scripts say in the page is no difference to the next drawing.
      const copy = slot.cloneNode(true);
      if (copy instanceof Element) hydrate(h(Fragment, null, ...known.nodesIn(copy)), slot);
    }
  }

  /** Fetches them. Failing leaves what is there. */
  async refresh(): Promise<void> {
    const response = await fetch(`/s/${this.#sweep}/panels${location.search}`).catch(() => null);
    if (response === null) return; // the connection says that the server is away
    const [first] = this.#slots.keys();
    const error = response.ok ? null : new AnswerError(response);
    if (first !== undefined) tellFailure(first, error, () => void this.refresh());
    if (error !== null) return;
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    for (const [slot, known] of this.#slots) {
      // One place at a time: who types or scrolls meanwhile does not wait for all of them.
      await new Promise((resolve) => setTimeout(resolve));
      const news = fresh.querySelector(`[data-slot="${slot.getAttribute("data-slot")}"]`);
      if (news !== null) render(h(Fragment, null, ...known.nodesIn(news)), slot);
    }
  }
}
