import assert from "node:assert/strict";
import { specOf } from "../tests/support/specs.ts";
import { searchNotes } from "./search_notes.ts";

Deno.test("searchNotes() tells that a finite space is smaller than the run cap", () => {
  assert.deepEqual(searchNotes(specOf({ method: "random", runCap: 4 })), []);
  assert.deepEqual(searchNotes(specOf({ runCap: null })), []);
  assert.match(
    searchNotes(specOf({ method: "sobol", runCap: 5 })).join(),
    /has 4 configurations: the sweep ends with them, before its run_cap of 5/,
  );
  assert.match(
    searchNotes(specOf({ method: "tpe", runCap: 7, replicates: 2, constraints: ["lr < 0.1"] }))
      .join(),
    /has 2 configurations, each with 2 replicates at most/,
  );
  const domain = { kind: "float", scale: "linear", min: 0.1, max: 1 } as const;
  const endless = specOf({ method: "random", runCap: 9, parameters: [{ name: "lr", domain }] });
  assert.deepEqual(searchNotes(endless), []);
});
