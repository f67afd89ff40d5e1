/** One sweep of a report as HTML: facts, ranking, curves, effects. */
import { curveFigure, effectFigure, rankingFigure, rankingLabelNote } from "./figures.ts";
import type { FinalMetrics } from "./final_metrics.ts";
import type { Heading } from "./heading.ts";
import { factList, figure, htmlTable, legendMark, statements } from "./html_parts.ts";
import { htmlSamples } from "./html_samples.ts";
import { htmlTrial } from "./html_trial.ts";
import { html, type Insertable, type Markup } from "./markup.ts";
import type { CurvePanel } from "./mean_curves.ts";
import { configurationLabel, NOTHING } from "./numbers.ts";
import type { ParameterEffect } from "./parameter_effects.ts";
import type { Ranking } from "./ranking.ts";
import type { SweepReport } from "./report.ts";
import {
  comparisonsTable,
  finalsTable,
  meansTable,
  rankingTable,
  type TextTable,
} from "./report_tables.ts";
import { curveNote, effectNote, finalsNote, headingFacts, rankingNotes } from "./report_words.ts";

/** The section of a sweep. `index`: its place in the report, for the links to it. */
export function htmlSweep(sweep: SweepReport, index: number): Markup {
  const { heading, ranking, curves, effects, finals, samples, trial } = sweep;
  return html`
    <section id="sweep-${index}">
      <h2${index === 0
        ? html`
          class="flows"
        `
        : null}>${heading.name}</h2>
    ${heading.description === null ? null : html`<p class="faint">${heading.description}</p>`}
    ${rankingSection(ranking)}
    ${curvesSection(curves, ranking)}
    ${effectsSection(effects, ranking.metric)}
    ${finalsSection(finals)}
    ${htmlSamples(samples)}
    ${trial === null ? null : htmlTrial(trial, heading.dataset.classes)}
    ${headingSection(heading)}
    </section>
  `;
}

/** Notes under a table or figure. */
function notes(sentences: readonly string[]): Insertable {
  return sentences.map((each) => html`<p class="note">${each}</p>`);
}

/** A table whose cells are all text. */
function textTable({ caption, columns, rows }: TextTable, isFirstBold = false): Markup {
  return htmlTable(columns, rows, { caption, isFirstBold });
}

function headingSection(heading: Heading): Markup {
  const { parameters, reproduction } = heading;
  return html`
    <h3>How it was made</h3>
    ${factList(headingFacts(heading))}
    ${htmlTable(
      [{ header: "parameter" }, { header: "values" }, { header: "varied" }],
      parameters.map(({ name, domain, isVaried }) => [name, domain, isVaried ? "yes" : NOTHING]),
      { caption: "Parameters" },
    )}
    <h4>The same again</h4>
    <p>Save this as <code>${reproduction
      .fileName}</code>, in the folder where the paths in it lead to the data:</p>
    <pre tabindex="0">${reproduction.file}</pre>
    <p>and run</p>
    <pre tabindex="0">${reproduction.command}</pre>
  `;
}

function rankingSection(ranking: Ranking): Markup {
  if (ranking.rows.length === 0) {
    return html`
      <h3>Ranking</h3>
      <p>No trial completed, so there is nothing to rank.</p>
    `;
  }
  return html`
    <h3>Ranking by ${ranking.metric}</h3>
    ${statements(ranking.sentences)}
    ${textTable(rankingTable(ranking), ranking.winner !== null)}
    ${notes(rankingNotes(ranking))}
    <div class="figures">${figure(rankingFigure(ranking), {
      caption: rankingLabelNote(ranking) + "Dots: means; bars: 95 % intervals of the means" +
        (ranking.rows.some(({ isTied }) => isTied === false)
          ? "; faint: told from the best."
          : "."),
    })}</div>
  `;
}

function curvesSection(panels: readonly CurvePanel[], ranking: Ranking): Markup | null {
  const [first] = panels;
  if (first === undefined) return null;
  const names = new Map(ranking.rows.map((row) => [row.configuration, row.hyperparameters]));
  return html`
    <h3>Learning curves of the first ${first.curves.length}</h3>
    <ul class="legend">${first.curves.map(({ configuration, rank }, index) =>
      html`<li>${legendMark(index)}#${rank} ${
        configurationLabel(names.get(configuration) ?? {}, ranking.varied)
      }</li>`
    )}</ul>
    <div class="figures">${panels.map((panel) =>
      figure(curveFigure(panel), { title: panel.metric, caption: curveNote(panel) })
    )}</div>
  `;
}

function finalsSection(finals: FinalMetrics | null): Markup | null {
  if (finals === null || finals.metrics.length === 0) return null;
  return html`
    <h3>What the first configuration came to</h3>
    ${textTable(finalsTable(finals))}
    ${notes([finalsNote(finals)])}
  `;
}

function effectsSection(effects: readonly ParameterEffect[], metric: string): Markup | null {
  if (effects.length === 0) return null;
  const comparisons = effects.flatMap(({ comparisons: shown }) => shown).length;
  const rule = comparisons === 0 ? null : html`
    <p
      class="note">Differences are paired. Holm p: corrected for all ${comparisons} comparisons of this section; told apart: Holm p ≤ 0.05. More pairs needed: for a power of 0.8, if the difference is what it looks like now.</p>
  `;
  return html`<h3>What each parameter does to ${metric}</h3>
${rule}
${
    effects.map((effect) =>
      html`
        <h4>${effect.parameter}</h4>
        <p class="note">${effectNote(effect)}</p>
        <div class="figures">${figure(effectFigure(effect, metric), {
          caption: "Dots: means; bars: 95 % intervals.",
        })}</div>
        ${textTable(meansTable(effect, metric))}
        ${effect.comparisons.length === 0 ? null : textTable(comparisonsTable(effect))}
      `
    )
  }`;
}
