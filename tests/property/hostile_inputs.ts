/** Inputs that no friend would send: random bytes, valid messages that were damaged, hostile JSON. */
import fc from "fast-check";

const encoder = new TextEncoder();

/** Names that mean another place, or another thing, to whoever is careless. */
export const PATH_TRICKS: readonly string[] = [
  "../../../../etc/passwd",
  "..\\..\\windows\\system32",
  "/etc/passwd",
  "C:\\boot.ini",
  "file:///etc/passwd",
  "a/../../b",
  "%2e%2e%2f%2e%2e%2f",
  "..%c0%af",
  "data\u0000.csv",
  ".",
  "..",
  "",
  " ",
  "~root",
  "$(reboot)",
  "a.b.>",
  "*",
  "x".repeat(5_000),
  "\u202egnp.exe",
  "__proto__",
  "constructor",
];

const HOSTILE_VALUES: readonly string[] = [
  "null",
  "[]",
  "{}",
  "true",
  "-1",
  "-0",
  "1.5",
  "1e999",
  "-1e999",
  "1e-999",
  "9007199254740993",
  "1" + "0".repeat(400),
  "2",
  "999999",
  '"1"',
  '"\\ud800"',
  '{"__proto__":{"type":"granted"}}',
  "[".repeat(3_000) + "]".repeat(3_000),
  '{"a":'.repeat(2_000) + "1" + "}".repeat(2_000),
  JSON.stringify("\n".repeat(100)),
  ...PATH_TRICKS.map((trick) => JSON.stringify(trick)),
];

/** Any bytes. */
export const noise: fc.Arbitrary<Uint8Array> = fc.uint8Array({ maxLength: 300 });

/** Valid bytes of which some were changed, cut off, doubled or moved. */
export function damaged(valid: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
  const edit = fc.record({ at: place, to: place, byte: fc.nat(255), how: fc.nat(4) });
  return fc.tuple(fc.constantFrom(...valid), fc.array(edit, { minLength: 1, maxLength: 5 }))
    .map(([bytes, edits]) => edits.reduce(damage, bytes));
}

type Edit = { readonly at: number; readonly to: number; readonly byte: number; how: number };

function damage(bytes: Uint8Array, { at, to, byte, how }: Edit): Uint8Array {
  const from = Math.floor(at * bytes.length);
  const end = Math.floor(to * bytes.length);
  const changed = bytes.slice();
  switch (how) {
    case 0:
      if (from < changed.length) changed[from] = byte;
      return changed;
    case 1:
      return changed.subarray(0, from);
    case 2:
      return changed.subarray(from);
    case 3:
      return join(bytes.subarray(0, Math.max(from, end)), bytes.subarray(Math.min(from, end)));
    default:
      return join(bytes.subarray(0, from), Uint8Array.of(byte), bytes.subarray(from));
  }
}

function join(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Valid JSON texts in which some values were exchanged for hostile ones, and versions for unknown. */
export function twisted(valid: readonly string[]): fc.Arbitrary<Uint8Array> {
  const exchange = fc.tuple(fc.nat(), fc.constantFrom(...HOSTILE_VALUES));
  return fc.tuple(
    fc.constantFrom(...valid),
    fc.array(exchange, { minLength: 1, maxLength: 3 }),
  ).map(([text, exchanges]) => {
    let twistedText = text;
    for (const [n, value] of exchanges) twistedText = exchangeValue(twistedText, n, value);
    return encoder.encode(twistedText);
  });
}

/** Puts a text in place of the n-th number, string or word of a JSON text. */
function exchangeValue(text: string, n: number, value: string): string {
  const values = [...text.matchAll(/"(?:[^"\\]|\\.)*"(?!\s*:)|-?\d+(?:\.\d+)?|true|false|null/g)];
  const chosen = values[n % Math.max(1, values.length)];
  if (chosen === undefined) return value;
  return text.slice(0, chosen.index) + value + text.slice(chosen.index + chosen[0].length);
}
