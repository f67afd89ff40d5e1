/** The `deno lint` plugin for house rules that a syntax tree can show: purity, effects, comments. */
import { isTestPath, repositoryPath } from "./repository.ts";

/** The few modules outside the edge that own a clock: they put a role together in its own thread. */
const COMPOSITION_FILES: ReadonlySet<string> = new Set([
  "worker/compose.ts",
  "worker/training_thread_entry.ts",
  "dashboard/compose.ts",
]);

const CLOCK_AND_CHANCE: ReadonlySet<string> = new Set([
  "Date.now",
  "Math.random",
  "performance.now",
  "crypto.randomUUID",
  "crypto.getRandomValues",
]);
const PROCESS_EFFECTS: ReadonlySet<string> = new Set([
  "Deno.exit",
  "Deno.args",
  "Deno.addSignalListener",
]);
const PURE_FOLDERS_REGEXP =
  /^(?:core\/domain\/|coordinator\/(?:decisions|samplers|schedulers|packing)\/|coordinator\/decide\w*\.ts$)/;
const WAITING_CALLS: ReadonlySet<string> = new Set(["fetch", "setTimeout", "setInterval"]);

/** A rule that runs only where `concerns` says so; files outside the repository are left alone. */
function ruleWhere(
  concerns: (path: string) => boolean,
  create: (context: Deno.lint.RuleContext) => Deno.lint.LintVisitor,
): Deno.lint.Rule {
  return {
    create(context) {
      const path = repositoryPath(context.filename);
      return path !== null && concerns(path) ? create(context) : {};
    },
  };
}

function isWorkshop(path: string): boolean {
  return isTestPath(path) || path.startsWith("tools/") || path.startsWith("bench/");
}

function isEdge(path: string): boolean {
  return isWorkshop(path) || path === "main.ts" || path.startsWith("cli/");
}

function mayReadClock(path: string): boolean {
  return isEdge(path) || COMPOSITION_FILES.has(path) || path.startsWith("core/nats/") ||
    path.startsWith("dashboard/client/");
}

/** `object.property` as text when both are plain names, also behind `globalThis`. */
function dottedName(node: Deno.lint.MemberExpression): string | null {
  if (node.property.type !== "Identifier" || node.computed) return null;
  if (node.object.type === "Identifier") return `${node.object.name}.${node.property.name}`;
  const { object } = node;
  const isGlobal = object.type === "MemberExpression" && object.object.type === "Identifier" &&
    object.object.name === "globalThis" && object.property.type === "Identifier";
  return isGlobal && object.property.type === "Identifier"
    ? `${object.property.name}.${node.property.name}`
    : null;
}

const injectedClock: Deno.lint.Rule = ruleWhere((path) => !mayReadClock(path), (context) => {
  const report = (node: Deno.lint.Node, what: string): void =>
    context.report({ node, message: `"${what}" is not ours to read here: take it as a parameter` });
  return {
    MemberExpression(node) {
      const name = dottedName(node);
      if (name !== null && CLOCK_AND_CHANCE.has(name)) report(node, name);
    },
    NewExpression(node) {
      const isDate = node.callee.type === "Identifier" && node.callee.name === "Date";
      if (isDate && node.arguments.length === 0) report(node, "new Date()");
    },
    CallExpression(node) {
      if (node.callee.type === "Identifier" && node.callee.name === "Date") report(node, "Date()");
    },
  };
});

const effectsAtTheEdge: Deno.lint.Rule = ruleWhere((path) => !isEdge(path), (context) => ({
  MemberExpression(node) {
    const name = dottedName(node);
    if (name === null || !(PROCESS_EFFECTS.has(name) || name.startsWith("console."))) return;
    context.report({ node, message: `"${name}" belongs to main.ts and cli/ alone` });
  },
}));

const isPure = (path: string): boolean => PURE_FOLDERS_REGEXP.test(path) && !isTestPath(path);

const pureModules: Deno.lint.Rule = ruleWhere(isPure, (context) => {
  const report = (node: Deno.lint.Node, what: string): void =>
    context.report({ node, message: `${what} in a pure module: data in, decision out` });
  const checkAsync = (node: Deno.lint.Node & { async?: boolean }): void => {
    if (node.async === true) report(node, "An async function");
  };
  return {
    FunctionDeclaration: checkAsync,
    FunctionExpression: checkAsync,
    ArrowFunctionExpression: checkAsync,
    AwaitExpression: (node) => report(node, `"await"`),
    ImportDeclaration(node) {
      const { value } = node.source;
      if (value.startsWith("node:")) report(node, `"${value}"`);
    },
    Identifier(node) {
      if (node.name !== "Deno") return;
      const { parent } = node;
      const isName = parent.type === "MemberExpression" && parent.property === node &&
        !parent.computed;
      if (!isName) report(node, `"Deno"`);
    },
    CallExpression(node) {
      const { callee } = node;
      if (callee.type !== "Identifier" || !WAITING_CALLS.has(callee.name)) return;
      report(node, `"${callee.name}"`);
    },
  };
});

const ownedTodo: Deno.lint.Rule = ruleWhere(() => true, (context) => ({
  Program() {
    for (const { value, range } of context.sourceCode.getAllComments()) {
      const unowned = value.replaceAll(/\bTODO\(#\d+\):/g, "").match(/\b(?:TODO|FIXME|XXX)\b/);
      if (unowned === null) continue;
      context.report({ range, message: `"${unowned[0]}" needs an issue: write TODO(#123):` });
    }
  },
}));

const ignoreWithReason: Deno.lint.Rule = ruleWhere(() => true, (context) => ({
  Program() {
    for (const { value, range } of context.sourceCode.getAllComments()) {
      if (!/^\s*deno-lint-ignore/.test(value)) continue;
      if (/no-explicit-any/.test(value)) {
        context.report({ range, message: `"any" is never needed: use unknown and narrow it` });
      } else if (!/ -- \S/.test(value)) {
        context.report({ range, message: `Say why: // deno-lint-ignore RULE -- reason` });
      }
    }
  },
}));

const noNonNull: Deno.lint.Rule = ruleWhere((path) => !isTestPath(path), (context) => ({
  TSNonNullExpression(node) {
    context.report({ node, message: `"!" hides a case: handle it, or say why it cannot be` });
  },
}));

/** Loaded by deno.json. */
const plugin: Deno.lint.Plugin = {
  name: "house",
  rules: {
    "injected-clock": injectedClock,
    "effects-at-the-edge": effectsAtTheEdge,
    "pure-modules": pureModules,
    "owned-todo": ownedTodo,
    "ignore-with-reason": ignoreWithReason,
    "no-non-null": noNonNull,
  },
};
export default plugin;
