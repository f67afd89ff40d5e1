import assert from "node:assert/strict";
import { inboxPrefixOf } from "./inbox_prefix.ts";

Deno.test("inboxPrefixOf() gives each user a subject, and no user a wildcard", () => {
  const of = (user: string): string => inboxPrefixOf({ kind: "password", user, password: "p" });
  assert.equal(of("worker"), "_INBOX.worker");
  for (const user of ["*", ">", "a.b", "a b", "", "a\r\nPUB x 0"]) assert.equal(of(user), "_INBOX");
  assert.equal(inboxPrefixOf({ kind: "token", token: "worker" }), "_INBOX");
});
