/** Guards that every request passes before a route sees it. */
import { createHash, timingSafeEqual } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import type { Clock } from "../../core/domain/units.ts";
import { RefusedError } from "../problem.ts";
import type { DashboardAccess } from "./dashboard_access.ts";
import { RateLimit } from "./rate_limit.ts";
import { type Role, roleOf, setRole } from "./role.ts";
import type { SessionCookie } from "./session_cookie.ts";

/** How a browser on this machine names it. */
const LOOPBACK_NAMES: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);
const READING: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);
/** What somebody who is not signed in needs in order to sign in. */
const OPEN_PATH_REGEXP = /^\/(?:login|icon\.svg|favicon\.ico|assets\/[\w.-]+)$/;
/** What every role may ask for although it is no reading. */
const OPEN_ACTION_REGEXP = /^\/(?:login|logout)$/;

/** A page of another site could point its own name at this machine: only loopback names are served. */
export function guardHostName(): MiddlewareHandler {
  return async (context, next) => {
    if (!LOOPBACK_NAMES.has(new URL(context.req.url).hostname)) {
      throw new RefusedError(
        403,
        "Cannot serve this host name; it must be a name of this machine's own, such as localhost",
      );
    }
    setRole(context, "operator");
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
      if (isForeign) throw new RefusedError(403, "Cannot accept this from a page of another site");
    }
    await next();
  };
}

/** Who has a token: as `Authorization: Bearer …`, or a browser by the cookie of its session. */
export function guardToken(
  access: Extract<DashboardAccess, { readonly kind: "token" }>,
  { session, clock }: { readonly session: SessionCookie; readonly clock: Clock },
): MiddlewareHandler {
  const failures = failureLimit(clock);
  return async (context, next) => {
    const bearer = /^Bearer +(\S+)$/i.exec(context.req.header("authorization") ?? "")?.[1];
    const role = bearer === undefined
      ? session.read(context)
      : failures.check(context, () => roleOfToken(access, bearer));
    if (role !== null) setRole(context, role);
    else if (!OPEN_PATH_REGEXP.test(context.req.path)) {
      throw new RefusedError(
        401,
        "Cannot serve this without the token: open the link that the dashboard printed, or sign in",
        { "www-authenticate": 'Bearer realm="trawl"' },
      );
    }
    await next();
  };
}

/** Viewers read. @throws {RefusedError} 403 for the rest. */
export function guardRole(): MiddlewareHandler {
  return async (context, next) => {
    const { method, path } = context.req;
    const isOpen = READING.has(method) || OPEN_ACTION_REGEXP.test(path);
    if (!isOpen && roleOf(context) !== "operator") {
      throw new RefusedError(
        403,
        "Cannot change anything as a viewer; it must be an operator who asks",
      );
    }
    await next();
  };
}

/** So many requests from one address. @throws {RefusedError} 429 beyond. */
export function guardRate(clock: Clock): MiddlewareHandler {
  const requests = new RateLimit({ burst: 2_000, perSecond: 400, clock });
  return async (context, next) => {
    const seconds = requests.take(addressOf(context));
    if (seconds !== null) throw tooMany("requests", seconds);
    await next();
  };
}

/**
 * So many changes from one address. Behind a proxy all have the same one: a stranger who asks in vain
 * takes nothing from those who may. @throws {RefusedError} 429 beyond.
 */
export function guardChanges(clock: Clock): MiddlewareHandler {
  const changes = new RateLimit({ burst: 60, perSecond: 2, clock });
  return async (context, next) => {
    const seconds = READING.has(context.req.method)
      ? null
      : changes.take(`${addressOf(context)} ${roleOf(context)}`);
    if (seconds !== null) throw tooMany("changes", seconds);
    await next();
  };
}

/**
 * Counts guesses: after ten wrong ones an address waits before the next wrong one is answered. What is
 * right passes at once: an address may be a proxy's, and one guesser must not lock all others out.
 * Tokens are long enough that guessing at the pace of `guardRate` is hopeless.
 */
export interface FailureLimit {
  /** What `attempt` gives. @throws {RefusedError} 429 for nothing from who has guessed too often. */
  readonly check: (context: Context, attempt: () => Role | null) => Role | null;
}

/** A count of guesses of its own. */
export function failureLimit(clock: Clock): FailureLimit {
  const failures = new RateLimit({ burst: 10, perSecond: 0.1, clock });
  return {
    check: (context, attempt) => {
      const role = attempt();
      if (role !== null) return role;
      const seconds = failures.take(addressOf(context));
      if (seconds !== null) throw tooMany("wrong tokens", seconds);
      return null;
    },
  };
}

/** Whose token it is; null: nobody's. */
export function roleOfToken(
  { token, viewerToken }: Extract<DashboardAccess, { readonly kind: "token" }>,
  given: string,
): Role | null {
  const isEqual = (known: string): boolean => timingSafeEqual(digest(given), digest(known));
  if (isEqual(token)) return "operator";
  return viewerToken !== null && isEqual(viewerToken) ? "viewer" : null;
}

function tooMany(what: string, seconds: number): RefusedError {
  return new RefusedError(
    429,
    `Cannot serve so many ${what}: it must be fewer; try again in ${seconds} s`,
    { "retry-after": String(seconds) },
  );
}

/** Who asks, as the connection tells it; behind a proxy all are one. */
function addressOf(context: Context): string {
  const { remoteAddr }: { readonly remoteAddr?: { readonly hostname?: unknown } } = context.env ??
    {};
  return String(remoteAddr?.hostname ?? "");
}

/** Of equal length whatever was given, so that comparing tells nothing of the token. */
function digest(text: string): Uint8Array {
  return createHash("sha256").update(text).digest();
}

/** A reverse proxy may have ended TLS before us: the host is what must be equal. */
function isSameOrigin(origin: string, url: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === new URL(url).host;
}
