/** Who may speak to the dashboard: guards that every request passes before a route sees it. */
import { createHash, timingSafeEqual } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";

/** Browsers on this machine without a login, or whoever knows the token from anywhere. */
export type DashboardAccess =
  | { readonly kind: "loopback" }
  | { readonly kind: "token"; readonly token: string };

/** How a browser on this machine names it. */
const LOOPBACK_NAMES: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);
const COOKIE = "trawl_token";
const READING: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** A page of another site could point its own name at this machine: only loopback names are served. */
export function guardHostName(): MiddlewareHandler {
  return async (context, next) => {
    if (!LOOPBACK_NAMES.has(new URL(context.req.url).hostname)) {
      return context.text("Cannot serve this host name: the dashboard is for this machine\n", 403);
    }
    await next();
  };
}

/**
 * What changes something must come from a page of our own, or from a program: browsers name the
 * site that a request comes from, programs do not.
 */
export function guardOrigin(): MiddlewareHandler {
  return async (context, next) => {
    const { method, url } = context.req;
    if (!READING.has(method)) {
      const origin = context.req.header("origin");
      const site = context.req.header("sec-fetch-site");
      // Where a page keeps its address to itself, its browser tells the origin "null", and the site.
      const isNamed = origin !== undefined && !(origin === "null" && site === "same-origin");
      const isForeign = isNamed && !isSameOrigin(origin, url) ||
        site !== undefined && site !== "same-origin" && site !== "none";
      if (isForeign) return context.text("Cannot accept this from a page of another site\n", 403);
    }
    await next();
  };
}

/**
 * The token as `Authorization: Bearer`, as the cookie, or once in the address: a link
 * `/?token=…` sets the cookie and leads to the same address without the token.
 */
export function guardToken(token: string): MiddlewareHandler {
  const isToken = (given: string | undefined): boolean =>
    given !== undefined && timingSafeEqual(digest(given), digest(token));
  return async (context, next) => {
    const url = new URL(context.req.url);
    const linked = url.searchParams.get("token");
    if (linked !== null && isToken(linked) && READING.has(context.req.method)) {
      // A script of the page cannot read it, and a link from another site does not carry it.
      setCookie(context, COOKIE, token, { httpOnly: true, sameSite: "Strict", path: "/" });
      url.searchParams.delete("token");
      // Two slashes at the start would name another site.
      return context.redirect(url.pathname.replace(/^[\\/]+/, "/") + url.search, 303);
    }
    const bearer = /^Bearer +(\S+)$/i.exec(context.req.header("authorization") ?? "")?.[1];
    if (isToken(bearer) || isToken(getCookie(context, COOKIE))) return await next();
    return context.text(
      "Cannot serve this without the token: open the link that the dashboard printed\n",
      401,
      { "www-authenticate": 'Bearer realm="trawl"' },
    );
  };
}

/** Of equal length whatever was given, so that comparing tells nothing of the token. */
function digest(text: string): Uint8Array {
  return createHash("sha256").update(text).digest();
}

/** A reverse proxy may have ended TLS before us: the host is what must be equal. */
function isSameOrigin(origin: string, url: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === new URL(url).host;
}
