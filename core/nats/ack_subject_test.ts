import assert from "node:assert/strict";
import { parseAckSubject } from "./ack_subject.ts";

Deno.test("parseAckSubject() reads the form of servers before domains", () => {
  const subject = "$JS.ACK.TRAWL_PACKS.workers.3.17.5.1700000000000000000.0";
  assert.deepEqual(parseAckSubject(subject), { sequence: 17, count: 3 });
});

Deno.test("parseAckSubject() reads the form with a domain and an account", () => {
  const subject = "$JS.ACK.hub.ABC.TRAWL_PACKS.workers.3.17.5.1700000000000000000.0";
  assert.deepEqual(parseAckSubject(subject), { sequence: 17, count: 3 });
  assert.deepEqual(parseAckSubject(`${subject}.random`), { sequence: 17, count: 3 });
});

Deno.test("parseAckSubject() refuses every other subject", () => {
  for (
    const subject of [
      "",
      "_INBOX.a.b",
      "$JS.ACK.s.c.x.1.1.1.0",
      "$JS.ACK.s.c.1.0.1.1.0",
      "$JS.ACK.s.c.1.1.1",
    ]
  ) {
    assert.throws(() => parseAckSubject(subject), SyntaxError);
  }
});
