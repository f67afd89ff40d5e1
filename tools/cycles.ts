/** Checks that no modules import each other in a circle, imports of types included. */
import { fileURLToPath, pathToFileURL } from "node:url";
import { join } from "node:path";
import { z } from "zod";
import { runDeno } from "./command.ts";
import { listModules, REPOSITORY_ROOT, repositoryPath } from "./repository.ts";

/** For every module the modules that it imports, by repository path. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

const targetSchema = z.object({ specifier: z.string().optional() }).optional();
const infoSchema = z.object({
  modules: z.array(z.object({
    specifier: z.string(),
    error: z.string().optional(),
    dependencies: z.array(z.object({ code: targetSchema, type: targetSchema })).optional(),
  })),
});

/**
 * The import graph of modules given by their repository paths, as Deno itself resolves it: code,
 * types, re-exports and dynamic imports.
 * @throws {Error} If Deno cannot build the graph, or a module of ours cannot be loaded.
 */
export async function readImportGraph(
  paths: readonly string[],
  root: string = REPOSITORY_ROOT,
): Promise<ImportGraph> {
  const info = await readInfo(paths, root);
  const inside = (specifier: string): string | null =>
    specifier.startsWith("file:") ? repositoryPath(fileURLToPath(specifier), root) : null;
  const graph = new Map<string, readonly string[]>();
  for (const { specifier, error, dependencies = [] } of info.modules) {
    const path = inside(specifier);
    if (path === null) continue;
    if (error !== undefined) throw new Error(`Cannot read the imports of "${path}": ${error}`);
    const targets = dependencies.flatMap(({ code, type }) => [code?.specifier, type?.specifier])
      .flatMap((target) => target === undefined ? [] : inside(target) ?? []);
    graph.set(path, [...new Set(targets)]);
  }
  return graph;
}

/** Asks Deno about one generated module that imports all others: one start instead of hundreds. */
async function readInfo(
  paths: readonly string[],
  root: string,
): Promise<z.infer<typeof infoSchema>> {
  const entry = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    const imports = paths.map((path) =>
      `import ${JSON.stringify(pathToFileURL(join(root, path)))};`
    );
    await Deno.writeTextFile(entry, imports.join("\n"));
    const config = join(REPOSITORY_ROOT, "deno.json");
    const result = await runDeno(["info", "--json", "--config", config, entry], { folder: root });
    if (!result.isSuccess) throw new Error(`Cannot read the imports: ${result.stderr}`);
    return infoSchema.parse(JSON.parse(result.stdout));
  } finally {
    await Deno.remove(entry);
  }
}

/**
 * One shortest cycle for every group of modules that reach each other, as the list of its modules
 * with the first repeated at the end; groups in the order of their first module.
 */
export function findCycles(graph: ImportGraph): readonly (readonly string[])[] {
  const cycles: (readonly string[])[] = [];
  const isCovered = new Set<string>();
  for (const start of [...graph.keys()].sort()) {
    if (isCovered.has(start)) continue;
    const cycle = shortestCycle(graph, start);
    if (cycle === null) continue;
    cycles.push(cycle);
    const forward = reachable(graph, start);
    for (const path of forward) {
      if (reachable(graph, path).has(start)) isCovered.add(path);
    }
  }
  return cycles;
}

function reachable(graph: ImportGraph, start: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const queue = [...graph.get(start) ?? []];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    queue.push(...graph.get(path) ?? []);
  }
  return seen;
}

/** Breadth-first search from `start` back to itself. */
function shortestCycle(graph: ImportGraph, start: string): readonly string[] | null {
  const seen = new Set<string>();
  let frontier: readonly (readonly string[])[] = [[start]];
  while (frontier.length > 0) {
    const next: (readonly string[])[] = [];
    for (const way of frontier) {
      for (const target of graph.get(way.at(-1) ?? start) ?? []) {
        if (target === start) return [...way, start];
        if (seen.has(target)) continue;
        seen.add(target);
        next.push([...way, target]);
      }
    }
    frontier = next;
  }
  return null;
}

if (import.meta.main) {
  const graph = await readImportGraph(await listModules());
  const cycles = findCycles(graph);
  for (const cycle of cycles) console.error(`error: ${cycle.join(" → ")}`);
  console.log(`${graph.size} modules, ${cycles.length} import cycles`);
  if (cycles.length > 0) Deno.exit(1);
}
