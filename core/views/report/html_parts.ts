/** Parts that several sections of the HTML form share: tables, figures, verdicts. */
import { html, type Insertable, type Markup } from "./markup.ts";
import { COLOURS } from "./line_chart.ts";
import type { Fact } from "./report_words.ts";

/** A column of a table. */
export interface HtmlColumn {
  readonly header: string;
  /** Numbers stand to the right. */
  readonly isNumber?: boolean;
}

/**
 * A table that scrolls by itself where it is too wide. The first cell of each row names the row.
 * @param options.caption What it shows, for those who do not see it.
 */
export function htmlTable(
  columns: readonly HtmlColumn[],
  rows: readonly (readonly Insertable[])[],
  { caption, isFirstBold = false }: { readonly caption: string; readonly isFirstBold?: boolean },
): Markup {
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label="${caption}">
      <table>
        <thead>
          <tr>${columns.map(({ header, isNumber }) =>
            html`
              <th scope="col" ${isNumber
                ? html`
                  class="num"
                `
                : null}>${header}</th>
            `
          )}</tr>
        </thead>
        <tbody>${rows.map((cells, index) =>
          html`
            <tr${isFirstBold && index === 0
              ? html`
                class="first"
              `
              : null}>${cells.map((cell, column) =>
                cellOf(cell, { isName: column === 0, isNumber: columns[column]?.isNumber === true })
              )}</tr>
          `
        )}</tbody>
      </table>
    </div>
  `;
}

function cellOf(
  cell: Insertable,
  { isName, isNumber }: { readonly isName: boolean; readonly isNumber: boolean },
): Markup {
  const kind = isNumber
    ? html`
      class="num"
    `
    : null;
  // A row that goes on with the one above has no name of its own.
  return isName && cell !== ""
    ? html`
      <th scope="row" ${kind}>${cell}</th>
    `
    : html`<td${kind}>${cell}</td>`;
}

/** A drawing with its words; null without a drawing. */
export function figure(
  drawing: Markup | null,
  { title, caption }: { readonly title?: string; readonly caption: Insertable },
): Markup | null {
  if (drawing === null) return null;
  const heading = title === undefined ? null : html`<h4>${title}</h4>`;
  return html`
    <figure>${heading}${drawing}<figcaption>${caption}</figcaption></figure>
  `;
}

const TONES: Readonly<Record<string, string>> = {
  "reproduced": "good",
  "not reproduced": "bad",
};

/** A verdict in its colour; the words alone say it, too. */
export function verdictMark(verdict: string): Markup {
  return html`<span class="verdict ${TONES[verdict] ?? "open"}">${verdict}</span>`;
}

/** Sentences that a section comes to; null without any. */
export function statements(sentences: readonly string[]): Markup | null {
  if (sentences.length === 0) return null;
  return html`<div class="statements">${sentences.map((each) => html`<p>${each}</p>`)}</div>`;
}

/** A list of facts. */
export function factList(facts: readonly Fact[]): Markup {
  return html`<dl>${
    facts.map(([name, value]) =>
      html`
        <dt>${name}</dt>
        <dd>${value}</dd>
      `
    )
  }</dl>`;
}

/** A piece of a line in its colour. */
export function legendMark(colour: number, isDashed = false): Markup {
  return html`
    <svg viewBox="0 0 22 10" aria-hidden="true">
      <polyline class="line c${colour % COLOURS}${isDashed ? " dashed" : ""}" points="0,5 22,5" />
    </svg>
  `;
}
