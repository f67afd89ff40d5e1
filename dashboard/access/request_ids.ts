/** A name for each request: what went wrong with it is found again by it. */
import type { Context, MiddlewareHandler } from "hono";
import type { Clock } from "../../core/domain/units.ts";

/** Where an answer carries it. */
const REQUEST_ID_HEADER = "x-request-id";

/** What a proxy before us may have called the request. */
const GIVEN = /^[\w.:-]{1,64}$/;

const known = new WeakMap<object, string>();

/** Names every request and says so in every answer. The names of another start are others. */
export function nameRequests(clock: Clock): MiddlewareHandler {
  const start = clock().toString(36);
  let count = 0;
  return async (context, next) => {
    const id = given(context.req.header(REQUEST_ID_HEADER)) ?? `${start}-${++count}`;
    known.set(context, id);
    await next();
    context.res.headers.set(REQUEST_ID_HEADER, id);
  };
}

/** The name of a request: the one that a proxy gave it, if there is one. */
export function requestIdOf(context: Context): string {
  return known.get(context) ?? "unknown";
}

/** A fault with the name of the request that met it. */
export function faultOf(context: Context, cause: unknown): Error {
  const { method, path } = context.req;
  return new Error(`Cannot answer ${method} ${path}, request ${requestIdOf(context)}`, { cause });
}

function given(id: string | undefined): string | null {
  return id !== undefined && GIVEN.test(id) ? id : null;
}
