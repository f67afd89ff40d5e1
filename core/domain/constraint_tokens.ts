/** The words and signs of a constraint's text. */

/** A word or sign, with its place. */
export interface ConstraintToken {
  readonly kind: "number" | "text" | "name" | "sign" | "end";
  /** A name without its backticks, a text without its quotes; of a sign its one spelling. */
  readonly text: string;
  /** Of its first character, from 1. */
  readonly at: number;
}

const TOKEN_REGEXP = new RegExp(
  [
    String.raw`(?<space>\s+)`,
    String.raw`(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)`,
    String.raw`(?<text>"[^"]*"|'[^']*')`,
    "(?<quoted>`[^`]+`)",
    String.raw`(?<word>[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*)`,
    String.raw`(?<sign><=|>=|==|!=|&&|\|\||[-+*/%()<>!])`,
  ].join("|"),
  "uy",
);

/** Signs that are written in two ways. */
const SPELLINGS: ReadonlyMap<string, string> = new Map([["&&", "and"], ["||", "or"]]);
const WORD_SIGNS: ReadonlySet<string> = new Set(["and", "or", "not", "true", "false"]);
/** What people write, and what it is here. */
const ADVICE: ReadonlyMap<string, string> = new Map([
  ["=", "; equality is =="],
  ["&", "; it is and"],
  ["|", "; it is or"],
  ["^", "; there are no powers"],
  ['"', "; the text has no end"],
  ["'", "; the text has no end"],
]);

/**
 * The tokens of a text, the last one of kind `end`.
 * @throws {SyntaxError} If something is none.
 */
export function constraintTokens(source: string): readonly ConstraintToken[] {
  const tokens: ConstraintToken[] = [];
  let index = 0;
  while (index < source.length) {
    TOKEN_REGEXP.lastIndex = index;
    const groups = TOKEN_REGEXP.exec(source)?.groups;
    if (groups === undefined) {
      const found = String.fromCodePoint(source.codePointAt(index) ?? 0);
      throw new SyntaxError(
        `found ${JSON.stringify(found)} at character ${index + 1}${ADVICE.get(found) ?? ""}`,
      );
    }
    const token = tokenOf(groups, index + 1);
    if (token !== null) tokens.push(token);
    index = TOKEN_REGEXP.lastIndex;
  }
  return [...tokens, { kind: "end", text: "", at: source.length + 1 }];
}

function tokenOf(
  groups: Readonly<Record<string, string | undefined>>,
  at: number,
): ConstraintToken | null {
  const { number, text, quoted, word, sign } = groups;
  if (number !== undefined) return { kind: "number", text: number, at };
  if (text !== undefined) return { kind: "text", text: text.slice(1, -1), at };
  if (quoted !== undefined) return { kind: "name", text: quoted.slice(1, -1), at };
  if (sign !== undefined) return { kind: "sign", text: SPELLINGS.get(sign) ?? sign, at };
  if (word === undefined) return null;
  return WORD_SIGNS.has(word) ? { kind: "sign", text: word, at } : { kind: "name", text: word, at };
}
