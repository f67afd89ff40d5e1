/** A sweep's page: pure, so that the server and the browser draw the same. */
import type { ComponentType, VNode } from "preact";
import type { CurvePlotProps } from "../curves/curve_plot.tsx";
import { CurvesFigure } from "../curves/curves_figure.tsx";
import { elapsedOf } from "../parts/elapsed.ts";
import {
  formatAgo,
  formatCount,
  formatDuration,
  formatInstant,
  formatRate,
} from "../parts/format.ts";
import { EmptyState } from "../parts/empty_state.tsx";
import { LedgerCard } from "./ledger_bar.tsx";
import type { CurvesAnswer, OverviewSnapshot, PlaneFields, Progress } from "../model.ts";
import { overviewHref } from "./overview_href.ts";
import type { PanelSlot } from "./panel_slot.ts";
import { SweepHead } from "../parts/sweep_head.tsx";

/** What the browser adds to the page. */
export interface OverviewActions {
  readonly onMetric?: (metric: string) => void;
  readonly chart?: ComponentType<CurvePlotProps>;
  /** The place of what only the server draws. */
  readonly panels: (slot: PanelSlot) => VNode;
}

/** What the page shows. */
export interface OverviewProps extends OverviewActions {
  readonly snapshot: OverviewSnapshot;
  readonly curves: CurvesAnswer;
  /** Rows of the leaderboard that were asked for; null: as many as usual. */
  readonly limit: number | null;
  /** The objectives that are drawn against each other, as the address has them. */
  readonly plane: PlaneFields;
  /** See `shared_filter.ts`. */
  readonly filter: string;
}

/** The page below its header. */
export function Overview(props: OverviewProps): VNode {
  const { snapshot: { facts, live }, curves, limit, plane, panels } = props;
  return (
    <>
      <Head {...props} />
      <Stranded live={live} />
      <LedgerCard counts={live.progress.counts} />
      {panels("filter")}
      <div class="columns overview-columns">
        <div class="stack">
          <CurvesFigure
            sweep={facts.sweep}
            isOver={live.progress.endedAt !== null}
            filter={props.filter}
            selection={live.selection}
            curves={curves}
            hrefOfMetric={(metric) =>
              overviewHref(facts, { metric, limit, plane, filter: props.filter })}
            onMetric={props.onMetric}
            chart={props.chart}
          />
          {panels("results")}
        </div>
        <div class="stack">{panels("side")}</div>
      </div>
      {panels("tables")}
      {panels("foot")}
    </>
  );
}

/** Nothing trains, and nobody is there who could: the one thing to do comes first. */
function Stranded({ live: { progress, workers } }: Pick<OverviewSnapshot, "live">): VNode | null {
  const { status, counts: { queued, running } } = progress;
  const isAnybodyThere = running > 0 || workers.some(({ state }) => state !== "gone");
  if (status !== "running" || queued === 0 || isAnybodyThere) return null;
  const waiting = `${formatCount(queued)} ${queued === 1 ? "trial waits" : "trials wait"}`;
  return (
    <section class="card stranded" aria-label="No worker">
      <EmptyState title={`No worker is here: ${waiting} for one.`} needsWorker />
    </section>
  );
}

function Head({ snapshot: { facts, live: { progress }, now }, filter }: OverviewProps): VNode {
  const over = progress.endedAt !== null;
  return (
    <SweepHead
      facts={facts}
      progress={progress}
      current={{ page: "overview", isPart: false }}
      filter={filter}
    >
      {facts.description !== null && <p class="description">{facts.description}</p>}
      <dl class="vitals">
        <Vital name={over ? "took" : "elapsed"}>
          {formatDuration(elapsedOf(progress, { createdAt: facts.createdAt, now }))}
        </Vital>
        {!over && (
          <Vital name="left" hint="From the epochs of the last minute; an upper bound">
            {progress.etaMs === null ? "–" : `≈ ${formatDuration(progress.etaMs)}`}
          </Vital>
        )}
        <Vital name="epochs trained">{formatCount(progress.epochsTrained)}</Vital>
        <Speed progress={progress} />
        <Vital name="started" hint={formatInstant(facts.createdAt)}>
          {formatAgo(now - facts.createdAt)}
        </Vital>
        <Vital name="last news" hint={formatInstant(progress.updatedAt)}>
          {formatAgo(now - progress.updatedAt)}
        </Vital>
      </dl>
    </SweepHead>
  );
}

/** Where nobody knows what a step is, as with modules of the user, epochs tell the speed. */
function Speed({ progress }: { readonly progress: Progress }): VNode {
  const { laneStepsPerSecond, epochsPerMinute, endedAt } = progress;
  const when = endedAt === null ? "now" : "mean";
  if (laneStepsPerSecond === null && epochsPerMinute !== null) {
    return <Vital name={`epochs, ${when}`}>{`${formatCount(epochsPerMinute)} /min`}</Vital>;
  }
  return (
    <Vital name={`lane steps, ${when}`}>
      {laneStepsPerSecond === null ? "–" : formatRate(laneStepsPerSecond)}
    </Vital>
  );
}

function Vital(
  { name, hint, children }: {
    readonly name: string;
    readonly hint?: string;
    readonly children: string;
  },
): VNode {
  return (
    <div title={hint}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
