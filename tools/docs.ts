/**
 * Checks that every source module says what it owns and every exported symbol has a doc comment.
 *
 * `deno doc --lint` asks for more than we want: a comment on every field of an interface, however
 * plain its name, and public names for types that are private on purpose (the symbol of a brand).
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { runDeno } from "./command.ts";
import { isTestPath, listModules, REPOSITORY_ROOT, repositoryPath } from "./repository.ts";

const declarationSchema = z.object({
  kind: z.string(),
  declarationKind: z.string(),
  location: z.object({ filename: z.string(), line: z.number() }),
  jsDoc: z.unknown().optional(),
});
const docSchema = z.object({
  nodes: z.record(
    z.string(),
    z.object({
      symbols: z.array(
        z.object({ name: z.string(), declarations: z.array(declarationSchema) }),
      ).optional(),
    }),
  ),
});

/**
 * Everything undocumented in modules given by their repository paths.
 * @throws {Error} If Deno cannot read the modules.
 */
export async function findUndocumented(
  paths: readonly string[],
  root: string = REPOSITORY_ROOT,
): Promise<readonly string[]> {
  if (paths.length === 0) return [];
  const texts = await Promise.all(paths.map((path) => Deno.readTextFile(join(root, path))));
  const headless = paths.filter((_, i) => !startsWithDoc(texts[i] ?? ""));
  const config = join(REPOSITORY_ROOT, "deno.json");
  const result = await runDeno(["doc", "--json", "--config", config, ...paths], { folder: root });
  if (!result.isSuccess) throw new Error(`Cannot read the documentation: ${result.stderr}`);
  const { nodes } = docSchema.parse(JSON.parse(result.stdout));
  const symbols = Object.values(nodes).flatMap(({ symbols = [] }) => symbols);
  return [
    ...headless.map((path) => `${path}:1: the file does not begin with a doc comment`),
    ...symbols.flatMap(({ name, declarations }) => {
      const exported = declarations.filter((each) =>
        each.declarationKind === "export" && each.kind !== "reference"
      );
      const [first] = exported;
      if (first === undefined || exported.some(({ jsDoc }) => jsDoc !== undefined)) return [];
      const path = repositoryPath(fileURLToPath(first.location.filename), root);
      return [`${path}:${first.location.line + 1}: "${name}" is exported without a doc comment`];
    }),
  ];
}

/** Whether a module's first line is a doc comment; directives of the compiler may stand before. */
function startsWithDoc(text: string): boolean {
  return /^(?:#!.*\n)?(?:\/\/\/ .*\n|\/\*\* @jsx\w* .*\*\/\n)*\/\*\*/.test(text);
}

/** Whether a module's doc comments hold an example that `deno test --doc` can run. */
export function hasExample(text: string): boolean {
  return /^\s*\* ```(?:ts|tsx|js)\s*$/m.test(text);
}

if (import.meta.main) {
  const sources = (await listModules()).filter((path) => !isTestPath(path));
  const problems = await findUndocumented(sources);
  for (const problem of problems) console.error(`error: ${problem}`);
  console.log(`${sources.length} modules, ${problems.length} undocumented`);
  if (problems.length > 0) Deno.exit(1);
}
