/** The `deno lint` plugin that holds the direction of imports: the table is in layers.ts. */
import { dirname, resolve } from "node:path";
import { importProblem, layerOf, packageProblem } from "./layers.ts";
import { repositoryPath } from "./repository.ts";

const importDirection: Deno.lint.Rule = {
  create(context) {
    const from = repositoryPath(context.filename);
    if (from === null) return {};
    const check = (source: Deno.lint.Node | null | undefined): void => {
      if (source?.type !== "Literal" || typeof source.value !== "string") return;
      const message = problemOf(context.filename, from, source.value);
      if (message !== null) context.report({ node: source, message });
    };
    return {
      Program(node) {
        if (layerOf(from) !== null) return;
        const message = `"${from}" lies in no layer: add its folder to the table of layers`;
        context.report({ node, message });
      },
      ImportDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
      TSImportType({ argument }) {
        check(argument.type === "TSLiteralType" ? argument.literal : argument);
      },
    };
  },
};

function problemOf(filename: string, from: string, specifier: string): string | null {
  if (!/^\.\.?\//.test(specifier)) return packageProblem(from, specifier);
  if (!/\.(?:ts|tsx|js|mjs)$/.test(specifier)) return null;
  const to = repositoryPath(resolve(dirname(filename), specifier));
  if (to === null) return `"${from}" must not import "${specifier}": it lies outside`;
  return importProblem(from, to);
}

/** Loaded by deno.json. */
const plugin: Deno.lint.Plugin = {
  name: "layers",
  rules: { "import-direction": importDirection },
};
export default plugin;
