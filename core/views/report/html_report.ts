/** A report as one HTML file: no scripts, nothing from elsewhere. */
import { htmlAgainst } from "./html_against.ts";
import { STYLE } from "./html_style.ts";
import { htmlSweep } from "./html_sweep.ts";
import { html } from "./markup.ts";
import type { Report } from "./report.ts";

/** What the page may do: show itself. Styles and images are inside of it. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** The document's text. */
export function htmlReport(report: Report): string {
  const { sweeps, against, versions, command } = report;
  const title = sweeps.map(({ heading }) => heading.name).join(", ");
  const isLong = sweeps.length > 1 || against !== null;
  return String(html`
    <!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="${POLICY}">
        <title>${title} · Trawl report</title>
        <style>${STYLE}</style>
      </head>
      <body>
        <header>
    <h1>${sweeps.length === 1 ? title : `Report on ${sweeps.length} sweeps`}</h1>
    <p class="faint">Made by Trawl ${versions.trawl} with <code>${command}</code></p>
    ${isLong
      ? html`
        <nav aria-label="Sections">
          <ul class="plain">${against === null
            ? null
            : html`<li><a href="#against">Against what was published</a></li>`}${sweeps.map((
              { heading },
              index,
            ) => html`<li><a href="#sweep-${index}">${heading.name}</a></li>`)}</ul>
        </nav>
      `
      : null}
        </header>
        <main>
    ${against === null ? null : htmlAgainst(against)}
    ${sweeps.map(htmlSweep)}
        </main>
      </body>
    </html>
  `);
}
