/** Makes the Parameters page easier by pointer, and tells of results that came after it was made. */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { LivePage } from "../live/live_page.tsx";
import { AnswerError, tellFailure } from "../live/panel_failure.ts";
import type { ParametersPageState } from "../page_state.ts";
import { hideOutside } from "../parameters/instant_brush.ts";
import { onTop } from "../parameters/on_top.ts";
import { brushedFields, reordered } from "../parameters/parameters_brush.ts";

const SVG = "http://www.w3.org/2000/svg";
/** A shorter stretch is a click. */
const LEAST_DRAG = 4;

/** Adds what a script can add; the page's charts stay as the server draws them. */
export function startParameters(
  { snapshot }: ParametersPageState,
  root: Element,
  live: LivePage,
): void {
  const { sweep } = snapshot.facts;
  const path = `/s/${sweep}/params`;
  shown = location.search;
  enhance(root);
  root.addEventListener("click", (event) => {
    const { target } = event;
    if (!(target instanceof Element)) return;
    const trial = target instanceof SVGElement ? target.dataset["trial"] : undefined;
    if (trial !== undefined) location.assign(`/s/${sweep}/t/${trial}`);
    const href = target.closest("a")?.getAttribute("href");
    if (!href || !isPlain(event) || new URL(href, location.href).pathname !== path) return;
    event.preventDefault();
    go(href, root);
  });
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== "get") return;
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (value !== "") query.append(name, String(value));
    }
    event.preventDefault();
    go(`${path}?${query}`, root);
  });
  addEventListener("popstate", () => void show(location.href, root));
  const { completed } = snapshot.progress.counts;
  live.listen({
    url: streamUrl(sweep),
    after: snapshot.asOf,
    onEvent: ({ type, data }) => {
      if (type === "state") tellNews(JSON.parse(data).progress?.counts.completed - completed);
    },
  });
}

function isPlain(event: Event): boolean {
  return event instanceof MouseEvent && event.button === 0 &&
    !event.metaKey && !event.ctrlKey && !event.shiftKey;
}

/** What the page shows, of which the address may be ahead. */
let shown = "";

/** Another view of the page, without leaving it: the address is the state. */
function go(href: string, root: Element): void {
  const url = new URL(href, location.href);
  url.hash = "";
  url.search = onTop({
    shown: new URLSearchParams(shown),
    asked: new URLSearchParams(location.search),
    chosen: url.searchParams,
  }).toString();
  history.pushState(null, "", url);
  show(url.href, root);
}

let question = 0;

/** Takes the charts from the server's page, so that there is one who draws them. */
async function show(href: string, root: Element): Promise<void> {
  const mine = ++question;
  const answer = await fetch(href).catch(() => null);
  if (mine !== question) return;
  // What cannot be shown in place, such as a filter that cannot be read, is a page of its own.
  if (answer !== null && answer.status >= 400 && answer.status < 429) return location.reload();
  if (!answer?.ok) {
    return tellFailure(root, answer && new AnswerError(answer), () => void show(href, root));
  }
  const text = await answer.text();
  if (mine !== question) return;
  const fresh = new DOMParser().parseFromString(text, "text/html").getElementById("island");
  if (fresh === null) return location.reload();
  const focused = keyOf(document.activeElement);
  const offsets = [...root.querySelectorAll(".chart-scroll")].map(({ scrollLeft }) => scrollLeft);
  root.replaceChildren(...fresh.childNodes);
  shown = new URL(href).search;
  enhance(root);
  [...root.querySelectorAll(".chart-scroll")].forEach((one, at) =>
    one.scrollLeft = offsets[at] ?? 0
  );
  if (focused === null) return;
  for (const one of root.querySelectorAll<HTMLElement>("a, button, input, select, summary")) {
    if (keyOf(one) === focused) return one.focus({ preventScroll: true });
  }
}

/** What an element is, in this view and in the next. */
function keyOf(element: Element | null): string | null {
  if (element === null || element === document.body) return null;
  const name = element.getAttribute("aria-label") ?? element.getAttribute("name") ??
    element.textContent;
  return `${element.tagName} ${name} ${element.getAttribute("value") ?? ""}`;
}

function enhance(root: Element): void {
  for (const hit of root.querySelectorAll<SVGRectElement>("rect[data-axis]")) brush(hit);
  for (const name of root.querySelectorAll<SVGTextElement>("[data-moves]")) drag(name);
  for (const help of root.querySelectorAll<HTMLElement>("[data-brush-help]")) help.hidden = false;
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-auto-submit]")) {
    form.addEventListener("change", () => form.requestSubmit());
  }
}

/** An axis is dragged by its name; where it is dropped, its link is followed. */
function drag(name: SVGTextElement): void {
  const picture = name.ownerSVGElement;
  if (picture === null) return;
  const [left, gap] = [Number(picture.dataset["left"]), Number(picture.dataset["gap"])];
  let mark: SVGLineElement | null = null;
  const xAt = (event: PointerEvent): number =>
    new DOMPoint(event.clientX, event.clientY)
      .matrixTransform(picture.getScreenCTM()?.inverse()).x;
  name.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    name.setPointerCapture(event.pointerId);
    mark = document.createElementNS(SVG, "line");
    mark.setAttribute("class", "pc-drag");
    mark.setAttribute("y2", String(picture.viewBox.baseVal.height));
    picture.append(mark);
  });
  name.addEventListener("pointermove", (event) => {
    for (const end of ["x1", "x2"]) mark?.setAttribute(end, String(xAt(event)));
  });
  name.addEventListener("lostpointercapture", () => {
    mark?.remove();
    mark = null;
  });
  name.addEventListener("pointerup", (event) => {
    if (mark === null) return;
    const before: string[] = JSON.parse(picture.dataset["order"] ?? "[]");
    const after = reordered(before, name.dataset["moves"] ?? "", (xAt(event) - left) / gap);
    if (String(after) === String(before)) return;
    const url = new URL(location.href);
    url.searchParams.delete("order");
    for (const one of after) url.searchParams.append("order", one);
    const root = document.getElementById("island");
    if (root !== null) go(url.href, root);
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
  const { axis = "", scale, flipped, min, max, values } = hit.dataset;
  const fields = ends === null
    ? null
    : brushedFields({ axis, scale, flipped, min, max, values }, ends);
  if (ends !== null && fields === null) return;
  hideOutside(hit, ends);
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
