/**
 * The overview's panels that only the server draws, in four places of the page. A script fetches
 * them anew as a whole and puts in what has changed: so the browser needs none of their code.
 */
import type { VNode } from "preact";
import { FilterLine } from "../parts/filter_line.tsx";
import { filterIn } from "../parts/shared_filter.ts";
import type { Leaderboard, OverviewSnapshot } from "../model.ts";
import { BestCard } from "./best_card.tsx";
import { BriefTimeline } from "./brief_timeline.tsx";
import { FailuresCard } from "./failures_card.tsx";
import { HistoryFigure } from "./history_figure.tsx";
import { ImportanceCard } from "./importance_card.tsx";
import { LeaderboardTable } from "./leaderboard_table.tsx";
import { type PanelSlot, slotClass } from "./panel_slot.ts";
import type { Panels } from "./panels_model.ts";
import { Panel } from "../parts/panel.tsx";
import { NoPlane, PlaneFigure } from "./plane_figure.tsx";
import { RungsCard } from "./rungs_card.tsx";
import { SetUpCard, SpaceCard } from "./set_up_cards.tsx";
import { TickerCard } from "./ticker_card.tsx";
import { WorkersTable } from "./workers_table.tsx";

/** What the panels need. */
export interface PanelsProps {
  readonly panels: Panels;
  readonly snapshot: OverviewSnapshot;
  /** Of configurations that the filter shows. */
  readonly leaderboard: Leaderboard;
  /** The address that shows so many rows of the leaderboard. */
  readonly hrefOfLimit: (rows: number) => string;
  /** What the address says: forms keep what is not their own. */
  readonly kept: readonly (readonly [name: string, value: string])[];
}

/** The panels of one place. */
export function PanelsIn({ slot, ...props }: PanelsProps & { readonly slot: PanelSlot }): VNode {
  return <div class={slotClass(slot)} data-slot={slot}>{panelsOf(slot, props)}</div>;
}

/** All places: what is fetched. */
export function AllPanels(props: PanelsProps): VNode {
  return (
    <main>
      <PanelsIn {...props} slot="filter" />
      <PanelsIn {...props} slot="results" />
      <PanelsIn {...props} slot="side" />
      <PanelsIn {...props} slot="tables" />
      <PanelsIn {...props} slot="foot" />
    </main>
  );
}

function panelsOf(slot: PanelSlot, props: PanelsProps): VNode {
  const { panels, snapshot, leaderboard, hrefOfLimit, kept } = props;
  const { facts, live, now } = snapshot;
  const { filter, filtered } = panels;
  const { sweep } = facts;
  const address = filterIn(new URLSearchParams(kept.map(([name, value]) => [name, value])));
  switch (slot) {
    case "filter":
      return <FilterLine filter={filter} action={`/s/${sweep}`} kept={kept} />;
    case "results":
      return <Results {...props} address={address} />;
    case "side":
      return <Side {...props} address={address} />;
    case "tables":
      return (
        <>
          <Panel title="Failures">
            <FailuresCard facts={facts} failures={live.failures} status={live.progress.status} />
          </Panel>
          <Panel title="Leaderboard">
            <LeaderboardTable
              facts={facts}
              leaderboard={leaderboard}
              filtered={filtered}
              isOver={live.progress.endedAt !== null}
              hrefOfLimit={hrefOfLimit}
            />
          </Panel>
        </>
      );
    case "foot":
      return (
        <div class="columns loose" id="foot-columns">
          <div class="stack">
            <Panel title="Workers">
              <WorkersTable workers={live.workers} now={now} />
            </Panel>
            <Panel title="Search space">
              <SpaceCard snapshot={snapshot} />
            </Panel>
          </div>
          <Panel title="Set-up">
            <SetUpCard snapshot={snapshot} />
          </Panel>
        </div>
      );
    default:
      return slot satisfies never;
  }
}

interface AddressedProps extends PanelsProps {
  /** The filter; see `shared_filter.ts`. */
  readonly address: string;
}

function Results({ panels, snapshot, kept, address }: AddressedProps): VNode {
  const { filter, filtered } = panels;
  const { facts: { sweep, otherObjectives }, live: { progress } } = snapshot;
  return (
    <>
      <Panel title="Objectives">
        {() =>
          panels.plane
            ? <PlaneFigure plane={panels.plane} sweep={sweep} kept={kept} filtered={filtered} />
            : filtered && otherObjectives.length > 0 && <NoPlane filtered={filtered} />}
      </Panel>
      <Panel title="Optimisation history">
        {() => (
          <HistoryFigure
            history={panels.history}
            isOver={progress.endedAt !== null}
            sweep={sweep}
            filter={filter}
          />
        )}
      </Panel>
      <Panel title="Rungs">
        {() => panels.rungs && <RungsCard rungs={panels.rungs} sweep={sweep} filter={filter} />}
      </Panel>
      <Panel title="Workers over time">
        {() => <BriefTimeline timeline={panels.timeline} sweep={sweep} address={address} />}
      </Panel>
    </>
  );
}

function Side({ panels, snapshot: { facts, live }, address }: AddressedProps): VNode {
  const { sweep } = facts;
  return (
    <>
      <Panel title="Best configuration">
        <BestCard
          facts={facts}
          best={live.best}
          tied={live.leaderboard.tied}
          isOver={live.progress.endedAt !== null}
        />
      </Panel>
      <Panel title="Importance">
        {() => (
          <ImportanceCard
            importance={panels.importance}
            sweep={sweep}
            filtered={panels.filtered}
            address={address}
          />
        )}
      </Panel>
      <Panel title="Last events">
        {() => <TickerCard ticker={panels.ticker} sweep={sweep} />}
      </Panel>
    </>
  );
}
