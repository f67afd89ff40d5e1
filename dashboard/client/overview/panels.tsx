/**
 * The overview's panels that only the server draws, in two places of the page. A script fetches
 * them anew as a whole and puts in what has changed: so the browser needs none of their code.
 */
import type { VNode } from "preact";
import { BriefTimeline } from "./brief_timeline.tsx";
import { HistoryFigure } from "./history_figure.tsx";
import { ImportanceCard } from "./importance_card.tsx";
import { type PanelSlot, slotClass } from "./panel_slot.ts";
import type { Panels } from "./panels_model.ts";
import { PlaneFigure } from "./plane_figure.tsx";
import { RungsCard } from "./rungs_card.tsx";
import { TickerCard } from "./ticker_card.tsx";

/** What the panels need. */
export interface PanelsProps {
  readonly panels: Panels;
  /** Fields of the address that the choice of objectives keeps. */
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
      <PanelsIn {...props} slot="results" />
      <PanelsIn {...props} slot="side" />
    </main>
  );
}

function panelsOf(slot: PanelSlot, { panels, kept }: PanelsProps): VNode {
  const { facts: { sweep }, plane, history, filter, importance, rungs, timeline, ticker } = panels;
  switch (slot) {
    case "results":
      return (
        <>
          {plane && <PlaneFigure plane={plane} sweep={sweep} kept={kept} />}
          <HistoryFigure history={history} sweep={sweep} filter={filter} kept={kept} />
          {rungs && <RungsCard rungs={rungs} sweep={sweep} />}
          <BriefTimeline timeline={timeline} sweep={sweep} />
        </>
      );
    case "side":
      return (
        <>
          <ImportanceCard importance={importance} sweep={sweep} />
          <TickerCard ticker={ticker} sweep={sweep} />
        </>
      );
    default:
      return slot satisfies never;
  }
}
