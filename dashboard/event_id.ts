/** The ids of live events: which stream, and how far in it. */

/** A place in the journal's stream. */
export interface EventId {
  /** Names one incarnation of the stream: sequences of another mean nothing. */
  readonly epoch: string;
  /** The last journal sequence that is told. */
  readonly sequence: number;
}

/**
 * The id as text: `<epoch>.<sequence>`.
 * @example
 * ```ts
 * import { formatEventId } from "./event_id.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(formatEventId({ epoch: "k3x", sequence: 12 }), "k3x.12");
 * ```
 */
export function formatEventId(id: EventId): string {
  return `${id.epoch}.${id.sequence}`;
}

/** The id in a text that a client sent back; null if it is none. */
export function parseEventId(text: string): EventId | null {
  const match = /^(.{1,200})\.(\d{1,15})$/.exec(text);
  if (match === null) return null;
  const [, epoch = "", digits = ""] = match;
  return { epoch, sequence: Number(digits) };
}
