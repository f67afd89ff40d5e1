/** The grammar of constraints, by recursive descent; what is understood is a function at once. */
import { type ConstraintToken, constraintTokens } from "./constraint_tokens.ts";
import type { Hyperparameters, ParameterValue } from "./hyperparameters.ts";
import { didYouMean } from "./nearest_name.ts";

/** A part of a constraint as it is evaluated. */
export type Evaluate = (hyperparameters: Hyperparameters) => ParameterValue;

/** What a constraint takes a parameter for. */
export interface ConstraintUse {
  readonly name: string;
  readonly as:
    /** It is calculated with, or greater or less than something. */
    | { readonly kind: "number" }
    /** It stands alone, as something true or false. */
    | { readonly kind: "truth" }
    /** It is compared with this text, or with true or false. */
    | { readonly kind: "equal"; readonly value: string | boolean }
    /** It is compared with something else. */
    | { readonly kind: "any" };
}

/** What a part of a constraint is. */
interface Part {
  readonly kind: "number" | "text" | "truth" | "parameter";
  readonly evaluate: Evaluate;
  /** Of its first character. */
  readonly at: number;
  /** The name of a parameter, or the value of something that is written out. */
  readonly name?: string;
  readonly value?: string | boolean;
}

type Numbers = (a: number, b: number) => number;
type Test = (a: ParameterValue, b: ParameterValue) => boolean;

const SUMS: ReadonlyMap<string, Numbers> = new Map([
  ["+", (a, b) => a + b],
  ["-", (a, b) => a - b],
]);
const PRODUCTS: ReadonlyMap<string, Numbers> = new Map([
  ["*", (a, b) => a * b],
  ["/", (a, b) => a / b],
  ["%", (a, b) => a % b],
]);
const ORDERS: ReadonlyMap<string, Test> = new Map([
  ["<", ordered((a, b) => a < b)],
  ["<=", ordered((a, b) => a <= b)],
  [">", ordered((a, b) => a > b)],
  [">=", ordered((a, b) => a >= b)],
]);
const EQUALITIES: ReadonlyMap<string, Test> = new Map([
  ["==", (a, b) => a === b],
  ["!=", (a, b) => a !== b],
]);

/**
 * A whole constraint as a function, with what it takes its parameters for.
 * @throws {SyntaxError} If it cannot be understood.
 */
export function parseExpression(
  source: string,
  names: readonly string[],
): { readonly evaluate: Evaluate; readonly uses: readonly ConstraintUse[] } {
  const parser = new Parser(source, names);
  const whole = parser.parse();
  return { evaluate: whole.evaluate, uses: parser.uses };
}

class Parser {
  readonly uses: ConstraintUse[] = [];
  readonly #names: readonly string[];
  readonly #tokens: readonly ConstraintToken[];
  #place = 0;

  constructor(source: string, names: readonly string[]) {
    this.#names = names;
    this.#tokens = constraintTokens(source);
  }

  parse(): Part {
    const whole = this.#truth(this.#either());
    if (this.#token.kind !== "end") this.#refuse("the end, or a comparison, and, or");
    if (this.uses.length === 0) throw new SyntaxError("found no parameter in it");
    return whole;
  }

  get #token(): ConstraintToken {
    return this.#tokens[this.#place] ?? { kind: "end", text: "", at: 0 };
  }

  #refuse(must: string): never {
    const { kind, text, at } = this.#token;
    const found = kind === "end" ? "its end" : JSON.stringify(text);
    throw new SyntaxError(`found ${found} at character ${at}, it must be ${must}`);
  }

  /** Whether the next token is this sign, which is then taken. */
  #takes(sign: string): boolean {
    const isIt = this.#token.kind === "sign" && this.#token.text === sign;
    if (isIt) this.#place++;
    return isIt;
  }

  #takeOneOf<Meaning>(signs: ReadonlyMap<string, Meaning>): Meaning | undefined {
    if (this.#token.kind !== "sign") return undefined;
    const meaning = signs.get(this.#token.text);
    if (meaning !== undefined) this.#place++;
    return meaning;
  }

  #either(): Part {
    let left = this.#both();
    while (this.#takes("or")) {
      const [a, b] = [this.#truth(left).evaluate, this.#truth(this.#both()).evaluate];
      left = { kind: "truth", at: left.at, evaluate: (h) => a(h) === true || b(h) === true };
    }
    return left;
  }

  #both(): Part {
    let left = this.#negation();
    while (this.#takes("and")) {
      const [a, b] = [this.#truth(left).evaluate, this.#truth(this.#negation()).evaluate];
      left = { kind: "truth", at: left.at, evaluate: (h) => a(h) === true && b(h) === true };
    }
    return left;
  }

  /** `not a == b` is `not (a == b)`, as in Python; `!` belongs to what stands next to it. */
  #negation(): Part {
    const { at } = this.#token;
    if (!this.#takes("not")) return this.#comparison();
    const { evaluate } = this.#truth(this.#negation());
    return { kind: "truth", at, evaluate: (h) => evaluate(h) !== true };
  }

  #comparison(): Part {
    const left = this.#sum();
    const order = this.#takeOneOf(ORDERS);
    const test = order ?? this.#takeOneOf(EQUALITIES);
    if (test === undefined) return left;
    const right = this.#sum();
    if (order !== undefined) {
      this.#number(left);
      this.#number(right);
    } else this.#sameKind(left, right);
    if (ORDERS.has(this.#token.text) || EQUALITIES.has(this.#token.text)) {
      this.#refuse("and, or or the end: a < b < c is written a < b and b < c");
    }
    const [a, b] = [left.evaluate, right.evaluate];
    return { kind: "truth", at: left.at, evaluate: (h) => test(a(h), b(h)) };
  }

  #sum(): Part {
    return this.#chain(SUMS, () => this.#product());
  }

  #product(): Part {
    return this.#chain(PRODUCTS, () => this.#sign());
  }

  /** Operands and signs in turn, from the left. */
  #chain(signs: ReadonlyMap<string, Numbers>, operand: () => Part): Part {
    let left = operand();
    for (let sign = this.#takeOneOf(signs); sign; sign = this.#takeOneOf(signs)) {
      const combine = sign;
      const [a, b] = [this.#number(left).evaluate, this.#number(operand()).evaluate];
      const evaluate: Evaluate = (h) => combine(numberOf(a(h)), numberOf(b(h)));
      left = { kind: "number", at: left.at, evaluate };
    }
    return left;
  }

  #sign(): Part {
    const { at } = this.#token;
    if (this.#takes("-")) {
      const { evaluate } = this.#number(this.#sign());
      return { kind: "number", at, evaluate: (h) => -numberOf(evaluate(h)) };
    }
    if (this.#takes("!")) {
      const { evaluate } = this.#truth(this.#sign());
      return { kind: "truth", at, evaluate: (h) => evaluate(h) !== true };
    }
    return this.#value();
  }

  #value(): Part {
    const { kind, text, at } = this.#token;
    if (this.#takes("(")) {
      const inside = this.#either();
      if (!this.#takes(")")) this.#refuse(`) for the ( at character ${at}`);
      return inside;
    }
    if (kind === "name") {
      const part = this.#parameter(text, at);
      this.#place++;
      return part;
    }
    if (kind === "number") {
      this.#place++;
      return { kind, at, evaluate: () => Number(text) };
    }
    if (kind === "text") {
      this.#place++;
      return { kind, at, value: text, evaluate: () => text };
    }
    const isTrue = this.#takes("true");
    if (isTrue || this.#takes("false")) {
      return { kind: "truth", at, value: isTrue, evaluate: () => isTrue };
    }
    return this.#refuse("a number, a parameter, a quoted text or (");
  }

  #parameter(name: string, at: number): Part {
    if (!this.#names.includes(name)) {
      const hint = didYouMean(name, this.#names) || `; there are ${this.#names.join(", ")}`;
      throw new SyntaxError(`unknown parameter ${JSON.stringify(name)} at character ${at}${hint}`);
    }
    // Its use is known by what it is combined with; this one makes sure that it counts as named.
    this.uses.push({ name, as: { kind: "any" } });
    // What is evaluated has all parameters that are named.
    return { kind: "parameter", at, name, evaluate: (h) => h[name] ?? NaN };
  }

  #number(part: Part): Part {
    if (part.name !== undefined) this.uses.push({ name: part.name, as: { kind: "number" } });
    else if (part.kind !== "number") refuseKind(part, "a number");
    return part;
  }

  #truth(part: Part): Part {
    if (part.name !== undefined) this.uses.push({ name: part.name, as: { kind: "truth" } });
    else if (part.kind !== "truth") refuseKind(part, "a comparison, or something true or false");
    return part;
  }

  #sameKind(left: Part, right: Part): void {
    for (const [a, b] of [[left, right], [right, left]] as const) {
      if (a.name === undefined) continue;
      if (b.value !== undefined) {
        this.uses.push({ name: a.name, as: { kind: "equal", value: b.value } });
      } else if (b.kind === "number") this.uses.push({ name: a.name, as: { kind: "number" } });
      else if (b.kind === "truth") this.uses.push({ name: a.name, as: { kind: "truth" } });
    }
    if (left.name !== undefined || right.name !== undefined || left.kind === right.kind) return;
    refuseKind(right, WORDS[left.kind]);
  }
}

const WORDS: Readonly<Record<Part["kind"], string>> = {
  number: "a number",
  text: "a text",
  truth: "true or false",
  parameter: "a parameter",
};

function refuseKind({ kind, at }: Part, must: string): never {
  throw new SyntaxError(`found ${WORDS[kind]} at character ${at}, it must be ${must}`);
}

function ordered(compare: (a: number, b: number) => boolean): Test {
  return (a, b) => compare(numberOf(a), numberOf(b));
}

/** NaN makes every comparison by order false. */
function numberOf(value: ParameterValue): number {
  return typeof value === "number" ? value : NaN;
}
