/** A chart's whole card as one drawing: its title, what stands in its figure, and its colours. */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { styledCopy, xmlText } from "./svg_styles.ts";

const SVG = "http://www.w3.org/2000/svg";
const MARGIN = 16;
/** Controls and what the drawing cannot hold. */
const LEFT_OUT =
  ".chart-menu, details, form, nav, button, input, .visually-hidden, [hidden], .exports, .export-stills, .readout, [data-brush-help]";

/** A drawing and its size in CSS pixels. */
export interface FigureSvg {
  readonly svg: SVGSVGElement;
  readonly width: number;
  readonly height: number;
  /** Where canvases stand in it. */
  readonly canvases: readonly { readonly canvas: HTMLCanvasElement; readonly box: DOMRect }[];
}

interface Painting {
  readonly into: SVGGElement;
  readonly referred: Set<string>;
  readonly canvases: { canvas: HTMLCanvasElement; box: DOMRect }[];
  readonly boxes: DOMRect[];
}

/** Draws a card. `stills` stand for its canvases, in their order. */
export function figureSvg(card: Element, stills: readonly SVGElement[] = []): FigureSvg {
  const into = element("g", {}) as SVGGElement;
  const painting: Painting = { into, referred: new Set(), canvases: [], boxes: [] };
  const title = card.querySelector("h2");
  if (title !== null) paint(title, painting);
  for (const figure of card.querySelectorAll(":scope > figure, :scope > :not(:has(h2))")) {
    paint(figure, painting);
  }
  const left = Math.min(...painting.boxes.map((box) => box.left)) - MARGIN;
  const top = Math.min(...painting.boxes.map((box) => box.top)) - MARGIN;
  const width = Math.ceil(Math.max(...painting.boxes.map((box) => box.right)) + MARGIN - left);
  const height = Math.ceil(Math.max(...painting.boxes.map((box) => box.bottom)) + MARGIN - top);
  const svg = element("svg", { width, height, viewBox: `0 0 ${width} ${height}` }) as SVGSVGElement;
  svg.append(element("rect", { width, height, fill: getComputedStyle(card).backgroundColor }));
  into.setAttribute("transform", `translate(${-left} ${-top})`);
  svg.append(into);
  painting.canvases.forEach(({ box }, index) => {
    const still = stills[index];
    if (still === undefined) return;
    const copy = styledCopy(still, painting.referred);
    into.append(placed(copy, box));
  });
  svg.prepend(definitions(painting.referred));
  const canvases = painting.canvases.map(({ canvas, box }) => ({
    canvas,
    box: new DOMRect(box.left - left, box.top - top, box.width, box.height),
  }));
  return { svg, width, height, canvases };
}

/** Patterns that shapes are filled with stand elsewhere on the page. */
function definitions(referred: Set<string>): SVGElement {
  const defs = element("defs", {});
  for (const id of referred) {
    const found = document.getElementById(id);
    if (found instanceof SVGElement) defs.append(styledCopy(found, referred));
  }
  return defs;
}

function paint(node: Element, painting: Painting): void {
  if (node.matches(LEFT_OUT) || !node.checkVisibility({ visibilityProperty: true })) return;
  const box = node.getBoundingClientRect();
  if (node instanceof SVGSVGElement) {
    painting.boxes.push(box);
    painting.into.append(placed(styledCopy(node, painting.referred), box));
    return;
  }
  if (node instanceof HTMLCanvasElement) {
    painting.boxes.push(box);
    painting.canvases.push({ canvas: node, box });
    return;
  }
  paintBackground(node, box, painting);
  for (const child of node.childNodes) {
    if (child instanceof Text) paintText(child, node, painting);
    else if (child instanceof Element) paint(child, painting);
  }
}

function placed(copy: SVGElement, box: DOMRect): SVGElement {
  for (const side of ["x", "y", "width", "height"] as const) {
    copy.setAttribute(side, String(box[side]));
  }
  return copy;
}

function paintBackground(node: Element, { x, y, width, height }: DOMRect, to: Painting): void {
  const { backgroundColor, borderTopLeftRadius } = getComputedStyle(node);
  if (/^rgba\(.*, 0\)$|^transparent$/.test(backgroundColor)) return;
  const rx = Number.parseFloat(borderTopLeftRadius) || 0;
  to.into.append(element("rect", { x, y, width, height, rx, fill: backgroundColor }));
}

/** Text goes line by line, as the browser has broken it. */
function paintText(text: Text, parent: Element, { into, boxes }: Painting): void {
  const { color, fontFamily, fontSize, fontWeight, textOverflow } = getComputedStyle(parent);
  const { clientWidth, scrollWidth } = parent;
  // What the page cuts off would run into its neighbour.
  const share = textOverflow === "ellipsis" ? Math.min(1, clientWidth / scrollWidth) : 1;
  for (const { words: all, box: { x, y, width, height } } of linesOf(text)) {
    const words = share < 1 ? `${all.slice(0, Math.floor(all.length * share) - 1)}…` : all;
    const box = new DOMRect(x, y, width * share, height);
    boxes.push(box);
    const line = element("text", {
      x: box.left,
      y: box.top + box.height * 0.78,
      fill: color,
      "font-family": fontFamily.replaceAll('"', "'"),
      "font-size": fontSize,
      "font-weight": fontWeight,
    });
    line.append(xmlText(words));
    into.append(line);
  }
}

function linesOf(text: Text): readonly { readonly words: string; readonly box: DOMRect }[] {
  const lines: { words: string; box: DOMRect }[] = [];
  const range = document.createRange();
  for (const { 0: word, index } of text.data.matchAll(/\S+\s*/g)) {
    range.setStart(text, index);
    range.setEnd(text, index + word.trimEnd().length);
    const box = range.getBoundingClientRect();
    if (box.width === 0) continue;
    const last = lines.at(-1);
    if (last !== undefined && Math.abs(last.box.top - box.top) < 2) {
      last.words += ` ${word.trim()}`;
      last.box = new DOMRect(last.box.x, last.box.y, box.right - last.box.left, box.height);
    } else lines.push({ words: word.trim(), box });
  }
  return lines;
}

function element(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = document.createElementNS(SVG, name) as SVGElement;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}
