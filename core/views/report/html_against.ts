/** Published numbers beside ours as HTML. */
import type { Against, ExperimentVerdict } from "./against.ts";
import { figure, htmlTable, statements, verdictMark } from "./html_parts.ts";
import { html, type Insertable, type Markup } from "./markup.ts";
import { intervalChart } from "./interval_chart.ts";
import { parameterText } from "./numbers.ts";
import { conclusionsTable, experimentsTable, type TextTable, VERDICT } from "./report_tables.ts";

/** The section. */
export function htmlAgainst(against: Against): Markup {
  const { conclusions, rules, source } = against;
  return html`
    <section id="against"><h2 class="flows">Against what was published</h2>
        <p class="faint">${source}</p>
    ${statements(against.sentences)}
        ${conclusions.length === 0 ? null : html`<h3>Conclusions</h3>
${withVerdicts(conclusionsTable(against))}`}
        <h3>Numbers</h3>
        <div class="figures">${figure(numbersFigure(against), {
          caption:
            "Dots: our means with 95 % intervals; behind them, where 95 % of single runs lie; " +
            "diamonds: the published single runs.",
        })}</div>
        ${withVerdicts(experimentsTable(against))}
        <h4>The rules</h4>
        <ul class="plain note">${rules.map((rule) => html`<li>${rule}</li>`)}</ul>
        </section>
  `;
}

/** A table with its verdicts in their colours. */
function withVerdicts({ caption, columns, rows }: TextTable): Markup {
  const cells = rows.map((row) =>
    row.map((cell, index): Insertable =>
      columns[index]?.header === VERDICT ? verdictMark(cell) : cell
    )
  );
  return htmlTable(columns, cells, { caption });
}

function numbersFigure({ experiments }: Against): Markup | null {
  const rows = experiments.flatMap(({ experiment, stated, ours: configuration, numbers }) =>
    numbers.filter(({ quantity }) => quantity === "test accuracy")
      .flatMap(({ ours, prediction, published }) =>
        ours === null ? [] : [{
          label: [experiment, ...leftOpen(stated, configuration)].join(", "),
          mean: ours.mean,
          ci95: ours.ci95,
          outer: prediction,
          mark: published,
        }]
      )
  );
  return intervalChart(rows, {
    title: "Test accuracy, ours and published",
    xLabel: "test accuracy",
  });
}

/** What a publication does not tell of an experiment, several of our configurations may have. */
function leftOpen(
  stated: ExperimentVerdict["stated"],
  ours: ExperimentVerdict["ours"],
): readonly string[] {
  return Object.entries(stated).flatMap(([name, value]) =>
    value === null ? [`${name} ${parameterText(ours?.hyperparameters[name])}`] : []
  );
}
