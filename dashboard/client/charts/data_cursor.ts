/** Arrow keys on a chart: they walk along its marks, or the rows of its table, and say each. */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { say } from "../keyboard/say.ts";

/** A figure whose own script reads keys says `data-own-keys`, or holds what reads them. */
const FIGURES = "section.chart > figure:not([data-own-keys], :has([role=application]))";
const MARKS =
  "[data-point], svg [data-trial], svg a[href], svg :is(rect, circle, path):has(> title)";

let place: { readonly figure: Element; at: number; mark: Element | null } | null = null;

/** Makes the figures of the page reachable, also those that come later. */
export function startDataCursor(): void {
  const reach = (): void => {
    for (const figure of document.querySelectorAll(`${FIGURES}:not([tabindex])`)) {
      figure.setAttribute("tabindex", "0");
    }
  };
  reach();
  let isAsked = false;
  const island = document.getElementById("island");
  if (island !== null) {
    new MutationObserver(() => {
      if (isAsked) return;
      isAsked = true;
      requestAnimationFrame(() => {
        isAsked = false;
        reach();
      });
    }).observe(island, { childList: true, subtree: true });
  }
  document.addEventListener("keydown", onKey);
  document.addEventListener("trawl:clear", clear);
  document.addEventListener("focusout", ({ target }) => target === place?.figure && clear());
}

function onKey(event: KeyboardEvent): void {
  const { target, key } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (!(target instanceof Element) || !target.matches(FIGURES)) return;
  const marks = marksOf(target);
  const at = place?.figure === target ? place.at : null;
  const next = nextPlace(key, at, marks.length);
  if (next !== null) {
    event.preventDefault();
    move(target, marks, next);
  } else if (key === "Enter" && place?.figure === target) open(place.mark);
}

function nextPlace(key: string, at: number | null, count: number): number | null {
  if (count === 0) return null;
  if (key === "ArrowRight") return at === null ? 0 : Math.min(count - 1, at + 1);
  if (key === "ArrowLeft") return at === null ? count - 1 : Math.max(0, at - 1);
  if (at === null) return null; // nobody reads: the page scrolls
  return key === "Home" ? 0 : key === "End" ? count - 1 : null;
}

/** The marks that say what they are; where there is none, the rows of the chart's table. */
function marksOf(figure: Element): readonly Element[] {
  const points = [...figure.querySelectorAll(MARKS)].filter((mark) => wordsOf(mark) !== "");
  if (points.length > 0) return points;
  return [...figure.parentElement?.querySelectorAll("table tbody tr") ?? []];
}

function move(figure: Element, marks: readonly Element[], at: number): void {
  const mark = marks[at] ?? null;
  place?.mark?.classList.remove("is-cursor");
  mark?.classList.add("is-cursor");
  place = { figure, at, mark };
  if (mark === null) return;
  mark.dispatchEvent(new CustomEvent("trawl:cursor", { bubbles: true }));
  say(`${wordsOf(mark)} · ${at + 1} of ${marks.length}`);
}

function clear(): void {
  place?.mark?.classList.remove("is-cursor");
  if (place !== null) say("");
  place = null;
}

function open(mark: Element | null): void {
  const link = mark?.closest("a[href]") ?? mark?.querySelector("a[href]");
  const href = link?.getAttribute("href");
  if (href?.startsWith("/")) location.assign(href);
  else if (mark instanceof SVGElement) {
    mark.dispatchEvent(new MouseEvent("click", { bubbles: true }));
  }
}

/** What a mark says: its label, its title, or its cells with the names of their columns. */
function wordsOf(mark: Element): string {
  const label = mark.getAttribute("aria-label") ?? mark.getAttribute("data-point") ?? "";
  if (label !== "") return label;
  if (!(mark instanceof HTMLTableRowElement)) {
    return mark.querySelector("title")?.textContent?.trim() ?? "";
  }
  const heads = [...mark.closest("table")?.tHead?.rows[0]?.cells ?? []];
  return [...mark.cells].map((cell, index) =>
    `${heads[index]?.textContent?.trim() ?? ""} ${cell.textContent?.trim() ?? ""}`.trim()
  ).join(", ");
}
