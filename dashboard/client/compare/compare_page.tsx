/** Trials side by side: pure, so that the server and the browser draw the same. */
import type { ComponentType, VNode } from "preact";
import { ChoiceLink } from "../parts/choice_link.tsx";
import type { ComparedRow, CompareSnapshot } from "./compare_model.ts";
import { type CompareQuery, formatCompareQuery } from "./compare_query.ts";
import { curveClass, CurvePlot, type CurvePlotProps } from "../curves/curve_plot.tsx";
import { formatNumber } from "../parts/format.ts";
import { StatePill } from "../parts/state_pill.tsx";
import { SweepHead } from "../parts/sweep_head.tsx";
import { EmptyState } from "../parts/empty_state.tsx";

/** What the page shows; without actions its links load it anew. */
export interface ComparePageProps {
  readonly snapshot: CompareSnapshot;
  readonly onQuery?: ((query: CompareQuery) => void) | undefined;
  readonly chart?: ComponentType<CurvePlotProps> | undefined;
}

/** The page below its header. */
export function ComparePage(props: ComparePageProps): VNode {
  const { facts, progress, trials } = props.snapshot;
  return (
    <>
      <SweepHead facts={facts} progress={progress} current={{ page: "trials", isPart: true }} />
      {trials.length === 0 ? <Nothing {...props} /> : (
        <>
          <h2 class="big">
            {trials.length === 1 ? "One trial" : `${trials.length} trials side by side`}
          </h2>
          <Table {...props} />
          <Curves {...props} />
        </>
      )}
    </>
  );
}

function hrefOf({ facts }: CompareSnapshot, query: CompareQuery): string {
  return `/s/${facts.sweep}/compare${formatCompareQuery(query)}`;
}

function Nothing({ snapshot: { facts } }: ComparePageProps): VNode {
  return (
    <section class="card" aria-label="Nothing to compare">
      <EmptyState title="No trial is chosen.">
        Mark some in the{" "}
        <a href={`/s/${facts.sweep}/trials`}>table of trials</a>; they are compared here.
      </EmptyState>
    </section>
  );
}

function Table(props: ComparePageProps): VNode {
  const { trials, different, metrics } = props.snapshot;
  return (
    <section class="card" aria-labelledby="compare-title">
      <h2 id="compare-title">What differs, and what came of it</h2>
      <div class="scroll" role="region" aria-labelledby="compare-title" tabIndex={0}>
        <table class="compare">
          <thead>
            <tr>
              <th scope="col">trial</th>
              {trials.map(({ trial }) => <Head key={trial} trial={trial} {...props} />)}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">state</th>
              {trials.map(({ trial, state }) => (
                <td key={trial} class="number">
                  <StatePill state={state} />
                </td>
              ))}
            </tr>
            {different.map((row) => <Row key={row.name} row={row} />)}
          </tbody>
          <tbody class="results">
            {metrics.map((row) => <Row key={row.name} row={row} />)}
          </tbody>
        </table>
      </div>
      <Notes {...props} />
    </section>
  );
}

function Notes({ snapshot: { trials, different, equal } }: ComparePageProps): VNode {
  return (
    <>
      {different.length === 0 && trials.length > 1 && (
        <p class="note">These trials have equal parameters: they are replicates.</p>
      )}
      {trials.length > 1 && (
        <p class="note">
          Each trial is one run: a small difference may be chance. The leaderboard says how far the
          means over replicates can be trusted.
        </p>
      )}
      {equal.length > 0 && (
        <details>
          <summary>Equal in all: {equal.length} parameters</summary>
          <dl class="settings">
            {equal.map(({ name, values }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{values[0]}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </>
  );
}

function Head(
  { trial, snapshot, onQuery }: ComparePageProps & { readonly trial: number },
): VNode {
  const { query, facts, trials } = snapshot;
  const without = { ...query, trials: query.trials.filter((one) => one !== trial) };
  return (
    <th scope="col" class="number">
      <a href={`/s/${facts.sweep}/t/${trial}`} aria-label={`trial ${trial}`}>{trial}</a>{" "}
      {trials.length > 1 && (
        <ChoiceLink
          href={hrefOf(snapshot, without)}
          onChoose={onQuery && (() => onQuery(without))}
          label={`Compare without trial ${trial}`}
        >
          ×
        </ChoiceLink>
      )}
    </th>
  );
}

function Row({ row: { name, values, best } }: { readonly row: ComparedRow }): VNode {
  return (
    <tr>
      <th scope="row">{name}</th>
      {values.map((value, index) => (
        <td key={index} class={best.includes(index) ? "number strong" : "number"}>
          {best.includes(index) && <span class="tie">best</span>}
          {value}
        </td>
      ))}
    </tr>
  );
}

function Curves({ snapshot, onQuery, chart }: ComparePageProps): VNode {
  const { curves, query, facts } = snapshot;
  const Chart = chart ?? CurvePlot;
  const drawn = curves.series.filter(({ points }) => points.length > 0);
  return (
    <section class="card curves" aria-labelledby="curves-title">
      <div class="card-head">
        <h2 id="curves-title">Learning curves</h2>
        <nav class="chips" aria-label="Metric of the curves">
          {curves.metrics.map((metric) => {
            const next = { ...query, metric: metric === facts.metric ? null : metric };
            return (
              <ChoiceLink
                key={metric}
                href={hrefOf(snapshot, next)}
                isChosen={metric === curves.metric}
                onChoose={onQuery && (() => onQuery(next))}
              >
                {metric}
              </ChoiceLink>
            );
          })}
        </nav>
      </div>
      {drawn.length === 0
        ? <p class="empty plot-space">None of these trials has reported an epoch yet.</p>
        : (
          <div class="plot-space">
            <Chart
              metric={curves.metric}
              curves={curves.curves}
              series={drawn}
              label={`${curves.metric} by epoch of ${drawn.length} trials`}
            />
          </div>
        )}
      <Legend snapshot={snapshot} />
    </section>
  );
}

function Legend({ snapshot: { curves } }: ComparePageProps): VNode {
  const last = new Map(curves.series.map(({ trial, points }) => [trial, points.at(-1)]));
  return (
    <ol class="legend curve-legend">
      {curves.curves.map(({ trial, label }) => {
        const point = last.get(trial);
        return (
          <li key={trial}>
            <svg class="swatch" width="22" height="10" aria-hidden="true">
              <g class={`curve ${curveClass(curves.curves, trial)}`}>
                <polyline points="1,5 21,5" />
              </g>
            </svg>
            <span class="label">{label}</span>
            {point && <span class="value">{formatNumber(point[1])}</span>}
          </li>
        );
      })}
    </ol>
  );
}
