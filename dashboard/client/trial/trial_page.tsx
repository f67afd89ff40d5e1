/** A trial's page: pure, so that the server and the browser draw the same. */
import type { VNode } from "preact";
import { Panel } from "../parts/panel.tsx";
import { SweepHead } from "../parts/sweep_head.tsx";
import { StatePill } from "../parts/state_pill.tsx";
import { TrialCard } from "./trial_card.tsx";
import { TrialCurvesCard } from "./trial_curves.tsx";
import { TrialLogCard } from "./trial_log_card.tsx";
import type { TrialPageProps } from "./trial_page_props.ts";
import { formatTrialQuery, type TrialQuery } from "./trial_query.ts";
import { WorkerLogCard } from "./worker_log_card.tsx";
import { TrialPicture, TrialResultCards } from "./trial_result.tsx";
import { TrialTimeline } from "./trial_timeline.tsx";

/** The page below its header. */
export function TrialPage(props: TrialPageProps): VNode {
  const { snapshot } = props;
  const { facts, progress } = snapshot;
  const hrefOf = (query: TrialQuery): string =>
    `/s/${facts.sweep}/t/${snapshot.row.trial}${formatTrialQuery(query)}`;
  return (
    <>
      <SweepHead facts={facts} progress={progress} current={{ page: "trials", isPart: true }} />
      <Title {...props} />
      <div class="columns loose trial-columns">
        <div class="stack">
          <Panel title="Learning curve">
            <TrialCurvesCard {...props} hrefOf={hrefOf} />
          </Panel>
          <Panel title="Picture of the model">
            <TrialPicture {...props} hrefOf={hrefOf} />
          </Panel>
          <Panel title="What happened">
            <TrialTimeline snapshot={snapshot} />
          </Panel>
          <Panel title="Log">
            <WorkerLogCard snapshot={snapshot} />
          </Panel>
          <Panel title="Journal">
            <TrialLogCard snapshot={snapshot} />
          </Panel>
        </div>
        <div class="stack">
          <Panel title="Trial">
            <TrialCard snapshot={snapshot} />
          </Panel>
        </div>
      </div>
      <Panel title="Result">
        <TrialResultCards {...props} hrefOf={hrefOf} />
      </Panel>
    </>
  );
}

/** A trial that is not over can be stopped; its values can be tried in another trial. */
function TrialControls({ snapshot: { facts, row, progress } }: TrialPageProps): VNode | null {
  const isLive = progress.status === "running" || progress.status === "paused";
  if (!isLive) return null;
  const isOpen = row.state === "queued" || row.state === "running" || row.state === "paused";
  return (
    <>
      {isOpen && <a class="button final" href={`/s/${facts.sweep}/t/${row.trial}/stop`}>Stop…</a>}
      <a class="button" href={`/s/${facts.sweep}/enqueue?from=${row.trial}`}>Clone…</a>
    </>
  );
}

function Title({ snapshot }: TrialPageProps): VNode {
  const { facts, row, previous, next, failure, progress } = snapshot;
  const to = (trial: number): string => `/s/${facts.sweep}/t/${trial}`;
  return (
    <>
      <div class="trial-head">
        <h2 class="big">Trial {row.trial}</h2>
        <StatePill state={row.state} />
        <TrialControls snapshot={snapshot} />
        <span class="spring" />
        <nav class="chips" aria-label="Other trials">
          {previous !== null && <a href={to(previous)} rel="prev">‹ trial {previous}</a>}
          {next !== null && <a href={to(next)} rel="next">trial {next} ›</a>}
        </nav>
      </div>
      {failure !== null && (
        <div class="trouble failure" data-failed={row.trial}>
          <p>
            <b>{failure.kind}</b>: {failure.message}
          </p>
          {progress.status !== "cancelled" && (
            <form method="post" action={`/s/${facts.sweep}/retry`}>
              <input type="hidden" name="trial" value={row.trial} />
              <button type="submit" class="button">Retry this trial</button>
            </form>
          )}
        </div>
      )}
    </>
  );
}
