/** The Parameters page: what the parameters do to the objective, in six ways. Pure. */
import type { VNode } from "preact";
import type { ParametersSnapshot } from "./parameters_model.ts";
import { Panel } from "../parts/panel.tsx";
import { SweepHead } from "../parts/sweep_head.tsx";
import { ContourFigure } from "./contour_figure.tsx";
import { EdfFigure } from "./edf_figure.tsx";
import { FilterBar } from "./filter_bar.tsx";
import { handedOn } from "./handed_on.ts";
import { HeatMapFigure } from "./heat_map_figure.tsx";
import { ImportanceFigure } from "./importance_figure.tsx";
import { ParallelFigure } from "./parallel_figure.tsx";
import { SlicesFigure } from "./slices_figure.tsx";
import { EmptyState } from "../parts/empty_state.tsx";

/** Columns of a heat map that has something beside it. */
const MOST_COLUMNS_BESIDE = 6;

/** The page. */
export function ParametersPage({ page }: { readonly page: ParametersSnapshot }): VNode {
  const { facts, progress, counts } = page;
  const results = Object.values(counts.byOutcome).reduce((sum, count) => sum + count, 0);
  return (
    <>
      <SweepHead
        facts={facts}
        progress={progress}
        current={{ page: "parameters", isPart: false }}
        filter={handedOn(page)}
      />
      <p id="news" class="news" hidden />
      {(results > 0 || page.problem !== null) && <FilterBar page={page} />}
      {results === 0
        ? (
          <section class="card" aria-label="Parameters">
            <EmptyState title="Nothing to draw yet." needsWorker={progress.counts.running === 0}>
              The first results come when a trial completes.
            </EmptyState>
          </section>
        )
        : (
          <>
            {page.axes.length === 0
              ? (
                <>
                  <NothingVaries />
                  <div class="columns-even">
                    <Panel title="Distribution of the objective">
                      <EdfFigure page={page} />
                    </Panel>
                  </div>
                </>
              )
              : <ParameterFigures page={page} />}
          </>
        )}
    </>
  );
}

function ParameterFigures({ page }: { readonly page: ParametersSnapshot }): VNode {
  // Once is enough to say that nothing matches.
  if (page.parallel.lines.length === 0) return <ParallelFigure page={page} />;
  // Many columns need the page's whole width.
  const isWide = (page.heatMap?.columns.length ?? 0) > MOST_COLUMNS_BESIDE;
  return (
    <>
      <Panel title="Parallel coordinates">
        <ParallelFigure page={page} />
      </Panel>
      <div class={isWide ? "stack" : "columns-even"}>
        <Panel title="Two parameters">
          <HeatMapFigure page={page} />
        </Panel>
        <Panel title="Importance">
          <ImportanceFigure page={page} />
        </Panel>
      </div>
      <div class="columns-even">
        <Panel title="Interpolated">
          <ContourFigure page={page} />
        </Panel>
        <Panel title="Distribution of the objective">
          <EdfFigure page={page} />
        </Panel>
      </div>
      <Panel title="Each parameter against the objective">
        <SlicesFigure page={page} />
      </Panel>
    </>
  );
}

function NothingVaries(): VNode {
  return (
    <section class="card" aria-label="Parameters">
      <p class="empty">No parameter varies in this sweep: there is one configuration.</p>
    </section>
  );
}
