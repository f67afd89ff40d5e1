/**
 * Bytes to values and back: the only place that knows text encoding, JSON and the size limit.
 * Whatever arrives, `decode` returns a value of the schema's type or throws a `DecodeError`.
 */
import type { z } from "zod";
import { type Bytes, bytes as toBytes } from "../domain/units.ts";

/** The largest message, where the server's own `max_payload` is not smaller. */
export const MAX_MESSAGE_BYTES: Bytes = toBytes(1_048_576);
/** Room that message headers need beside the body: ids and the expected sequence. */
export const HEADER_ROOM_BYTES: Bytes = toBytes(4_096);
/** What nests deeper contains itself: our own messages need fewer than ten levels. */
const MAX_NESTING = 64;

/** How `encode` is bounded. */
export interface EncodeOptions {
  /** The largest result; `MAX_MESSAGE_BYTES` by default. */
  readonly limit?: Bytes;
}

/** What a message's bytes are read against. */
export interface DecodeOptions {
  /** Where the bytes came from, for the error. */
  readonly subject: string;
  /** The most that is read; `MAX_MESSAGE_BYTES` by default. */
  readonly limit?: Bytes;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * The largest body that a server takes.
 * @param maxPayload The server's `max_payload`, in bytes.
 */
export function messageLimit(maxPayload: number): Bytes {
  return toBytes(Math.max(0, Math.min(MAX_MESSAGE_BYTES, maxPayload - HEADER_ROOM_BYTES)));
}

/**
 * A plain JSON value as UTF-8 text.
 * @throws {MessageTooLargeError} If the text is larger than the limit: split what it says.
 * @throws {RangeError} If a number in it is not finite, which JSON would turn into null, or if it
 * contains itself.
 */
export function encode(value: unknown, options: EncodeOptions = {}): Uint8Array {
  const { limit = MAX_MESSAGE_BYTES } = options;
  const bytes = encoder.encode(toJson(value));
  if (bytes.length > limit) throw new MessageTooLargeError(bytes.length, limit);
  return bytes;
}

/**
 * The value in a message. Fields that the schema does not know are dropped.
 * @throws {DecodeError} If the bytes are no UTF-8, no JSON, too large, or no value of the schema.
 */
export function decode<T>(
  bytes: Uint8Array,
  schema: z.ZodType<T>,
  options: DecodeOptions,
): T {
  const value = decodeJson(bytes, options);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const place = issue === undefined || issue.path.length === 0 ? "it" : issue.path.join(".");
  const reason = `${place}: ${issue?.message ?? "unknown"}`;
  throw new DecodeError(options.subject, { reason, bytes });
}

/** Text and JSON only; the caller checks the shape. @throws {DecodeError} If it is no JSON. */
export function decodeJson(bytes: Uint8Array, options: DecodeOptions): unknown {
  const { subject, limit = MAX_MESSAGE_BYTES } = options;
  if (bytes.length > limit) {
    throw new DecodeError(subject, { reason: `it exceeds ${limit} bytes`, bytes });
  }
  try {
    // The engine parses without recursion and schemas look no deeper than they know, so nesting
    // costs no stack; should an engine overflow, that is one more DecodeError.
    return JSON.parse(decoder.decode(bytes)) as unknown;
  } catch (cause) {
    throw new DecodeError(subject, { reason: reasonOf(cause), bytes, cause });
  }
}

function reasonOf(cause: unknown): string {
  if (cause instanceof SyntaxError) return "it is not JSON";
  return cause instanceof RangeError ? "it nests too deep" : "it is not UTF-8";
}

function toJson(value: unknown): string {
  let text: string;
  try {
    text = JSON.stringify(value);
  } catch (error) {
    assertEncodable(value, 0);
    throw error;
  }
  // Looking at every number costs as much as writing it, and a text without null has none to hide.
  if (text.includes("null")) assertEncodable(value, 0);
  return text;
}

function assertEncodable(value: unknown, depth: number): void {
  if (typeof value === "number") {
    if (!Number.isFinite(value)) {
      throw new RangeError(`Cannot encode ${value}: it must be finite`);
    }
    return;
  }
  if (typeof value !== "object" || value === null) return;
  if (depth >= MAX_NESTING) {
    throw new RangeError(`Cannot encode a value that nests deeper than ${MAX_NESTING}`);
  }
  if (Array.isArray(value)) {
    for (const item of value) assertEncodable(item, depth + 1);
    return;
  }
  for (const item of Object.values(value)) assertEncodable(item, depth + 1);
}

/** Bytes that are no message of the kind that was expected. */
export class DecodeError extends Error {
  override readonly name = "DecodeError";
  /** Where the bytes came from. */
  readonly subject: string;
  /** What is wrong with them. */
  readonly reason: string;
  readonly bytes: Uint8Array;

  constructor(
    subject: string,
    details: { readonly reason: string; readonly bytes: Uint8Array; readonly cause?: unknown },
  ) {
    super(
      `Cannot decode ${details.bytes.length} bytes of "${subject}": ${details.reason}`,
      details.cause === undefined ? undefined : { cause: details.cause },
    );
    this.subject = subject;
    this.reason = details.reason;
    this.bytes = details.bytes;
  }
}

/** A message that no server would take in one piece. */
export class MessageTooLargeError extends RangeError {
  override readonly name = "MessageTooLargeError";
  readonly size: number;
  readonly limit: Bytes;

  constructor(size: number, limit: Bytes) {
    super(`Cannot encode a message of ${size} bytes: it must have at most ${limit}`);
    this.size = size;
    this.limit = limit;
  }
}
