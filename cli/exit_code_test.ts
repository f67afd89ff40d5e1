import assert from "node:assert/strict";
import { classifyError, EXIT } from "./exit_code.ts";
import { Interrupted } from "./interruption.ts";
import { JournalConflictError } from "../core/protocol/ports.ts";
import { parseSweepId } from "../core/domain/ids.ts";

Deno.test("classifyError() takes Ctrl-C before anything runs for an interruption, not for a bug", () => {
  assert.deepEqual(classifyError(new Interrupted("Interrupted")), {
    code: EXIT.interrupted,
    isExplained: true,
  });
});

Deno.test("classifyError() explains a journal that another coordinator writes, and no other bug", () => {
  const { code, isExplained } = classifyError(new JournalConflictError(parseSweepId("s-1")));
  assert.deepEqual({ code, isExplained }, { code: EXIT.infrastructure, isExplained: true });
  assert.equal(classifyError(new RangeError("Cannot find trial 7")).isExplained, false);
});
