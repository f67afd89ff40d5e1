/** Copies a drawing with its looks written into it, so that it looks the same without the page. */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

const SVG = "http://www.w3.org/2000/svg";

/** What a style sheet may say of a drawing, with what holds where nothing is said. */
const LOOKS: Readonly<Record<string, string>> = {
  "fill": "rgb(0, 0, 0)",
  "fill-opacity": "1",
  "stroke": "none",
  "stroke-width": "1px",
  "stroke-opacity": "1",
  "stroke-dasharray": "none",
  "stroke-linecap": "butt",
  "stroke-linejoin": "miter",
  "opacity": "1",
  "text-anchor": "start",
  "dominant-baseline": "auto",
  "paint-order": "normal",
  "vector-effect": "none",
  "shape-rendering": "auto",
};
const TEXT_LOOKS = ["font-family", "font-size", "font-weight", "font-style", "letter-spacing"];
const MEANINGLESS = /^(?:class|style|tabindex|data-|aria-|role$|href$|on|target$|xlink)/;

/** The copy of an element, and the ids of patterns and the like that it refers to. */
export function styledCopy(source: SVGElement, referred: Set<string>): SVGElement {
  // A link of the page leads nowhere from a file.
  const name = source.localName === "a" ? "g" : source.localName;
  const copy = document.createElementNS(SVG, name) as SVGElement;
  for (const { name: attribute, value } of source.attributes) {
    if (!MEANINGLESS.test(attribute) && attribute !== "xmlns") {
      copy.setAttribute(attribute, xmlText(value));
    }
  }
  if (name !== "title" && name !== "desc") writeLooks(source, copy, referred);
  for (const child of source.childNodes) {
    if (child instanceof SVGElement) {
      if (isShown(child)) copy.append(styledCopy(child, referred));
    } else if (child.nodeType === Node.TEXT_NODE) copy.append(xmlText(child.textContent ?? ""));
  }
  return copy;
}

function isShown(element: SVGElement): boolean {
  const { display, visibility } = getComputedStyle(element);
  return display !== "none" && visibility !== "hidden" || element.localName === "title";
}

function writeLooks(source: SVGElement, copy: SVGElement, referred: Set<string>): void {
  const style = getComputedStyle(source);
  for (const [look, usual] of Object.entries(LOOKS)) {
    const value = style.getPropertyValue(look);
    for (const [, id] of value.matchAll(/url\(["']?#([\w-]+)/g)) if (id) referred.add(id);
    // What a parent says holds for its children: a shape that has the usual look must say so.
    if (value === "" || value === usual && source.localName === "svg") continue;
    copy.setAttribute(look, value.replaceAll('"', "'"));
  }
  if (source.localName !== "text" && source.localName !== "tspan") return;
  for (const look of TEXT_LOOKS) copy.setAttribute(look, style.getPropertyValue(look));
}

/** What XML cannot hold at all is left out: the file could not be opened. */
export function xmlText(text: string): string {
  // deno-lint-ignore no-control-regex -- just these are meant
  return text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .toWellFormed();
}
