/** The server's markup as nodes that Preact can draw: so it is Preact that finds what has changed. */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { type ComponentChild, type ComponentType, h } from "preact";

/** What is drawn by a script in the browser, by the name in `data-island`. */
export type Islands = Readonly<Record<string, (props: string) => ComponentChild>>;

/** An island whose element holds its properties as JSON. */
export function island<Props extends object>(
  component: ComponentType<Props>,
): (props: string) => ComponentChild {
  return (props) => h(component, JSON.parse(props));
}

/** The children of an element. */
export function nodesIn(parent: ParentNode, islands: Islands): ComponentChild[] {
  return [...parent.childNodes].map((node) => nodeOf(node, islands));
}

/** Drawings of one place, one after the other: what is as it was before is the same node again. */
export class KnownNodes {
  #known: ReadonlyMap<string, { readonly drawn: Element; readonly node: ComponentChild }> =
    new Map();

  /** The children of a drawing, which must stay as it is. */
  nodesIn(parent: Element): ComponentChild[] {
    const next = [...parent.children].map((drawn, at) => {
      const key = drawn.id || String(at);
      const before = this.#known.get(key);
      // Preact leaves a node alone that it is given again.
      const node = before?.drawn.isEqualNode(drawn) ? before.node : nodeOf(drawn, {});
      return [key, { drawn, node }] as const;
    });
    this.#known = new Map(next);
    return next.map(([, { node }]) => node);
  }
}

function nodeOf(node: ChildNode, islands: Islands): ComponentChild {
  if (!(node instanceof Element)) return node.nodeType === Node.TEXT_NODE ? node.textContent : null;
  const attributes = Object.fromEntries(
    [...node.attributes].map(({ name, value }) => attributeOf(node, name, value)),
  );
  const draw = islands[node.getAttribute("data-island") ?? ""];
  const children = draw === undefined
    ? nodesIn(node, islands)
    : [draw(node.getAttribute("data-props") ?? "{}")];
  return h(node.localName, { ...attributes, key: node.id || undefined }, ...children);
}

/** What somebody has typed or ticked stays: only what it was before is set. */
const DEFAULTS: Readonly<Record<string, string>> = {
  value: "defaultValue",
  checked: "defaultChecked",
  selected: "defaultSelected",
};

function attributeOf(element: Element, name: string, value: string): [string, unknown] {
  const isField = /^(?:input|textarea|option)$/.test(element.localName);
  // Preact sets properties: of an attribute that is there or not there, whether it is.
  const current: unknown = Reflect.get(element, name);
  const set = typeof current === "boolean" ? value !== "false" : value;
  return [
    isField && element.localName !== "option" || name === "selected"
      ? DEFAULTS[name] ?? name
      : name,
    set,
  ];
}
