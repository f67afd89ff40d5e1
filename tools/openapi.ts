/**
 * Makes `dashboard/api/generated/` from the types of the answers and the table of operations:
 * `openapi.json`, and `paths.d.ts` for the typed client. Run it when either has changed; a test
 * notices when nobody did.
 */
import { join } from "node:path";
import openapiTypes, { astToString } from "openapi-typescript";
import { createGenerator } from "ts-json-schema-generator";
import { openapiDocument } from "../dashboard/api/openapi_document.ts";
import { OPERATIONS } from "../dashboard/api/operations.ts";
import { runDeno } from "./command.ts";
import { REPOSITORY_ROOT } from "./repository.ts";

/** Where the files are, from the root. */
export const GENERATED = "dashboard/api/generated";

/** The compiler's settings, as far as types are read by them. */
const COMPILER_OPTIONS = {
  target: "esnext",
  module: "esnext",
  moduleResolution: "bundler",
  allowImportingTsExtensions: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  strict: true,
  lib: ["esnext", "dom"],
};

/** The files' texts by name, not yet formatted. */
export async function generateOpenapi(): Promise<ReadonlyMap<string, string>> {
  const answers = join(REPOSITORY_ROOT, "dashboard/api/answers.ts");
  const settings = await Deno.makeTempFile({ suffix: ".json" });
  try {
    await Deno.writeTextFile(
      settings,
      JSON.stringify({ compilerOptions: COMPILER_OPTIONS, files: [answers] }),
    );
    const { definitions = {} } = createGenerator({
      path: answers,
      tsconfig: settings,
      type: "Answers",
      skipTypeCheck: true,
      topRef: false,
      expose: "all",
      additionalProperties: false,
      jsDoc: "extended",
    }).createSchema("Answers");
    const text = JSON.stringify(openapiDocument({ operations: OPERATIONS, definitions }), null, 2);
    const types = astToString(await openapiTypes(text));
    return new Map([
      ["openapi.json", `${text}\n`],
      [
        "paths.d.ts",
        `/** The operations of \`openapi.json\` as types. Generated: tools/openapi.ts. */\n${types}`,
      ],
    ]);
  } finally {
    await Deno.remove(settings);
  }
}

if (import.meta.main) {
  const folder = join(REPOSITORY_ROOT, GENERATED);
  await Deno.mkdir(folder, { recursive: true });
  for (const [name, text] of await generateOpenapi()) {
    await Deno.writeTextFile(join(folder, name), text);
  }
  await runDeno(["fmt", "--quiet", folder]);
}
