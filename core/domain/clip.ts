/** Bounds texts that come from elsewhere: a journal's entry must fit in one message. */

/** Longest text of a failure, in UTF-16 code units: a few screens. */
export const MAX_MESSAGE_LENGTH = 2_000;
/** Longest name of a backend, or of whoever asked. */
export const MAX_NAME_LENGTH = 64;

/** The text, or its beginning and end with what was left out told between them. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const gap = ` … ${text.length} characters … `;
  if (limit <= 2 * gap.length) return text.slice(0, limit).toWellFormed();
  const room = limit - gap.length;
  const tail = Math.floor(room / 3);
  // A cut through a pair would leave half a character, which no UTF-8 text can hold.
  return (text.slice(0, room - tail).trimEnd() + gap + text.slice(text.length - tail))
    .toWellFormed();
}
