/** Plays one scenario: does its deeds to real processes, then judges the journal that is left. */
import type { SweepId } from "../../core/domain/ids.ts";
import { createRng } from "../../core/domain/rng.ts";
import type { StoredEntry } from "../../core/protocol/ports.ts";
import { eventually } from "../support/trawl_process.ts";
import { describeAct } from "./acts.ts";
import { Deeds, sleep } from "./deeds.ts";
import { exactnessProblems } from "./exactness.ts";
import { fold, journalProblems, stateOf } from "./invariants.ts";
import { JournalWatch } from "./journal_watch.ts";
import { type Deed, type Scenario, trialsOf } from "./scenario.ts";
import { type Actor, Stage, type WorkersHost } from "./stage.ts";
import { count, type Tally } from "./tally.ts";
import { writerProblems } from "./writers.ts";

/** To the first entry; then to the sweep's end, deeds included. */
const OVER_WITHIN_MS = 150_000;
/** From the sweep's end to that of its coordinator, and from SIGTERM to that of a worker. */
const LEAVE_WITHIN_MS = 60_000;
const POLL_MS = 50;
const CONFLICT = 3;
/** A machine may be so busy that a server that is there takes longer than anybody waits. */
const TOO_SLOW_REGEXP = /Cannot connect to NATS .*no answer within/;
/** Places at which the journal is cut and read on. */
const CUTS = 5;

/** How a scenario went. */
export interface Outcome {
  /** What was wrong; empty if nothing was. */
  readonly problems: readonly string[];
  /** What was done when, for people. */
  readonly timeLine: readonly string[];
  readonly durationMs: number;
  readonly tally: Tally;
}

/** Plays it to the end. Never rejects because of what the processes do. */
export async function playScenario(
  scenario: Scenario,
  host: WorkersHost | null = null,
): Promise<Outcome> {
  await using stage = await Stage.open(scenario, host);
  return await new Play(scenario, stage).run();
}

class Play {
  readonly #scenario: Scenario;
  readonly #stage: Stage;
  readonly #startedAt = performance.now();
  readonly #timeLine: string[] = [];
  readonly #problems: string[] = [];
  readonly #known = new Set<Actor>();
  readonly #tally: Tally = { scenarios: 1 };

  constructor(scenario: Scenario, stage: Stage) {
    this.#scenario = scenario;
    this.#stage = stage;
  }

  async run(): Promise<Outcome> {
    try {
      await this.#perform();
    } catch (error) {
      this.#problems.push(error instanceof Error ? error.message : `${error}`);
    }
    if (this.#problems.length > 0) this.#tellLastWords();
    return {
      problems: this.#problems,
      timeLine: this.#timeLine,
      durationMs: performance.now() - this.#startedAt,
      tally: this.#tally,
    };
  }

  async #perform(): Promise<void> {
    const sweep = await this.#begun();
    await using watch = new JournalWatch(this.#stage.transport.journal, sweep);
    const deeds = new Deeds({
      stage: this.#stage,
      watch,
      sweep,
      note: (what) => this.#note(what),
      tally: this.#tally,
    });
    const doing = Promise.all(
      this.#scenario.deeds.map((deed) => this.#await(deed, { deeds, watch })),
    );
    // Whoever awaits it hears of it; until then it must not end the soak.
    doing.catch(() => {});
    await this.#keep(sweep, watch);
    await doing;
    await deeds.finish();
    await this.#leave();
    await this.#judge(sweep);
  }

  /** The sweep, when there is one. */
  async #begun(): Promise<SweepId> {
    let sweep: SweepId | null = null;
    await eventually("a first journal entry", async () => {
      const stage = this.#stage;
      this.#lookForEnds();
      const isAnybodyThere = stage.alive(stage.coordinators).length > 0;
      sweep = await stage.sweep();
      if (sweep === null && !isAnybodyThere) stage.coordinate(null);
      return sweep !== null;
    }, OVER_WITHIN_MS);
    if (sweep === null) throw new Error("There is no sweep");
    return sweep;
  }

  async #await(
    { after, act }: Deed,
    { deeds, watch }: { readonly deeds: Deeds; readonly watch: JournalWatch },
  ): Promise<void> {
    const event = await watch.nth(after.type, after.count);
    if (after.delayMs > 0 && event !== null) await sleep(after.delayMs);
    if (event === null || watch.isEnded) {
      return this.#note(`${describeAct(act)}: left out, the sweep is over`);
    }
    this.#note(`${describeAct(act)}, after ${after.type} ${after.count}`);
    count(this.#tally, "deeds");
    await deeds.do(act, event);
  }

  /** Keeps somebody alive until the sweep is over, and looks for ends that nobody caused. */
  async #keep(sweep: SweepId, watch: JournalWatch): Promise<void> {
    const stage = this.#stage;
    const deadline = performance.now() + OVER_WITHIN_MS;
    while (!watch.isEnded) {
      if (performance.now() > deadline) throw new Error("The sweep is not over in time");
      this.#lookForEnds();
      // One that has seen the end may be ahead of the observer.
      const isDone = stage.coordinators.some(({ end }) => end === 0);
      const isWanted = !isDone && stage.alive(stage.coordinators).length === 0;
      if (isWanted && stage.isReachable("coordinators")) {
        this.#note("resume");
        count(this.#tally, "restarts");
        stage.coordinate(sweep);
      }
      const hasWorkers = stage.alive(stage.workers).length > 0;
      if (!hasWorkers && stage.isReachable("workers")) stage.addWorker();
      await sleep(POLL_MS);
    }
    this.#note("the sweep is over");
  }

  #lookForEnds(): void {
    const { workers, coordinators } = this.#stage;
    for (const actor of [...workers, ...coordinators]) {
      const { end, name, process } = actor;
      if (end === null || this.#known.has(actor)) continue;
      this.#known.add(actor);
      this.#note(`${name} ended with ${end}`);
      const isDone = end === 0 && coordinators.includes(actor);
      if (!isDone && !actor.allowed.has(end) && !TOO_SLOW_REGEXP.test(process.stderr)) {
        this.#problems.push(`${name} ended with ${end} by itself`);
      }
      if (end === CONFLICT && !/another coordinator|server/i.test(process.stderr)) {
        this.#problems.push(`${name} does not say why it ended`);
      }
    }
  }

  /** Coordinators end with their sweep, workers when they are asked to. */
  async #leave(): Promise<void> {
    const { coordinators, workers } = this.#stage;
    // Who was started by `resume` just then finds a sweep that is over.
    for (const { allowed } of this.#stage.alive(coordinators)) allowed.add(2);
    await this.#ends(coordinators);
    for (const { allowed, process } of this.#stage.alive(workers)) {
      for (const code of [0, 130, 143]) allowed.add(code);
      process.signal("SIGTERM");
    }
    await this.#ends(workers);
    this.#lookForEnds();
  }

  async #ends(actors: readonly Actor[]): Promise<void> {
    for (const actor of actors) {
      await eventually(`${actor.name} ends`, () => actor.end !== null, LEAVE_WITHIN_MS);
    }
  }

  async #judge(sweep: SweepId): Promise<void> {
    const { journal } = this.#stage.transport;
    const scenario = this.#scenario;
    const entries = await Array.fromAsync(journal.read(sweep));
    this.#problems.push(
      ...journalProblems(entries, { trials: trialsOf(scenario), epochs: scenario.epochs }),
      ...exactnessProblems(entries, scenario),
      ...await writerProblems(this.#stage.server.url, entries),
    );
    const rng = createRng(scenario.seed, "chaos", "cuts");
    for (let n = 0; n < CUTS && entries.length > 0; n++) {
      const begun = fold(entries.slice(0, 1 + rng.below(entries.length)));
      const cut = begun.sequence;
      const resumed = fold(await Array.fromAsync(journal.read(sweep, { after: cut })), begun);
      if (stateOf(resumed) !== stateOf(fold(entries))) {
        this.#problems.push(`the journal cut after ${cut} and read on gives another state`);
      }
    }
    await this.#countAll(entries);
  }

  async #countAll(entries: readonly StoredEntry[]): Promise<void> {
    const tally = this.#tally;
    count(tally, "entries", entries.length);
    count(tally, "requests", await this.#stage.requests());
    for (const { type } of entries.flatMap(({ entry }) => entry.events)) {
      if (type === "packLeased") count(tally, "attempts");
      if (type === "packReleased") count(tally, "given back");
      if (type === "lateMessageRejected") count(tally, "fenced");
    }
  }

  #tellLastWords(): void {
    for (const { name, process, end } of [...this.#stage.coordinators, ...this.#stage.workers]) {
      const words = process.stderr.trimEnd().split("\n").slice(-8).map((line) => `      ${line}`);
      this.#timeLine.push(`  ${name} (${end === null ? "alive" : end}) said:`, ...words);
    }
  }

  #note(what: string): void {
    const at = Math.round(performance.now() - this.#startedAt);
    this.#timeLine.push(`${String(at).padStart(7)} ms  ${what}`);
  }
}
