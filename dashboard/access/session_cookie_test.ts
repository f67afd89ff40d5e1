import assert from "node:assert/strict";
import { instant } from "../../core/domain/units.ts";
import { SessionCookie } from "./session_cookie.ts";

const DAY_MS = 24 * 3_600_000;

Deno.test("SessionCookie.open() knows what was sealed with the same tokens, for thirty days", () => {
  let now = 1_000;
  const clock = () => instant(now);
  const session = new SessionCookie(["one", "two"], clock);
  const text = session.seal("viewer");
  assert.equal(new SessionCookie(["one", "two"], clock).open(text), "viewer");
  assert.equal(new SessionCookie(["one", "other"], clock).open(text), null);
  assert.equal(new SessionCookie(["onetwo", ""], clock).open(text), null);
  now += 30 * DAY_MS - 1_000;
  assert.equal(session.open(text), "viewer");
  now += 2_000;
  assert.equal(session.open(text), null);
});

Deno.test("SessionCookie.open() refuses whatever was changed", () => {
  const session = new SessionCookie(["one"], () => instant(5_000));
  const text = session.seal("viewer");
  const changed = [
    "",
    "viewer",
    text.replace("viewer", "operator"),
    text.replace(/\.\d+\./, ".99999999999."),
    text.slice(0, -1),
    `${text} `,
    text.toUpperCase(),
  ];
  for (const each of changed) assert.equal(session.open(each), null, each);
});
