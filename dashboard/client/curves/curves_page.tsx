/** The Curves page: pure, so that the server and the browser draw the same. */
import type { ComponentType, VNode } from "preact";
import { ChartCard } from "../charts/chart_card.tsx";
import type { Range } from "../model.ts";
import { ChoiceLink } from "../parts/choice_link.tsx";
import { formatCount } from "../parts/format.ts";
import { filterIn } from "../parts/shared_filter.ts";
import { SweepHead } from "../parts/sweep_head.tsx";
import { FilterLine } from "../parts/filter_line.tsx";
import { CurvesForm, type CurvesFormProps, takeForm } from "./curves_form.tsx";
import type { CurvesView } from "./curves_model.ts";
import { type CurvesQuery, formatCurvesQuery, TOPS } from "./curves_query.ts";
import { describeCurves, noteOf, SHOWN_NAMES } from "./curves_words.ts";
import { LinesLegend } from "./lines_legend.tsx";
import { LinesPlot, type LinesPlotProps } from "./lines_plot.tsx";
import { LinesTable } from "./lines_table.tsx";

/** What the page shows; without actions its links and its form load it anew. */
export interface CurvesPageProps extends CurvesFormProps {
  readonly onQuery?: ((query: CurvesQuery) => void) | undefined;
  readonly onHold?: LinesPlotProps["onHold"];
  /** What the form holds that cannot be read. */
  readonly problem?: string | null;
  /** Draws instead of the still picture. */
  readonly chart?: ComponentType<LinesPlotProps> | undefined;
}

/** The page below its header. */
export function CurvesPage(props: CurvesPageProps): VNode {
  const { snapshot: { facts, progress, view }, onQuery } = props;
  const Chart = props.chart ?? LinesPlot;
  const problem = props.problem ?? view.problem;
  const sentence = describeCurves(view);
  return (
    <>
      <SweepHead
        facts={facts}
        progress={progress}
        current={{ page: "curves", isPart: false }}
        filter={filterIn(new URLSearchParams(formatCurvesQuery(view.query)))}
      />
      <Filter {...props} />
      <section class="card" aria-label="Choice of curves">
        <CurvesForm {...props} />
        {problem !== null && problem !== view.filter.problem && (
          <p class="trouble" role="alert">{problem}</p>
        )}
        <Choices {...props} />
      </section>
      <ChartCard
        id="curves"
        title="Learning curves"
        sentence={sentence}
        controls={<ZoomOut {...props} />}
        csv={csvOfView(view, facts.sweep)}
        table={view.lines.length > 0 && <LinesTable view={view} sweep={facts.sweep} />}
      >
        {view.lines.length === 0 ? <p class="empty plot-space">{emptyWords(props)}</p> : (
          <>
            <div class="plot-space">
              <Chart
                view={view}
                label={sentence}
                onZoom={onQuery && ((range) => onQuery(zoomed(view.query, range)))}
                onHold={props.onHold}
              />
            </div>
            <LinesLegend view={view} sweep={facts.sweep} />
            {noteOf(view).map((note) => <p key={note} class="note">{note}</p>)}
          </>
        )}
      </ChartCard>
    </>
  );
}

function Filter({ snapshot: { facts, view }, onForm, onQuery }: CurvesPageProps): VNode {
  const { filter, query } = view;
  return (
    <FilterLine
      filter={filter}
      action={`/s/${facts.sweep}/curves`}
      kept={[...new URLSearchParams(formatCurvesQuery(query))]}
      onForm={takeForm(onForm)}
      onClear={onQuery && (() => onQuery({ ...query, ...UNFILTERED }))}
    />
  );
}

/** As fine as the finest screen: what is not drawn by itself is counted in it. */
function csvOfView({ query }: CurvesView, sweep: string): string {
  const search = formatCurvesQuery(query);
  return `/api/v1/sweeps/${sweep}/curves.csv${search}${search ? "&" : "?"}points=1000`;
}

/** Epochs and steps are whole; of a time five digits are more than a pointer can tell. */
function zoomed(query: CurvesQuery, range: Range | null): CurvesQuery {
  if (range === null) return { ...query, from: null, to: null };
  const isTime = query.x === "wall" || query.x === "relative";
  const [from, to] = isTime
    ? range.map((value) => Number(value.toPrecision(5)))
    : [Math.floor(range[0]), Math.ceil(range[1])];
  return { ...query, from: from ?? null, to: to ?? null };
}

function emptyWords({ snapshot: { view, progress } }: CurvesPageProps): string {
  const { query, matching, problem } = view;
  if (problem !== null) return "Nothing is drawn.";
  if (matching > 0) return "None of these trials has reported this metric.";
  return isFiltered(query) || query.show !== "best"
    ? "No trial with a curve is in this choice."
    : progress.endedAt !== null
    ? "No trial completed, so none is the best: other trials can be chosen above."
    : "The first curve begins when a trial reports its first epoch.";
}

const UNFILTERED = { text: "", state: null, worker: null, pack: null };

function isFiltered({ text, state, worker, pack }: CurvesQuery): boolean {
  return text !== "" || state !== null || worker !== null || pack !== null;
}

/** How many of how many are drawn, and the ways to more. */
function Choices({ snapshot: { view, facts }, onQuery }: CurvesPageProps): VNode | null {
  const { query, drawn, matching, groups } = view;
  if (matching === 0 && !isFiltered(query)) return null;
  const filter = [query.state, query.worker, query.pack === null ? null : `pack ${query.pack}`]
    .filter((part) => part !== null);
  const name = [query.trials.length > 0 ? "chosen trials" : SHOWN_NAMES[query.show], ...filter]
    .join(", ");
  const link = (next: CurvesQuery, text: string): VNode => (
    <ChoiceLink
      key={text}
      href={`/s/${facts.sweep}/curves${formatCurvesQuery(next)}`}
      onChoose={onQuery && (() => onQuery(next))}
    >
      {text}
    </ChoiceLink>
  );
  const isPart = groups === null && drawn < matching;
  return (
    <p class="note curve-choices">
      {groups === null
        ? `Drawn: ${formatCount(drawn)} of ${formatCount(matching)} (${name}).`
        : `${formatCount(drawn)} trials with a curve (${name}), grouped.`}
      {(isPart || (groups === null && query.show === "best" && query.trials.length === 0)) && (
        <span class="chips">
          {query.show === "best" && link({ ...query, show: "all" }, "all trials")}
          {TOPS.filter((top, index) => top > drawn && (TOPS[index - 1] ?? 0) < matching)
            .map((top) => link({ ...query, top }, `draw ${Math.min(top, matching)}`)).slice(0, 2)}
          {view.parameters.slice(0, 6).map((group) =>
            link({ ...query, group, show: "all" }, `group all by ${group}`)
          )}
        </span>
      )}
    </p>
  );
}

function ZoomOut({ snapshot: { view: { query }, facts }, onQuery }: CurvesPageProps): VNode | null {
  if (query.from === null && query.to === null) return null;
  const all = { ...query, from: null, to: null };
  return (
    <span class="chips">
      <ChoiceLink
        href={`/s/${facts.sweep}/curves${formatCurvesQuery(all)}`}
        onChoose={onQuery && (() => onQuery(all))}
      >
        show all of x
      </ChoiceLink>
    </span>
  );
}
