/** A trial's story as `trawl show SWEEP/TRIAL --why` tells it. */
import type { ProposalNote } from "../../core/domain/observation.ts";
import type { SweepSpec } from "../../core/domain/sweep_spec.ts";
import type { RungStanding, StoryStep, TrialStory } from "../../core/views/trial_story.ts";
import { metricValue } from "../../core/views/quantities.ts";
import { printable } from "../terminal/text.ts";

/** The lines: why it was tried, then each step that decided how far it came. */
export function whyLines({ proposal, steps }: TrialStory, spec: SweepSpec): readonly string[] {
  const told = steps.map((step) => `  ${stepText(step, spec)}`);
  return ["Why", `  ${proposalText(proposal, spec)}`, ...told].map(printable);
}

function proposalText(proposal: ProposalNote | null, { method }: SweepSpec): string {
  if (proposal === null) {
    return `proposed by ${method}: its place in the plan, whatever the results`;
  }
  const { sampler, facts } = proposal;
  const isStartup = facts["startup"] === "yes";
  const known = Object.entries(facts)
    .filter(([name, value]) => name !== "startup" || typeof value === "number")
    .map(([name, value]) => `${name} ${factText(value)}`);
  if (sampler === "manual") return `asked for by hand: ${known.join(", ")}`;
  if (isStartup) {
    return `proposed by ${sampler}, evenly spread before it learns: ${known.join(", ")}`;
  }
  return known.length === 0
    ? `proposed by ${sampler}: its number in the sweep, whatever the results`
    : `proposed by ${sampler} from this evidence: ${known.join(", ")}`;
}

function factText(value: number | string): string {
  return typeof value === "number" && !Number.isInteger(value) ? metricValue(value) : String(value);
}

function stepText(step: StoryStep, spec: SweepSpec): string {
  switch (step.kind) {
    case "asked":
      return askedText(step);
    case "rung": {
      const standing = standingText(step.standing, spec);
      return `epoch ${step.standing.epoch}: ${standing}${step.isPause ? "; it pauses here" : ""}`;
    }
    case "promoted": {
      const until = step.target === null ? "to its end" : `until epoch ${step.target}`;
      const by = step.standing === null ? "" : `: ${standingText(step.standing, spec)} by then`;
      return `goes on ${until}${by}`;
    }
    case "pruned":
      return `pruned at rung ${step.rung} after epoch ${step.epoch}: ${step.message}`;
    case "exploited":
      return `takes over the weights of trial ${step.donor}: ${step.message}`;
    case "ended":
      return `${step.status}: ${step.message}`;
    default:
      return step satisfies never;
  }
}

function askedText({ target, bracket }: Extract<StoryStep, { kind: "asked" }>): string {
  const where = bracket === null ? "" : ` in bracket ${bracket}`;
  return target === null
    ? `begins${where}, to train to its end`
    : `begins${where}, to train until epoch ${target} at first`;
}

function standingText({ value, rank, of }: RungStanding, { metric }: SweepSpec): string {
  const shown = value === null ? "no finite value" : metricValue(value);
  return rank === null
    ? `${metric.name} ${shown}, one of ${of} that came so far`
    : `${metric.name} ${shown}, rank ${rank} of ${of} that came so far`;
}
