/** One trial of a report as HTML: scores, confusions, mistakes, picture, log. */
import type { ReportedMistake, ReportedTrial, SplitReport } from "./best_trial.ts";
import { formatClassificationReport } from "../classification_text.ts";
import { fitSeries, pictureFigure } from "./figures.ts";
import { heatTable } from "./heat_table.ts";
import { factList, figure, legendMark } from "./html_parts.ts";
import { html, type Markup } from "./markup.ts";
import { pngDataUri } from "./png.ts";
import { logNote, NO_RESULT, trialFacts } from "./report_words.ts";

/** The part of a sweep's section that shows one trial. */
export function htmlTrial(trial: ReportedTrial, classes: readonly string[]): Markup {
  return html`
    <h3>${trial.choice === "best" ? "The best trial" : `Trial ${trial.trial}`}</h3>
    ${factList(trialFacts(trial))}
    ${trial.hasResult ? null : html`<p class="note">${NO_RESULT}</p>`}
    ${pictureSection(trial, classes)}
    ${splitsSection(trial)}
    ${mistakesSection(trial.mistakes)}
    ${logSection(trial)}
  `;
}

function splitsSection({ splits }: ReportedTrial): Markup | null {
  if (splits.length === 0) return null;
  return html`
    <h4>Classification</h4>
    <div class="figures">${splits.map(splitFigure)}</div>
  `;
}

function splitFigure({ split, report }: SplitReport): Markup {
  const { confusion, classes, macroAverage: { support } } = report;
  const names = classes.map(({ name }) => name);
  return html`
    <figure><h4>${split}</h4>
    ${heatTable(confusion, { classes: names, title: `Confusion matrix of the ${split} examples` })}
    <figcaption>n = ${support} examples of one run; shaded by the share of the row.</figcaption>
    <pre tabindex="0">${formatClassificationReport(report, { digits: 4 })}</pre></figure>
  `;
}

function mistakesSection(mistakes: readonly ReportedMistake[]): Markup | null {
  if (mistakes.length === 0) return null;
  return html`
    <h4>The most confident mistakes on the test set</h4>
    <ul class="mistakes">${mistakes.map((mistake) =>
      html`<li>${imageOf(mistake)}${mistake.actual}, taken for ${mistake.predicted} with ${
        (100 * mistake.confidence).toFixed(1)
      } % <span class="faint">(test example ${mistake.index})</span></li>`
    )}</ul>
  `;
}

function imageOf({ image, actual, index }: ReportedMistake): Markup | null {
  if (image === null) return null;
  return html`<img src="${
    pngDataUri(image)
  }" width="96" height="96" alt="Test example ${index}, of class ${actual}">`;
}

function pictureSection({ picture }: ReportedTrial, classes: readonly string[]): Markup | null {
  if (picture === null) return null;
  if (picture.kind === "surface") {
    return html`
      <h4>The decision surface</h4>
      <div class="figures">${figure(pictureFigure(picture, classes), {
        caption:
          `Probability of class ${classes[1] ?? "1"} in ten steps from 0 to 1; the colours ` +
          `change where both classes are equally likely. Dots: ${picture.points.length} test examples.`,
      })}</div>
      <ul class="legend">
        <li>${dotMark(0)}class ${classes[0] ?? "0"}</li>
        <li>${dotMark(1)}class ${classes[1] ?? "1"}</li>
      </ul>
    `;
  }
  return html`
    <h4>The fitted curve</h4>
    <ul class="legend">${fitSeries(picture).map(({ label, colour, isDashed }) =>
      html`<li>${legendMark(colour, isDashed)}${label}</li>`
    )}</ul>
    <div class="figures">${figure(pictureFigure(picture, classes), {
      caption: `Dots: ${picture.points.length} training examples.`,
    })}</div>
  `;
}

function dotMark(label: number): Markup {
  return html`
    <svg viewBox="0 0 22 10" aria-hidden="true">
      <circle class="point class-${label}" cx="11" cy="5" r="4" />
    </svg>
  `;
}

function logSection({ log }: ReportedTrial): Markup {
  if (log.lines.length === 0) return html`<p class="note">${logNote(log)}</p>`;
  return html`
    <details>
      <summary>Log of the losses</summary>
      <p class="note">${logNote(log)}</p>
      <pre tabindex="0">${log.lines.join("\n")}</pre>
    </details>
  `;
}
