/** What happened to a trial, with times: attempts, leases, releases, its end. */
import type { VNode } from "preact";
import { formatDuration, formatInstant } from "../parts/format.ts";
import type { TimelineStep, TrialSnapshot } from "./trial_model.ts";

const MARKS: Readonly<Record<TimelineStep["kind"], string>> = {
  neutral: "○",
  work: "▶",
  good: "✓",
  bad: "✕",
};

/** The card. */
export function TrialTimeline({ snapshot }: { readonly snapshot: TrialSnapshot }): VNode {
  const { timeline } = snapshot;
  return (
    <section class="card" aria-labelledby="timeline-title">
      <h2 id="timeline-title">What happened</h2>
      <ol class="timeline">
        {timeline.map((step, index) => (
          <Step key={index} step={step} before={timeline[index - 1] ?? null} />
        ))}
      </ol>
    </section>
  );
}

function Step(
  { step, before }: { readonly step: TimelineStep; readonly before: TimelineStep | null },
): VNode {
  const passed = before === null ? null : step.at - before.at;
  return (
    <li class={`step-${step.kind}`}>
      <span class="mark" aria-hidden="true">{MARKS[step.kind]}</span>
      <span>
        <span class="strong">{step.title}</span>
        {step.detail !== null && <span class="sub">{step.detail}</span>}
      </span>
      <span class="note when">
        {formatInstant(step.at)}
        {passed !== null && <span class="sub">{`+ ${formatDuration(passed)}`}</span>}
      </span>
    </li>
  );
}
