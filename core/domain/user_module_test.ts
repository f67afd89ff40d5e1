import assert from "node:assert/strict";
import { METRIC_NAME_REGEXP, OBJECT_NAME_REGEXP } from "./user_module.ts";

Deno.test("METRIC_NAME_REGEXP takes no name that every object answers to", () => {
  for (const name of Object.getOwnPropertyNames(Object.prototype)) {
    assert.match(name, OBJECT_NAME_REGEXP);
    assert.doesNotMatch(name, METRIC_NAME_REGEXP);
  }
  for (const name of ["loss", "val loss", "constructors", "toString2", "__x", "x__proto__"]) {
    assert.match(name, METRIC_NAME_REGEXP);
  }
});
