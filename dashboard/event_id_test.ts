import assert from "node:assert/strict";
import fc from "fast-check";
import { formatEventId, parseEventId } from "./event_id.ts";

Deno.test("parseEventId reads what formatEventId wrote", () => {
  fc.assert(fc.property(
    fc.stringMatching(/^[A-Za-z0-9._-]{1,40}$/),
    fc.nat(),
    (epoch, sequence) => {
      assert.deepEqual(parseEventId(formatEventId({ epoch, sequence })), { epoch, sequence });
    },
  ));
});

Deno.test("parseEventId takes nothing else", () => {
  for (
    const text of ["", "12", ".12", "abc", "abc.", "abc.-1", "abc.1e3", `${"x".repeat(201)}.1`]
  ) {
    assert.equal(parseEventId(text), null, text);
  }
});
