/** What an error of JetStream means for its caller: gone, taken, or worth another try. */
import { ErrorCode, NatsError } from "nats";

/** JetStream's own error numbers that we act on. */
export const STREAM_NAME_IN_USE = 10_058;
/** A write that expected another last sequence. */
export const WRONG_LAST_SEQUENCE = 10_071;
/** More replicas than this server, or this cluster, can keep. */
export const TOO_FEW_SERVERS: ReadonlySet<number> = new Set([10_005, 10_074]);

/** The store's limit, or its disk, is at its end: nothing is written until there is room again. */
const STORE_FULL: ReadonlySet<number> = new Set([10_002, 10_023, 10_047, 10_077]);
/** A cluster without a leader, or one that looks for a new one. */
const LEADERLESS: ReadonlySet<number> = new Set([10_004, 10_008, 10_009, 10_118, 10_119]);

/** JetStream's error number, or null if the error did not come from its API. */
export function apiErrorCode(error: unknown): number | null {
  return error instanceof NatsError ? error.api_error?.err_code ?? null : null;
}

/** Whether what was asked for does not exist: a stream, a consumer, a message. */
export function isNotFound(error: unknown): boolean {
  return error instanceof NatsError && error.code === "404";
}

/** Whether nobody answers at this subject. JetStream's own refusals bear the same 503. */
export function isNoResponders(error: unknown): boolean {
  return error instanceof NatsError && error.code === ErrorCode.NoResponders &&
    error.api_error === undefined;
}

/** Whether the server cannot store any more for now. */
export function isStoreFull(error: unknown): boolean {
  return STORE_FULL.has(apiErrorCode(error) ?? 0);
}

/** Whether the cluster has nobody at present who could answer. */
export function isLeaderless(error: unknown): boolean {
  return LEADERLESS.has(apiErrorCode(error) ?? 0);
}

/** Whether this user may not publish there, and so not ask for it. */
export function isDenied(error: unknown): boolean {
  return error instanceof NatsError && error.code === ErrorCode.PermissionsViolation;
}

/** Whether an answer did not come in time. */
export function isTimeout(error: unknown): boolean {
  return error instanceof NatsError && error.code === ErrorCode.Timeout;
}

/** Whether a server that restarts, elects a leader or has a full store gives this error for a while. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof NatsError)) return false;
  return isTimeout(error) || isNoResponders(error) || error.code === ErrorCode.Disconnect ||
    error.api_error?.code === 503 || isStoreFull(error) || isLeaderless(error);
}
