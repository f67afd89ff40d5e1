/** The cookie of a browser that has signed in: its role and its end, sealed with the tokens. */
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Clock } from "../../core/domain/units.ts";
import { type Role, roleNamed } from "./role.ts";

const COOKIE = "trawl_session";
const LIFETIME_S = 30 * 24 * 3_600;

/**
 * Reads and writes the cookie. Nothing is kept here, so sessions outlive a restart with the same
 * tokens and end with a change of them; the tokens themselves are never sent to a browser.
 */
export class SessionCookie {
  readonly #key: Uint8Array;
  readonly #clock: Clock;

  /** @param tokens What the seal depends on. */
  constructor(tokens: readonly string[], clock: Clock) {
    this.#key = createHash("sha256").update(JSON.stringify(["trawl session", ...tokens])).digest();
    this.#clock = clock;
  }

  /** The sealed text of a session that begins now. */
  seal(role: Role): string {
    const claim = `${role}.${Math.floor(this.#clock() / 1_000) + LIFETIME_S}`;
    return `${claim}.${this.#mac(claim)}`;
  }

  /** Whose session a text is; null: nobody's, or one that is over. */
  open(text: string): Role | null {
    const [, claim, name, end, mac] = /^(([a-z]+)\.(\d{1,12}))\.([0-9a-f]{64})$/.exec(text) ?? [];
    if (claim === undefined || mac === undefined) return null;
    const isOurs = timingSafeEqual(
      new TextEncoder().encode(mac),
      new TextEncoder().encode(this.#mac(claim)),
    );
    return isOurs && Number(end) * 1_000 > this.#clock() ? roleNamed(name) : null;
  }

  /** Whose request it is by its cookie. */
  read(context: Context): Role | null {
    return this.open(getCookie(context, nameOf(context)) ?? "");
  }

  /** Signs the browser in. A script of the page cannot read the cookie, and no other site sends it. */
  write(context: Context, role: Role): void {
    setCookie(context, nameOf(context), this.seal(role), {
      httpOnly: true,
      sameSite: "Strict",
      path: "/",
      maxAge: LIFETIME_S,
      // Where a proxy has ended TLS before us, the browser knows the page by https alone.
      secure: context.req.header("x-forwarded-proto") === "https" ||
        new URL(context.req.url).protocol === "https:",
    });
  }

  /** Signs the browser out. */
  clear(context: Context): void {
    deleteCookie(context, nameOf(context), { path: "/" });
  }

  #mac(claim: string): string {
    return createHmac("sha256", this.#key).update(claim).digest("hex");
  }
}

/**
 * Browsers keep cookies by host alone, whatever the port: two dashboards on one machine must not sign
 * each other's readers out. The port is the one that the browser knows, as its `Host` tells.
 */
function nameOf(context: Context): string {
  const { port } = new URL(context.req.url);
  return port === "" ? COOKIE : `${COOKIE}_${port}`;
}
