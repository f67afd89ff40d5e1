/** What must be true of any journal of a finished sweep, whatever was done to its processes. */
import { TRIAL_STATUSES, type TrialStatus } from "../../core/domain/trial.ts";
import type { StoredEntry } from "../../core/protocol/ports.ts";
import { SweepView } from "../../core/views/sweep_view.ts";
import { type Expected, History } from "./history.ts";

/** Everything that is wrong with the journal; empty if nothing is. */
export function journalProblems(
  entries: readonly StoredEntry[],
  expected: Expected,
): readonly string[] {
  return [...foldProblems(entries, expected), ...historyProblems(entries, expected)];
}

/** A state as text: equal states are equal texts. */
export function stateOf(
  { ledger, epochsTrained, laneSteps, workers, sequence }: SweepView,
): string {
  const { status, counts, trials, packs, queuedPacks, leasedPacks, splitPacks } = ledger;
  const ids = { queued: [...queuedPacks], leased: [...leasedPacks], split: splitPacks };
  const sums = { sequence, epochsTrained, laneSteps, workers };
  return JSON.stringify({ status, counts, trials, packs, ...ids, ...sums });
}

/** Folds entries, from the start or onto a view. */
export function fold(entries: readonly StoredEntry[], onto?: SweepView): SweepView {
  const [first, ...others] = entries;
  if (onto === undefined) {
    if (first === undefined) throw new RangeError("Cannot fold a journal: it is empty");
    return fold(others, new SweepView(first));
  }
  for (const entry of entries) onto.apply(entry);
  return onto;
}

function foldProblems(entries: readonly StoredEntry[], expected: Expected): readonly string[] {
  const problems: string[] = [];
  const [first, ...others] = entries;
  if (first === undefined) return ["the journal is empty"];
  try {
    const view = new SweepView(first);
    problems.push(...countProblems(view));
    for (const entry of others) {
      view.apply(entry);
      problems.push(...countProblems(view));
    }
    const { status, counts } = view.ledger;
    if (status !== "completed") problems.push(`the sweep is ${status}`);
    if (counts.asked !== expected.trials) {
      problems.push(`${counts.asked} trials were asked for instead of ${expected.trials}`);
    }
    if (counts.completed !== counts.asked) problems.push(`counts are ${JSON.stringify(counts)}`);
    if (stateOf(fold(entries)) !== stateOf(view)) problems.push("two folds differ");
  } catch (error) {
    problems.push(`the journal does not fold: ${error instanceof Error ? error.message : error}`);
  }
  return problems;
}

/** The ledger's counts against a count of its own trials. */
function countProblems({ ledger, sequence }: SweepView): readonly string[] {
  const { asked, ...counts } = ledger.counts;
  const sum = Object.values(counts).reduce((total, count) => total + count, 0);
  const problems = asked === sum ? [] : [`at ${sequence}: ${asked} asked, ${sum} accounted for`];
  const seen = new Map<TrialStatus, number>();
  for (const { state: { status } } of ledger.trials) seen.set(status, (seen.get(status) ?? 0) + 1);
  for (const status of TRIAL_STATUSES) {
    const found = seen.get(status) ?? 0;
    if (found !== counts[status]) {
      problems.push(`at ${sequence}: ${counts[status]} trials counted as ${status}, ${found} are`);
    }
  }
  return problems;
}

/** Judges events by what came before them, without the ledger's own rules. */
function historyProblems(entries: readonly StoredEntry[], expected: Expected): readonly string[] {
  const problems: string[] = [];
  const history = new History(expected);
  for (const { sequence, entry } of entries) {
    for (const event of entry.events) {
      const problem = history.judge(event);
      if (problem !== null) problems.push(`at ${sequence}: ${problem}`);
    }
  }
  return [...problems, ...history.missing()];
}
