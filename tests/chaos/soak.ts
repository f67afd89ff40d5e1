/** Plays many scenarios, several at once, and adds up what came of them. */
import { type Outcome, playScenario } from "./play.ts";
import { describeScenario, type Scenario } from "./scenario.ts";
import type { WorkersHost } from "./stage.ts";
import { addUp, type Tally } from "./tally.ts";

/** How scenarios are played. */
export interface SoakOptions {
  /** So many at once: most of their time they wait. */
  readonly jobs: number;
  /** After so long no further one is begun. */
  readonly withinMs?: number;
  /** Where workers live, if not here; its cable is cut for one scenario at a time. */
  readonly host?: WorkersHost | null;
  readonly onPlayed?: (scenario: Scenario, outcome: Outcome) => void;
}

/** What came of them. */
export interface SoakResult {
  readonly played: number;
  readonly failures: readonly { readonly scenario: Scenario; readonly outcome: Outcome }[];
  readonly tally: Tally;
  readonly durationMs: number;
}

/** Plays scenarios in their order. */
export async function soak(
  scenarios: readonly Scenario[],
  { jobs, withinMs = Infinity, host = null, onPlayed = () => {} }: SoakOptions,
): Promise<SoakResult> {
  const startedAt = performance.now();
  const passed = (): number => performance.now() - startedAt;
  const failures: { readonly scenario: Scenario; readonly outcome: Outcome }[] = [];
  const tally: Tally = {};
  let next = 0;
  let played = 0;
  async function playOn(): Promise<void> {
    while (next < scenarios.length && passed() < withinMs) {
      const scenario = scenarios[next++];
      if (scenario === undefined) return;
      const outcome = await playScenario(scenario, host);
      played++;
      addUp(tally, outcome.tally);
      if (outcome.problems.length > 0) failures.push({ scenario, outcome });
      onPlayed(scenario, outcome);
    }
  }
  await Promise.all(Array.from({ length: jobs }, playOn));
  return { played, failures, tally, durationMs: passed() };
}

/** What plays a scenario again. */
export function commandOf({ seed, kind }: Scenario): string {
  return `deno task chaos ${kind === "full" ? "--full " : ""}--seed ${seed}`;
}

/** All about a failure, for people. */
export function describeFailure(
  { scenario, outcome }: { readonly scenario: Scenario; readonly outcome: Outcome },
): string {
  return [
    describeScenario(scenario),
    ...outcome.problems.map((problem) => `  ${problem}`),
    ...outcome.timeLine,
    `Again: ${commandOf(scenario)}`,
  ].join("\n");
}
