/** Checks that every dependency is one exact version from npm, and that no file names a registry. */
import { join } from "node:path";
import { z } from "zod";
import { REPOSITORY_ROOT } from "./repository.ts";

const PIN_REGEXP =
  /^npm:((?:@[a-z0-9._-]+\/)?[a-z0-9._-]+@\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)(?:\/.*)?$/;

const configSchema = z.object({ imports: z.record(z.string(), z.string()).optional() });
const lockSchema = z.object({
  specifiers: z.record(z.string(), z.string()).optional(),
  jsr: z.unknown().optional(),
  remote: z.unknown().optional(),
});

/** Everything that is wrong with the pins, given the texts of deno.json and deno.lock. */
export function findPinProblems(configText: string, lockText: string): readonly string[] {
  const { imports = {} } = configSchema.parse(JSON.parse(configText));
  const lock = lockSchema.parse(JSON.parse(lockText));
  const problems = Object.entries(imports).flatMap(([name, specifier]) => {
    const pinned = PIN_REGEXP.exec(specifier)?.[1];
    if (pinned === undefined) return [`deno.json: "${name}" is "${specifier}": no exact npm pin`];
    const isLocked = lock.specifiers?.[`npm:${pinned}`] !== undefined;
    return isLocked ? [] : [`deno.lock: "${specifier}" of deno.json is not in it`];
  });
  if (lock.jsr !== undefined) problems.push("deno.lock: it holds packages from JSR");
  if (lock.remote !== undefined) problems.push("deno.lock: it holds modules loaded from addresses");
  for (const [file, text] of [["deno.json", configText], ["deno.lock", lockText]] as const) {
    for (const [address] of text.matchAll(/https?:\/\/[^"\s]*/g)) {
      problems.push(`${file}: it names the address "${address}"`);
    }
  }
  return problems;
}

if (import.meta.main) {
  const [configText, lockText] = await Promise.all(
    ["deno.json", "deno.lock"].map((name) => Deno.readTextFile(join(REPOSITORY_ROOT, name))),
  );
  const problems = findPinProblems(configText ?? "", lockText ?? "");
  for (const problem of problems) console.error(`error: ${problem}`);
  console.log(`${problems.length} problems with pins`);
  if (problems.length > 0) Deno.exit(1);
}
