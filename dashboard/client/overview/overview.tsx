/** A sweep's page: pure, so that the server and the browser draw the same. */
import type { ComponentType, VNode } from "preact";
import { BestCard } from "./best_card.tsx";
import type { CurvePlotProps } from "../curves/curve_plot.tsx";
import { CurvesFigure } from "../curves/curves_figure.tsx";
import { elapsedOf } from "../parts/elapsed.ts";
import { FailuresCard } from "./failures_card.tsx";
import {
  formatAgo,
  formatCount,
  formatDuration,
  formatInstant,
  formatRate,
} from "../parts/format.ts";
import { LeaderboardTable } from "./leaderboard_table.tsx";
import { LedgerCard } from "./ledger_bar.tsx";
import type { CurvesAnswer, OverviewSnapshot, PlaneFields, Progress, Setting } from "../model.ts";
import type { PanelSlot } from "./panel_slot.ts";
import { withFilter } from "../parts/shared_filter.ts";
import { SweepHead } from "../parts/sweep_head.tsx";
import { WorkersTable } from "./workers_table.tsx";

/** What the browser adds to the page. */
export interface OverviewActions {
  readonly onMetric?: (metric: string) => void;
  readonly onCopy?: (text: string) => void;
  /** What was copied last, for a moment. */
  readonly copied?: string | null;
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
  /** Where workers join; null: nobody told. */
  readonly address: string | null;
}

/** The page below its header. */
export function Overview(props: OverviewProps): VNode {
  const { snapshot: { facts, live, now }, curves, limit, panels } = props;
  const href = hrefs(props);
  return (
    <>
      <Head {...props} />
      <LedgerCard counts={live.progress.counts} />
      <div class="columns overview-columns">
        <div class="stack">
          <CurvesFigure
            sweep={facts.sweep}
            filter={props.filter}
            selection={live.selection}
            curves={curves}
            hrefOfMetric={(metric) => href({ metric, limit })}
            onMetric={props.onMetric}
            chart={props.chart}
          />
          {panels("results")}
        </div>
        <div class="stack">
          <BestCard
            facts={facts}
            best={live.best}
            tied={live.leaderboard.tied}
            isOver={live.progress.endedAt !== null}
            onCopy={props.onCopy}
            copied={props.copied}
          />
          {panels("side")}
        </div>
      </div>
      <FailuresCard facts={facts} failures={live.failures} status={live.progress.status} />
      <LeaderboardTable
        facts={facts}
        leaderboard={live.leaderboard}
        hrefOfLimit={(rows) => href({ metric: curves.metric, limit: rows })}
      />
      <div class="columns loose">
        <div class="stack">
          <WorkersTable workers={live.workers} now={now} />
          <section class="card space" aria-labelledby="space-title">
            <h2 id="space-title">Search space</h2>
            <Settings settings={facts.parameters} />
          </section>
        </div>
        <SetUp {...props} />
      </div>
    </>
  );
}

/** Addresses of this page that keep what is chosen. */
function hrefs(
  { snapshot: { facts }, plane, filter }: OverviewProps,
): (state: { readonly metric: string; readonly limit: number | null }) => string {
  return ({ metric, limit }) => {
    const query = new URLSearchParams();
    if (metric !== facts.metric) query.set("metric", metric);
    if (limit !== null) query.set("limit", String(limit));
    for (const [name, value] of Object.entries(plane)) if (value !== null) query.set(name, value);
    const text = query.toString();
    return withFilter(`/s/${facts.sweep}${text === "" ? "" : `?${text}`}`, filter);
  };
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

function SetUp({ snapshot: { facts, asOf } }: OverviewProps): VNode {
  return (
    <section class="card" aria-labelledby="details-title">
      <h2 id="details-title">Set-up</h2>
      <Settings settings={[...facts.details, { name: "journal position", value: asOf }]} />
    </section>
  );
}

function Settings({ settings }: { readonly settings: readonly Setting[] }): VNode {
  return (
    <dl class="settings">
      {settings.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd data-setting={name}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
