/** Trials side by side: drawn by the server. */
import type { VNode } from "preact";
import { ChartCard } from "../charts/chart_card.tsx";
import { ChoiceLink } from "../parts/choice_link.tsx";
import type { ComparedRow, CompareSnapshot } from "./compare_model.ts";
import { type CompareQuery, formatCompareQuery } from "./compare_query.ts";
import { ConfusionChangeCard } from "./confusion_change_card.tsx";
import { CurveIsland } from "../curves/curve_island.tsx";
import { LinesLegend } from "../curves/lines_legend.tsx";
import { LinesTable } from "../curves/lines_table.tsx";
import { csvOfCurves, viewOfSeries } from "../curves/series_view.ts";
import { ThinnedNote } from "../curves/thinned_note.tsx";
import { StatePill } from "../parts/state_pill.tsx";
import { SweepHead } from "../parts/sweep_head.tsx";
import { EmptyState } from "../parts/empty_state.tsx";

/** What the page shows. */
export interface ComparePageProps {
  readonly snapshot: CompareSnapshot;
}

/** The page below its header. */
export function ComparePage(props: ComparePageProps): VNode {
  const { facts, progress, trials, confusion } = props.snapshot;
  return (
    <>
      <SweepHead facts={facts} progress={progress} current={{ page: "trials", isPart: true }} />
      {trials.length === 0 ? <Nothing {...props} /> : (
        <>
          <h2 class="big">
            {trials.length === 1 ? "One trial" : `${trials.length} trials side by side`}
          </h2>
          <Others {...props} />
          <Table {...props} />
          <Curves {...props} />
          {confusion !== null && (
            <ConfusionChangeCard
              {...props}
              change={confusion}
              hrefOf={(query) => hrefOf(props.snapshot, query)}
            />
          )}
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

/** Trials that were named but have no room. */
function Others({ snapshot }: ComparePageProps): VNode | null {
  const { query, trials } = snapshot;
  const others = query.trials.filter((number) => !trials.some(({ trial }) => trial === number));
  if (others.length === 0) return null;
  return (
    <p class="note">
      {trials.length} of {query.trials.length} trials are shown. Put first: {others.map((trial) => {
        const next = withFirst(query, trial);
        return (
          <ChoiceLink
            key={trial}
            href={hrefOf(snapshot, next)}
            label={`Put trial ${trial} first`}
          >
            {trial}
            {" "}
          </ChoiceLink>
        );
      })}
    </p>
  );
}

function withFirst(query: CompareQuery, trial: number): CompareQuery {
  return { ...query, trials: [trial, ...query.trials.filter((one) => one !== trial)] };
}

function Table(props: ComparePageProps): VNode {
  const { trials, different, equal, metrics, query } = props.snapshot;
  const parameters = query.rows === "all" ? [...different, ...equal] : different;
  return (
    <section class="card" aria-labelledby="compare-title">
      <div class="card-head">
        <h2 id="compare-title">What differs, and what came of it</h2>
        {equal.length > 0 && <RowChoice {...props} />}
      </div>
      <div class="scroll edged" role="region" aria-label="Table of what differs" tabIndex={0}>
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
            {parameters.map((row) => <Row key={row.name} row={row} />)}
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

function RowChoice({ snapshot }: ComparePageProps): VNode {
  const { query, different, equal } = snapshot;
  return (
    <nav class="chips" aria-label="Parameters">
      {(["different", "all"] as const).map((rows) => {
        const next = { ...query, rows };
        return (
          <ChoiceLink
            key={rows}
            href={hrefOf(snapshot, next)}
            isChosen={rows === query.rows}
          >
            {rows === "all"
              ? `all ${different.length + equal.length} parameters`
              : `only the ${different.length} that differ`}
          </ChoiceLink>
        );
      })}
    </nav>
  );
}

function Notes({ snapshot: { trials, different } }: ComparePageProps): VNode {
  return (
    <>
      {different.length === 0 && trials.length > 1 && (
        <p class="note">These trials have equal parameters: they are replicates.</p>
      )}
      {trials.length > 1 && (
        <p class="note">
          Under a number: its difference to the first trial. Each trial is one run: a small
          difference may be chance. The leaderboard says how far the means over replicates can be
          trusted.
        </p>
      )}
    </>
  );
}

function Head(
  { trial, snapshot }: ComparePageProps & { readonly trial: number },
): VNode {
  const { query, facts, trials } = snapshot;
  const without = { ...query, trials: query.trials.filter((one) => one !== trial) };
  const first = withFirst(query, trial);
  return (
    <th scope="col" class="number">
      <a href={`/s/${facts.sweep}/t/${trial}`} aria-label={`trial ${trial}`}>{trial}</a>{" "}
      {trials.length > 1 && trials[0]?.trial !== trial && (
        <ChoiceLink
          href={hrefOf(snapshot, first)}
          label={`Measure against trial ${trial}`}
        >
          Δ
        </ChoiceLink>
      )}
      {trials.length > 1 && (
        <ChoiceLink
          href={hrefOf(snapshot, without)}
          label={`Compare without trial ${trial}`}
        >
          ×
        </ChoiceLink>
      )}
    </th>
  );
}

function Row({ row: { name, values, exact, deltas, best } }: { readonly row: ComparedRow }): VNode {
  return (
    <tr>
      <th scope="row">{name}</th>
      {values.map((value, index) => (
        <td
          key={index}
          class={best.includes(index) ? "number strong" : "number"}
          title={exact[index] === value ? undefined : exact[index]}
        >
          {best.includes(index) && <span class="tie">best</span>}
          {value}
          {deltas[index] && <span class="sub">{deltas[index]}</span>}
        </td>
      ))}
    </tr>
  );
}

function Curves({ snapshot }: ComparePageProps): VNode {
  const { curves, facts } = snapshot;
  const drawn = curves.series.filter(({ points }) => points.length > 0);
  const states = new Map(snapshot.trials.map(({ trial, state }) => [trial, state]));
  const view = viewOfSeries(curves, ({ trial }) => states.get(trial) ?? "");
  const label = `${curves.metric} by epoch of ${drawn.length} ${
    drawn.length === 1 ? "trial" : "trials"
  }.`;
  return (
    <ChartCard
      id="curves"
      title="Learning curves"
      sentence={label}
      controls={<MetricChoice snapshot={snapshot} />}
      table={drawn.length > 0 && <LinesTable view={view} sweep={facts.sweep} />}
      csv={csvOfCurves(facts.sweep, curves.metric, curves.curves.map(({ trial }) => trial))}
    >
      {drawn.length === 0
        ? <p class="empty plot-space">None of these trials has reported an epoch yet.</p>
        : (
          <div class="plot-space">
            <ThinnedNote series={drawn} sweep={facts.sweep} trials={snapshot.query.trials} />
            <CurveIsland
              metric={curves.metric}
              curves={curves.curves}
              series={drawn}
              label={label}
            />
          </div>
        )}
      <LinesLegend view={view} sweep={facts.sweep} />
    </ChartCard>
  );
}

function MetricChoice({ snapshot }: ComparePageProps): VNode {
  const { curves, query, facts } = snapshot;
  return (
    <nav class="chips" aria-label="Metric of the curves">
      {curves.metrics.map((metric) => {
        const next = { ...query, metric: metric === facts.metric ? null : metric };
        return (
          <ChoiceLink
            key={metric}
            href={hrefOf(snapshot, next)}
            isChosen={metric === curves.metric}
          >
            {metric}
          </ChoiceLink>
        );
      })}
    </nav>
  );
}
