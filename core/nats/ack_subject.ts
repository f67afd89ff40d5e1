/** The reply subject of a JetStream message, which says which delivery it is. */
import type { Delivery } from "../domain/pack.ts";

const TOKENS_BEFORE_DOMAINS = 9;
const TOKENS_SINCE_DOMAINS = 11;

/**
 * Reads `$JS.ACK.<stream>.<consumer>.<count>.<sequence>.…`, or the longer form with a domain and an
 * account in front of the stream.
 * @throws {SyntaxError} If the subject is neither.
 */
export function parseAckSubject(subject: string): Delivery {
  const tokens = subject.split(".");
  const isLong = tokens.length >= TOKENS_SINCE_DOMAINS;
  const first = isLong ? 6 : 4;
  const count = Number(tokens[first]);
  const sequence = Number(tokens[first + 1]);
  const isShaped = isLong || tokens.length === TOKENS_BEFORE_DOMAINS;
  const isNumbered = Number.isSafeInteger(count) && count > 0 &&
    Number.isSafeInteger(sequence) && sequence > 0;
  if (!subject.startsWith("$JS.ACK.") || !isShaped || !isNumbered) {
    throw new SyntaxError(`Cannot parse acknowledgement subject "${subject}"`);
  }
  return { sequence, count };
}
