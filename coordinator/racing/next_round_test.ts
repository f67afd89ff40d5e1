import assert from "node:assert/strict";
import fc from "fast-check";
import { standingsOf } from "../../core/domain/comparison/standings.ts";
import { type ConfigurationId, parseConfigurationId } from "../../core/domain/ids.ts";
import { createRng, type Rng } from "../../core/domain/rng.ts";
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import { type LedgerSnapshot, SweepLedger, type Trial } from "../../core/domain/sweep_ledger.ts";
import { conclude } from "../../core/views/conclusion.ts";
import { leaderboard } from "../../core/views/leaderboard.ts";
import { judgeExtension } from "../judge_extension.ts";
import { nextRound } from "./next_round.ts";
import { advance, type Fate, newRace, raceOf, runRace, settle } from "../../tests/support/races.ts";

const SWEEPS = 2_000;
const MOST = 20;

/** Results whose replicates share their seeds' luck; equal replicates of equal sweeps are equal. */
function resultsOf(rng: Rng, means: readonly number[]): readonly (readonly number[])[] {
  const luck = Array.from({ length: MOST }, () => rng.normal());
  return means.map((mean) => luck.map((shared) => mean + shared + rng.normal()));
}

function formula(results: readonly (readonly number[])[]): (trial: Trial) => number {
  return ({ configuration, replicate }) => results[configuration]?.[replicate] ?? NaN;
}

function raced(results: readonly (readonly number[])[], change = {}): SweepLedger {
  const ledger = newRace(raceOf(results.length, change));
  advance(ledger);
  return runRace(ledger, formula(results));
}

function winnerOfFixed(
  results: readonly (readonly number[])[],
  replicates: number,
): ConfigurationId | null {
  return standingsOf(
    results.map((values, configuration) => ({
      configuration: parseConfigurationId(configuration),
      values: new Map(values.slice(0, replicates).entries()),
    })),
    "maximize",
  ).winner;
}

function roundsOf(events: readonly SweepEvent[]) {
  return events.filter((event) => event.type === "roundDecided");
}

function askedOf({ trials }: SweepLedger, configuration: number): number {
  return trials.filter((trial) => trial.configuration === configuration).length;
}

Deno.test("a race has a false winner in at most 5 % of 2,000 simulated sweeps, whoever is equally good", () => {
  const worlds: readonly (readonly [means: readonly number[], runCap: number | null])[] = [
    [[0, 0], null],
    [[0, 0], 17],
    [[0, 0, 0], null],
    [[0, 0, 0, 0, 0, 0, 0, 0], null],
    // The hard ones: what is clearly worse leaves early, and the two best are left to themselves.
    [[0, 0, -9, -9], null],
    [[0, 0, -3, -3, -4, -5], null],
  ];
  for (const [means, runCap] of worlds) {
    const rng = createRng(19, "null", means.join(), String(runCap));
    let winners = 0;
    for (let sweep = 0; sweep < SWEEPS; sweep++) {
      const ledger = raced(resultsOf(rng, means), { runCap });
      if (conclude(ledger).winner !== null) winners++;
      assert.ok(ledger.trials.length <= (runCap ?? MOST * means.length));
    }
    assert.ok(winners / SWEEPS <= 0.05, `${means.join()}: ${winners} of ${SWEEPS}`);
  }
});

Deno.test("a race finds the winner as often as equal replicates for all, with a quarter fewer trials", () => {
  const means = [0, -1.5, -3, -3, -3, ...[-4, -4, -4], ...[-5, -5, -5], ...Array(9).fill(-6)];
  const rng = createRng(19, "power");
  const fixed = 12;
  const found = { race: 0, fixed: 0 };
  let trials = 0;
  for (let sweep = 0; sweep < 500; sweep++) {
    const results = resultsOf(rng, means);
    const ledger = raced(results);
    trials += ledger.trials.length;
    const winners = [conclude(ledger).winner, winnerOfFixed(results, fixed)];
    assert.ok(winners.every((winner) => winner === null || winner === 0), "a false winner");
    if (winners[0] === 0) found.race++;
    if (winners[1] === 0) found.fixed++;
  }
  const [mean, all] = [trials / 500, fixed * means.length];
  assert.ok(found.race >= found.fixed - 10, `race ${found.race}, fixed ${found.fixed} of 500`);
  assert.ok(found.race >= 450, `${found.race} of 500`);
  assert.ok(mean <= 0.75 * all, `${mean} trials instead of ${all}`);
});

Deno.test("nextRound() waits for the whole round, and is nothing to a sweep without a race", () => {
  const ledger = newRace(raceOf(2));
  advance(ledger);
  assert.equal(nextRound(ledger), null);
  const fixed = newRace(raceOf(2, { racing: undefined }));
  advance(fixed);
  settle(fixed, () => 0.5);
  assert.equal(nextRound(fixed), null);
});

Deno.test("nextRound() doubles the replicates of those that are tied, and gives no more to the others", () => {
  const ledger = newRace(raceOf(3));
  const first = advance(ledger);
  assert.deepEqual(roundsOf(first), []);
  assert.equal(ledger.counts.asked, 9);
  // Two that go to and fro, and a third that is far behind them.
  const fate = ({ configuration, replicate }: Trial): Fate =>
    configuration === 2
      ? -50 + replicate
      : configuration * 0.1 + (replicate * 7 + configuration) % 3;
  runRace(ledger, fate);
  assert.deepEqual([0, 1, 2].map((each) => askedOf(ledger, each)), [20, 20, 3]);
  assert.equal(ledger.status, "completed");
  const { winner, sentences, standings } = conclude(ledger);
  assert.equal(winner, null);
  assert.deepEqual(standings.map(({ isTied }) => isTied), [true, true, false]);
  assert.match(sentences[0] ?? "", /^No winner: 1 other configuration cannot be told .* 4 rounds/);
  assert.match(sentences[0] ?? "", /It ended at 20 replicates of each, at most 20\.$/);
});

Deno.test("nextRound() ends the race when its trials are used up, all tied having equally many", () => {
  const ledger = newRace(raceOf(4, { runCap: 30 }));
  advance(ledger);
  runRace(ledger, ({ configuration, replicate }) => (configuration * 5 + replicate * 3) % 7);
  assert.deepEqual([0, 1, 2, 3].map((each) => askedOf(ledger, each)), [7, 7, 7, 7]);
  assert.equal(ledger.status, "completed");
});

Deno.test("nextRound() takes a configuration with what it has, and none that diverged or has nothing", () => {
  const ledger = newRace(raceOf(4));
  advance(ledger);
  runRace(ledger, ({ configuration, replicate }) => {
    if (configuration === 1 && replicate === 1) return "failed";
    if (configuration === 2 && replicate === 4) return "diverged";
    if (configuration === 3) return "failed";
    return (configuration + replicate * 3) % 5;
  });
  assert.deepEqual([0, 1, 2, 3].map((each) => askedOf(ledger, each)), [20, 20, 6, 3]);
  assert.equal(ledger.status, "completed");
  const all = newRace(raceOf(2));
  advance(all);
  runRace(all, () => "failed");
  assert.equal(all.status, "failed");
});

Deno.test("nextRound() does not take equal differences of counted results for certain ones", () => {
  const ledger = newRace(raceOf(2));
  advance(ledger);
  settle(ledger, ({ configuration, replicate }) => (50 + configuration + replicate) / 100);
  assert.deepEqual(nextRound(ledger)?.dropped, []);
});

Deno.test("a race goes on exactly, wherever its coordinator is killed", () => {
  const rng = createRng(19, "restart");
  const results = resultsOf(rng, [0, -1, -4, -4, 0]);
  const straight = raced(results);
  fc.assert(fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }), (kills) => {
    let ledger = newRace(raceOf(results.length));
    let step = 0;
    while (ledger.status === "running") {
      if (kills[step++ % kills.length]) ledger = restarted(ledger);
      advance(ledger);
      if (kills[step++ % kills.length]) ledger = restarted(ledger);
      settle(ledger, formula(results));
      if (kills[step++ % kills.length]) ledger = restarted(ledger);
      advance(ledger);
    }
    assert.deepEqual(ledger.snapshot(), straight.snapshot());
  }));
});

Deno.test("a race that was decided and not yet queued goes on by that decision", () => {
  const results = resultsOf(createRng(19, "cut"), [0, 0, 0]);
  const ledger = newRace(raceOf(3));
  advance(ledger);
  settle(ledger, formula(results));
  const round = nextRound(ledger) ?? assert.fail();
  ledger.apply(round);
  const successor = restarted(ledger);
  advance(successor);
  assert.equal(successor.race.round, 1);
  assert.deepEqual([0, 1, 2].map((each) => askedOf(successor, each)), [6, 6, 6]);
});

Deno.test("a race is extended: new values catch up, a larger maximum goes on, and dropped stays dropped", () => {
  const ledger = newRace(raceOf(3));
  advance(ledger);
  const fate = ({ configuration, replicate }: Trial): Fate =>
    configuration === 2 ? -50 + replicate : (replicate * 7 + configuration) % 3;
  runRace(ledger, fate);
  const idle = judgeExtension(ledger, ledger.spec);
  assert.equal(idle.kind, "idle");
  for (const spec of [raceOf(3, { racing: { max: 25 } }), raceOf(4, { racing: { max: 25 } })]) {
    assert.equal(judgeExtension(ledger, spec).kind, "possible");
    ledger.apply({ type: "sweepReopened", by: "test" });
    ledger.apply({ type: "sweepExtended", spec, by: "test" });
    advance(ledger);
    runRace(ledger, fate);
    assert.equal(ledger.status, "completed");
  }
  assert.deepEqual([0, 1, 2, 3].map((each) => askedOf(ledger, each)), [25, 25, 6, 25]);
  assert.ok(judgeExtension(ledger, raceOf(4)).kind === "impossible");
});

Deno.test("leaderboard() ranks who was told to be worse behind everybody that is still in the race", () => {
  const ledger = newRace(raceOf(3));
  advance(ledger);
  settle(ledger, ({ configuration }) => configuration);
  const dropped = [parseConfigurationId(2)];
  const raised = [0, 1].map(parseConfigurationId);
  const message = "decided elsewhere";
  ledger.apply({ type: "roundDecided", round: 1, dropped, raised, replicates: 6, message });
  assert.deepEqual(leaderboard(ledger).map((row) => row.configuration), [1, 0, 2]);
  assert.deepEqual(leaderboard(ledger).map(({ rank }) => rank), [1, 2, 3]);
});

/** What a coordinator that was killed and resumed knows. */
function restarted(ledger: SweepLedger): SweepLedger {
  return SweepLedger.restore(JSON.parse(JSON.stringify(ledger.snapshot())) as LedgerSnapshot);
}
