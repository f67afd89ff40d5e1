/** What every page of a sweep begins with: its name, its state, its trouble, its tabs. */
import type { ComponentChildren, VNode } from "preact";
import type { Progress, SweepFacts } from "../model.ts";
import { SweepNavigation, type SweepPage, type Whereabouts } from "../navigation.tsx";
import { SweepControls } from "./sweep_controls.tsx";
import { StatePill } from "./state_pill.tsx";

/** What the head needs. */
export interface SweepHeadProps {
  readonly facts: SweepFacts;
  readonly progress: Progress;
  readonly current: Whereabouts<SweepPage>;
  /** What the page shows of the trials, for the other pages; see `shared_filter.ts`. */
  readonly filter?: string | undefined;
  /** What this page adds between the name and the tabs. */
  readonly children?: ComponentChildren;
}

/** The head. */
export function SweepHead(
  { facts, progress, current, filter = "", children }: SweepHeadProps,
): VNode {
  return (
    <header class="sweep-head sweep-head-controlled">
      <div class="title-line">
        <h1>{facts.name}</h1>
        <StatePill state={progress.status} />
        <code class="faint">{facts.sweep}</code>
        <a class="pick" href="/" data-pick="">Other sweeps ▾</a>
      </div>
      {progress.trouble !== null && (
        <p class="trouble" role="alert">
          The journal cannot be followed at present: {progress.trouble}
        </p>
      )}
      {children}
      <SweepControls facts={facts} progress={progress} />
      <SweepNavigation sweep={facts.sweep} current={current} filter={filter} />
    </header>
  );
}
