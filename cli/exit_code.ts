/** What the process tells the shell, and which error means which number. */

/** Every exit code; scripts rely on them. */
export const EXIT = {
  /** Everything asked for was done. */
  completed: 0,
  /** Some trials failed, or the sweep was stopped. */
  someFailed: 1,
  /** The user's input is wrong; nothing was started. */
  badInput: 2,
  /** NATS, a device or the machine stands in the way. */
  infrastructure: 3,
  /** Interrupted; the sweep can be resumed. */
  interrupted: 130,
} as const;

/** One of the exit codes. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The user asked for something that cannot be; nothing was started. */
export class UserError extends Error {
  override readonly name = "UserError";
}

/** Something that Trawl stands on does not work. */
export class InfrastructureError extends Error {
  override readonly name = "InfrastructureError";
}

/** Errors of other modules whose message is already written for the user who caused them. */
const USER_ERRORS: ReadonlySet<string> = new Set([
  "UserError",
  "SweepFileError",
  "SweepFileNotFoundError",
  "DatasetError",
  "NatsConnectError",
  "DashboardAddressError",
  "BackendError",
]);

/** Errors of other modules about what Trawl stands on, with a message for people. */
const INFRASTRUCTURE_ERRORS: ReadonlySet<string> = new Set([
  "InfrastructureError",
  "NatsServerBinaryError",
  "EmbeddedServerError",
  "JetStreamUnavailableError",
  "ProvisioningDeniedError",
  "ServerTooSmallError",
  "StreamLostError",
  "MessageTooLargeError",
  "JournalConflictError",
  "ConnectionClosedError",
  "CoordinatorAbsentError",
  "ApiTimeoutError",
]);

/** The exit code of an error, and whether its message says everything (no stack trace wanted). */
export function classifyError(
  error: unknown,
): { readonly code: ExitCode; readonly isExplained: boolean } {
  const name = error instanceof Error ? error.name : "";
  // Before anything was running, Ctrl-C reaches whatever is waited for, as that wait's error.
  if (name === "Interrupted") return { code: EXIT.interrupted, isExplained: true };
  if (USER_ERRORS.has(name)) return { code: EXIT.badInput, isExplained: true };
  if (INFRASTRUCTURE_ERRORS.has(name)) return { code: EXIT.infrastructure, isExplained: true };
  return { code: EXIT.infrastructure, isExplained: false };
}
