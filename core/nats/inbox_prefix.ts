/** Where answers come to a connection: below a subject of its user, so that a server can guard it. */
import type { NatsAuth } from "./nats_target.ts";

/** Where every client of NATS gets its answers, unless told otherwise. */
export const INBOX = "_INBOX";

const TOKEN_REGEXP = /^[A-Za-z0-9_-]+$/;

/**
 * `_INBOX.<user>` for a user with a password, so that a permission can keep others from listening;
 * servers that allow the usual `_INBOX.>` allow it, too. Without such a user it is `_INBOX`.
 *
 * @example
 * ```ts
 * import { inboxPrefixOf } from "./inbox_prefix.ts";
 * import assert from "node:assert/strict";
 *
 * const auth = { kind: "password", user: "worker", password: "secret" } as const;
 * assert.equal(inboxPrefixOf(auth), "_INBOX.worker");
 * assert.equal(inboxPrefixOf({ kind: "none" }), "_INBOX");
 * ```
 */
export function inboxPrefixOf(auth: NatsAuth): string {
  const isToken = auth.kind === "password" && TOKEN_REGEXP.test(auth.user);
  return isToken ? `${INBOX}.${auth.user}` : INBOX;
}
