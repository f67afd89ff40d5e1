/** Writes pages out: the browser's own components, serialised and escaped by Hono's JSX. */
import { type Child, Fragment, jsx } from "hono/jsx";
import {
  type ComponentChildren,
  Fragment as PreactFragment,
  type FunctionComponent,
  h,
  isValidElement,
  type VNode,
} from "preact";
import { contentOf, FailedPanel, Panel } from "../client/parts/panel.tsx";

/** What components get besides their props, as Preact hands a context to functions. */
export interface RenderContext {
  /** How commands that a page teaches say which server they mean; see `server_option.ts`. */
  readonly serverOption?: string;
  /** What the request is called, for the panels that fail. */
  readonly requestId?: string;
  /** Is told of a panel that cannot be drawn. */
  readonly onFault?: (error: Error) => void;
}

/**
 * A whole document. The components must be pure: what needs a browser (hooks, handlers) belongs to
 * the wrappers that only the browser uses.
 * @throws {TypeError} If a component is a class, or a child is no element.
 */
export function renderHtml(page: VNode, context: RenderContext = {}): string {
  return `<!doctype html>${jsx(Fragment, {}, toHono(page, context))}`;
}

function toHono(node: ComponentChildren, context: RenderContext): Child {
  if (node === null || node === undefined || typeof node === "boolean") return null;
  if (typeof node === "string" || typeof node === "number" || typeof node === "bigint") {
    return String(node);
  }
  if (Array.isArray(node)) return node.map((each) => toHono(each, context));
  if (!isValidElement(node)) throw new TypeError("Cannot draw a node that is no element");
  const { children, ...props } = node.props;
  if (node.type === PreactFragment) return jsx(Fragment, {}, toHono(children, context));
  if (node.type === Panel) return drawPanel(node, context);
  if (typeof node.type === "function") return toHono(callComponent(node, context), context);
  const attributes = Object.entries(props)
    .filter(([, value]) => value !== undefined && typeof value !== "function");
  return jsx(node.type, Object.fromEntries(attributes), toHono(children, context));
}

/** One that cannot be drawn leaves the page around it as it is. */
function drawPanel({ props }: VNode, context: RenderContext): Child {
  try {
    return toHono(contentOf(props.children), context);
  } catch (error) {
    const { requestId = null, onFault } = context;
    const title = "title" in props ? String(props.title) : "";
    onFault?.(new Error(`Cannot draw the panel "${title}"`, { cause: error }));
    return toHono(h(FailedPanel, { title, requestId }), context);
  }
}

function callComponent({ type, props }: VNode, context: RenderContext): ComponentChildren {
  if (!isFunctionComponent(type)) {
    throw new TypeError("Cannot draw a class component on the server");
  }
  return type(props, context);
}

function isFunctionComponent(type: VNode["type"]): type is FunctionComponent {
  return typeof type === "function" && !("render" in (type.prototype ?? {}));
}
