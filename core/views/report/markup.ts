/** HTML and SVG as text that is safe by construction: whatever is inserted is escaped, except markup. */

/** What can stand in a template. */
export type Insertable = string | number | Markup | null | readonly Insertable[];

/** Text in which everything that came from outside is escaped. Only {@link html} makes it. */
export class Markup {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  /** The tag of templates: what is written in the source stands, what is inserted is escaped. */
  static tag(strings: TemplateStringsArray, ...values: readonly Insertable[]): Markup {
    const parts = strings.map((text, index) => text + insertedText(values[index] ?? null));
    return new Markup(parts.join(""));
  }

  toString(): string {
    return this.#text;
  }
}

/**
 * A template of HTML or SVG.
 * @example
 * ```ts
 * import { html } from "./markup.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(String(html`<b>${"<i>"}</b>`), "<b>&lt;i&gt;</b>");
 * ```
 */
export const html: typeof Markup.tag = Markup.tag;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function insertedText(value: Insertable): string {
  if (value === null) return "";
  if (value instanceof Markup) return String(value);
  if (typeof value === "number") return String(value);
  if (typeof value !== "string") return value.map(insertedText).join("");
  return value
    // Characters that no HTML may hold, and those that turn the reading direction around.
    .replaceAll(
      /(?![\t\n\r])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu,
      "\ufffd",
    )
    .replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}

/** Text for a Markdown table or paragraph: nothing in it is formatting. */
export function plainMarkdown(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, " ")
    .replaceAll(/[\\`*_{}[\]<>#|~&]/g, (character) => `\\${character}`);
}
