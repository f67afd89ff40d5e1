import assert from "node:assert/strict";
import { join } from "node:path";
import { GENERATED, generateOpenapi } from "./openapi.ts";
import { REPOSITORY_ROOT } from "./repository.ts";

/** Formatting moves white space and may add or take commas and brackets. */
const bare = (text: string): string => text.replace(/[\s,;()|]+/g, "");

Deno.test("generateOpenapi() gives what is in the repository; else run deno run -A tools/openapi.ts", async () => {
  for (const [name, text] of await generateOpenapi()) {
    const known = await Deno.readTextFile(join(REPOSITORY_ROOT, GENERATED, name));
    assert.ok(bare(known) === bare(text), `${name} is not what the types say now`);
  }
});
