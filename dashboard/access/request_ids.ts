/** A name for each request: what went wrong with it is found again by it. */
import type { Context, MiddlewareHandler } from "hono";

/** Where an answer carries it. */
export const REQUEST_ID_HEADER = "x-request-id";

/** What a proxy before us may have called the request. */
const GIVEN = /^[\w.:-]{1,64}$/;

const known = new WeakMap<Request, string>();

/** Names every request and says so in every answer. */
export function nameRequests(): MiddlewareHandler {
  return async (context, next) => {
    const id = requestIdOf(context);
    await next();
    context.res.headers.set(REQUEST_ID_HEADER, id);
  };
}

/** The name of a request: the one that a proxy gave it, if there is one. */
export function requestIdOf({ req }: Pick<Context, "req">): string {
  const id = known.get(req.raw) ?? given(req.header(REQUEST_ID_HEADER)) ??
    crypto.randomUUID().slice(0, 8);
  known.set(req.raw, id);
  return id;
}

/** A fault with the name of the request that met it. */
export function faultOf(context: Context, cause: unknown): Error {
  const { method, path } = context.req;
  return new Error(`Cannot answer ${method} ${path}, request ${requestIdOf(context)}`, { cause });
}

function given(id: string | undefined): string | null {
  return id !== undefined && GIVEN.test(id) ? id : null;
}
