/** What an error of JetStream means for its caller: gone, taken, or worth another try. */
import { ErrorCode, NatsError } from "nats";

/** JetStream's own error numbers that we act on. */
export const STREAM_NAME_IN_USE = 10_058;
/** A write that expected another last sequence. */
export const WRONG_LAST_SEQUENCE = 10_071;

/** JetStream's error number, or null if the error did not come from its API. */
export function apiErrorCode(error: unknown): number | null {
  return error instanceof NatsError ? error.api_error?.err_code ?? null : null;
}

/** Whether what was asked for does not exist: a stream, a consumer, a message. */
export function isNotFound(error: unknown): boolean {
  return error instanceof NatsError && error.code === "404";
}

/** Whether nobody answers at this subject. */
export function isNoResponders(error: unknown): boolean {
  return error instanceof NatsError && error.code === ErrorCode.NoResponders;
}

/** Whether this user may not publish there, and so not ask for it. */
export function isDenied(error: unknown): boolean {
  return error instanceof NatsError && error.code === ErrorCode.PermissionsViolation;
}

/** Whether an answer did not come in time. */
export function isTimeout(error: unknown): boolean {
  return error instanceof NatsError && error.code === ErrorCode.Timeout;
}

/** Whether a server that restarts, or elects a leader, would give this error for a while. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof NatsError)) return false;
  return isTimeout(error) || isNoResponders(error) || error.code === ErrorCode.Disconnect ||
    error.api_error?.code === 503;
}
