/** What every chart has around it: a title, a sentence that says what it shows, and its table. */
import type { ComponentChildren, VNode } from "preact";
import { ChartMenu } from "./chart_menu.tsx";

/** The parts of a chart's card. */
export interface ChartCardProps {
  readonly id: string;
  readonly title: string;
  /** What the chart shows, generated from its numbers. */
  readonly sentence: string;
  /** Choices that change the chart. */
  readonly controls?: ComponentChildren;
  /** The same numbers as a table; absent where the chart is one. */
  readonly table?: ComponentChildren;
  /** Where the server has these numbers as CSV; without it the table is exported. */
  readonly csv?: string | undefined;
  readonly children: ComponentChildren;
}

/** The card. */
export function ChartCard(props: ChartCardProps): VNode {
  const { id, title, sentence, controls, table, csv, children } = props;
  return (
    <section class="card chart" id={id} aria-labelledby={`${id}-title`} data-csv={csv}>
      <div class="card-head">
        <h2 id={`${id}-title`}>{title}</h2>
        {controls}
        <ChartMenu title={title} />
      </div>
      <figure aria-labelledby={`${id}-title`} aria-describedby={`${id}-words`}>
        <figcaption class="note" id={`${id}-words`}>{sentence}</figcaption>
        {children}
      </figure>
      {table && (
        <details class="as-table">
          <summary>As a table</summary>
          <div class="scroll" role="region" aria-label={`${title}, as a table`} tabIndex={0}>
            {table}
          </div>
        </details>
      )}
    </section>
  );
}

/** A part of the page's own width that scrolls sideways where it is narrow. */
export function WideChart(
  { label, children }: { readonly label: string; readonly children: ComponentChildren },
): VNode {
  return (
    <div class="scroll chart-scroll" role="region" aria-label={label} tabIndex={0}>{children}</div>
  );
}
