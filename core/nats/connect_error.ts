/** Why a first connect to NATS failed, in words that say what must be true instead. */
import { ErrorCode, NatsError } from "nats";
import type { Milliseconds } from "../domain/units.ts";

/** No server of a target could be used; `cause` is what the client said. */
export class NatsConnectError extends Error {
  override readonly name = "NatsConnectError";
  /** The servers that were tried, without credentials. */
  readonly url: string;

  constructor(url: string, state: string, options?: ErrorOptions) {
    super(`Cannot connect to NATS at ${url}: ${state}`, options);
    this.url = url;
  }
}

/** The failure's state and what must hold instead, without credentials. */
export function describeConnectFailure(error: unknown, within: Milliseconds): string {
  switch (codeOf(error)) {
    case ErrorCode.ConnectionRefused:
    case "ECONNREFUSED":
      return "connection refused; a nats-server must be listening there";
    case ErrorCode.AuthorizationViolation:
    case ErrorCode.BadAuthentication:
    case ErrorCode.AuthenticationTimeout:
      return "the server refused the credentials; they must be a user and password, a token, " +
        "a credentials file or an nkey that it knows";
    case ErrorCode.AuthenticationExpired:
    case ErrorCode.AccountExpired:
      return "the credentials have expired; they must be renewed";
    case ErrorCode.Timeout:
      return `no answer within ${within / 1000} s; the address must be a nats-server that this ` +
        "host can reach";
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return "the host name is unknown; it must resolve on this host";
    case ErrorCode.ServerOptionNotAvailable:
    case ErrorCode.Tls:
      return `TLS failed: ${messageOf(error)}; both sides must agree on it`;
    default:
      return messageOf(error);
  }
}

function codeOf(error: unknown): string | undefined {
  if (error instanceof NatsError) return error.code;
  if (error instanceof Error && "code" in error && typeof error.code === "string") {
    return error.code;
  }
  return undefined;
}

function messageOf(error: unknown): string {
  if (error instanceof NatsError && error.chainedError !== undefined) {
    return `${error.message} (${error.chainedError.message})`;
  }
  return error instanceof Error && error.message !== "" ? error.message : String(error);
}
