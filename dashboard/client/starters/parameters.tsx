/** Makes the Parameters page easier by pointer, and tells of results that came after it was made. */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { LivePage } from "../live/live_page.tsx";
import type { ParametersPageState } from "../page_state.ts";
import { brushedFields } from "../parameters/parameters_brush.ts";

const SVG = "http://www.w3.org/2000/svg";
/** A shorter stretch is a click. */
const LEAST_DRAG = 4;

/** Adds what a script can add; the page's charts stay as the server drew them. */
export function startParameters(
  { snapshot }: ParametersPageState,
  root: Element,
  live: LivePage,
): void {
  for (const hit of root.querySelectorAll<SVGRectElement>("rect[data-axis]")) brush(hit);
  for (const help of root.querySelectorAll<HTMLElement>("[data-brush-help]")) help.hidden = false;
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-auto-submit]")) {
    form.addEventListener("change", () => form.requestSubmit());
  }
  root.addEventListener("click", (event) => {
    const trial = event.target instanceof SVGElement ? event.target.dataset["trial"] : undefined;
    if (trial !== undefined) location.assign(`/s/${snapshot.facts.sweep}/t/${trial}`);
  });
  const { completed } = snapshot.progress.counts;
  live.listen({
    url: streamUrl(snapshot.facts.sweep),
    after: snapshot.asOf,
    onEvent: ({ type, data }) => {
      if (type === "state") tellNews(JSON.parse(data).progress?.counts.completed - completed);
    },
  });
}

function streamUrl(sweep: string): URL {
  const url = new URL("/api/v1/stream", location.origin);
  url.searchParams.set("sweep", sweep);
  url.searchParams.set("limit", "0");
  return url;
}

/** The charts do not move under a reader's eyes: whoever wants the news asks for them. */
function tellNews(fresh: number): void {
  const place = document.getElementById("news");
  if (place === null || !(fresh > 0)) return;
  const link = document.createElement("a");
  link.href = location.href;
  link.textContent = `${fresh} ${
    fresh === 1 ? "trial has" : "trials have"
  } completed since: draw anew`;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    location.reload();
  });
  place.replaceChildren(link);
  place.hidden = false;
}

function brush(hit: SVGRectElement): void {
  const { top = "0", bottom = "1" } = hit.dataset;
  const [upper, lower] = [Number(top), Number(bottom)];
  const yAt = (event: PointerEvent): number => {
    const matrix = hit.getScreenCTM();
    if (matrix === null) return lower;
    const { y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    return Math.max(upper, Math.min(lower, y));
  };
  let from: number | null = null;
  let mark: SVGRectElement | null = null;
  hit.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    hit.setPointerCapture(event.pointerId);
    from = yAt(event);
  });
  hit.addEventListener("pointermove", (event) => {
    if (from === null) return;
    mark ??= addMark(hit);
    const to = yAt(event);
    mark.setAttribute("y", String(Math.min(from, to)));
    mark.setAttribute("height", String(Math.abs(to - from)));
  });
  hit.addEventListener("pointerup", (event) => {
    const [start, to] = [from, yAt(event)];
    from = null;
    mark?.remove();
    mark = null;
    if (start === null || Math.abs(to - start) < LEAST_DRAG) return;
    const share = (y: number): number => (lower - y) / (lower - upper);
    apply(hit, [share(start), share(to)]);
  });
  hit.addEventListener("dblclick", () => apply(hit, null));
}

function addMark(hit: SVGRectElement): SVGRectElement {
  const mark = document.createElementNS(SVG, "rect");
  mark.setAttribute("class", "pc-brush");
  mark.setAttribute("x", String(hit.x.baseVal.value + 9));
  mark.setAttribute("width", "14");
  hit.before(mark);
  return mark;
}

/** Fills the form in and sends it: the address is the state. Null: the axis is free again. */
function apply(hit: SVGRectElement, ends: readonly [number, number] | null): void {
  const form = document.getElementById("filters");
  if (!(form instanceof HTMLFormElement)) return;
  const { axis = "", scale, min, max, values } = hit.dataset;
  const fields = ends === null ? null : brushedFields({ axis, scale, min, max, values }, ends);
  if (ends !== null && fields === null) return;
  const suffix = axis === "" ? "" : `.${axis}`;
  for (const input of form.querySelectorAll("input")) {
    if (input.name === `is${suffix}`) {
      input.checked = fields?.kind === "choices" && fields.chosen.includes(input.value);
    }
    if (input.name === `min${suffix}`) input.value = fields?.kind === "range" ? fields.min : "";
    if (input.name === `max${suffix}`) input.value = fields?.kind === "range" ? fields.max : "";
  }
  form.requestSubmit();
}
