/**
 * A `deno lint` plugin that measures instead of judging: sizes.ts runs it with its own
 * configuration and reads the numbers from the messages.
 */

/** Functions of more code lines than this are reported. */
const REPORTED_FUNCTION_LINES = 50;

/** What one message of the plugin carries, as JSON. */
export type Measurement =
  | { readonly kind: "file"; readonly codeLines: number }
  | { readonly kind: "function"; readonly name: string; readonly codeLines: number };

type FunctionNode =
  | Deno.lint.FunctionDeclaration
  | Deno.lint.FunctionExpression
  | Deno.lint.ArrowFunctionExpression;

/** How many lines of `text` hold something else than blanks. */
export function countCodeLines(text: string): number {
  return text.split("\n").filter((line) => line.trim() !== "").length;
}

/** The text with its comments blanked out, so that every other character keeps its place. */
function blankComments(code: Deno.lint.SourceCode): string {
  let text = code.text;
  for (const { range: [start, end] } of code.getAllComments()) {
    const blank = text.slice(start, end).replace(/[^\n]/g, " ");
    text = text.slice(0, start) + blank + text.slice(end);
  }
  return text;
}

function nameOf(node: FunctionNode): string {
  if (node.type === "FunctionDeclaration" && node.id !== null) return node.id.name;
  const { parent } = node;
  if (parent.type === "VariableDeclarator" && parent.id.type === "Identifier") {
    return parent.id.name;
  }
  const isKeyed = parent.type === "MethodDefinition" || parent.type === "Property";
  if (isKeyed && parent.key.type === "Identifier") return parent.key.name;
  return "(anonymous)";
}

const measure: Deno.lint.Rule = {
  create(context) {
    const text = blankComments(context.sourceCode);
    const report = (node: Deno.lint.Node, measurement: Measurement): void =>
      context.report({ node, message: JSON.stringify(measurement) });
    const checkFunction = (node: FunctionNode): void => {
      const codeLines = countCodeLines(text.slice(...node.range));
      if (codeLines <= REPORTED_FUNCTION_LINES) return;
      report(node, { kind: "function", name: nameOf(node), codeLines });
    };
    return {
      Program: (node) => report(node, { kind: "file", codeLines: countCodeLines(text) }),
      FunctionDeclaration: checkFunction,
      FunctionExpression: checkFunction,
      ArrowFunctionExpression: checkFunction,
    };
  },
};

/** Loaded by sizes.json. */
const plugin: Deno.lint.Plugin = { name: "sizes", rules: { measure } };
export default plugin;
