/** Errors of the HTTP interface as `application/problem+json` (RFC 9457). */
import { HTTPException } from "hono/http-exception";
import { SweepAbsentError, UnreadableJournalError } from "./live_sweep.ts";

/** What went wrong with a request. */
export interface Problem {
  readonly type: "about:blank";
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** What the request is called in the dashboard's log and in the answer's `X-Request-Id`. */
  readonly requestId?: string;
}

/** A request that cannot be served as it is. */
export class RequestError extends Error {
  override readonly name = "RequestError";
}

/** There is no such thing in a sweep that is there. */
export class AbsentError extends Error {
  override readonly name = "AbsentError";
}

/** What was asked for makes no sense now. */
export class ConflictError extends Error {
  override readonly name = "ConflictError";
}

/** The statuses of {@link RefusedError}, and their titles. */
const REFUSALS = {
  401: "Sign in",
  403: "Not allowed",
  413: "Too large",
  429: "Too many requests",
} as const;

/** Whoever asks may not, or not yet. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
  readonly status: keyof typeof REFUSALS;
  /** What the answer's headers say besides. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: keyof typeof REFUSALS,
    message: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

/** What a problem is called where the dashboard itself is to blame. */
export const FAULT_TITLE = "Fault of the dashboard";

/** What middleware that refuses a form does not say. */
const UNTOLD = "Cannot take this form: it comes from another site, or is too large";

/** The problem that an error is. */
export function problemOf(error: unknown): Problem {
  const detail = error instanceof Error ? error.message : String(error);
  if (error instanceof RequestError || error instanceof SyntaxError) {
    return { type: "about:blank", title: "Bad request", status: 400, detail };
  }
  if (error instanceof ConflictError) {
    return { type: "about:blank", title: "Not done", status: 409, detail };
  }
  if (error instanceof RefusedError) {
    return { type: "about:blank", title: REFUSALS[error.status], status: error.status, detail };
  }
  if (error instanceof HTTPException) {
    return {
      type: "about:blank",
      title: "Refused",
      status: error.status,
      detail: detail || UNTOLD,
    };
  }
  if (error instanceof SweepAbsentError || error instanceof AbsentError) {
    return { type: "about:blank", title: "Not found", status: 404, detail };
  }
  if (error instanceof UnreadableJournalError || isDecodeError(error)) {
    return { type: "about:blank", title: "Unreadable journal", status: 500, detail };
  }
  if (isFault(error)) {
    return {
      type: "about:blank",
      title: FAULT_TITLE,
      status: 500,
      detail: "Cannot answer this request: the dashboard has a fault, and its log says more",
    };
  }
  return { type: "about:blank", title: "Journal out of reach", status: 503, detail };
}

/** Whether an error is a mistake in the dashboard itself: no server and no journal is to blame. */
export function isFault(error: unknown): boolean {
  return error instanceof TypeError || error instanceof RangeError ||
    error instanceof ReferenceError;
}

/** The answer that carries a problem. */
export function problemResponse(problem: Problem): Response {
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store" },
  });
}

function isDecodeError(error: unknown): boolean {
  return error instanceof Error && error.name === "DecodeError";
}
