/** Plays one scenario: does its deeds to real processes, then judges the journal that is left. */
import { parsePackId, type SweepId } from "../../core/domain/ids.ts";
import type { StoredEntry } from "../../core/protocol/ports.ts";
import { readSweepView } from "../../core/views/sweep_view.ts";
import { createRng } from "../../core/domain/rng.ts";
import { eventually } from "../support/trawl_process.ts";
import { fold, journalProblems, stateOf } from "./invariants.ts";
import { type Act, type Deed, describeAct, type Scenario, trialsOf } from "./scenario.ts";
import { type Actor, Stage } from "./stage.ts";
import { writerProblems } from "./writers.ts";

/** From the first report to the sweep's end, deeds included. */
const OVER_WITHIN_MS = 100_000;
/** From the sweep's end to that of its coordinator, and from SIGTERM to that of a worker. */
const LEAVE_WITHIN_MS = 20_000;
const POLL_MS = 100;
const KILLED = 137;
const INTERRUPTED = 130;
const CONFLICT = 3;
/** Places at which the journal is cut and read on. */
const CUTS = 5;

/** How a scenario went. */
export interface Outcome {
  /** What was wrong; empty if nothing was. */
  readonly problems: readonly string[];
  /** What was done when, for people. */
  readonly timeLine: readonly string[];
  readonly durationMs: number;
  /** Attempts that ended without a result: the deeds met somebody at work. */
  readonly released: number;
  readonly entries: number;
}

/** Plays it to the end. Never rejects because of what the processes do. */
export async function playScenario(scenario: Scenario): Promise<Outcome> {
  const play = new Play(scenario, await Stage.open(scenario));
  await using _ = play;
  return await play.run();
}

class Play implements AsyncDisposable {
  readonly #scenario: Scenario;
  readonly #stage: Stage;
  readonly #startedAt = performance.now();
  readonly #timeLine: string[] = [];
  readonly #problems: string[] = [];
  readonly #known = new Set<Actor>();
  readonly #background: Promise<void>[] = [];
  #entries: readonly StoredEntry[] = [];
  /** The last sequence that was read, and whether the sweep has ended by then. */
  #seen = 0;
  #isEnded = false;

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
    const events = this.#entries.flatMap(({ entry }) => entry.events);
    return {
      problems: this.#problems,
      timeLine: this.#timeLine,
      durationMs: performance.now() - this.#startedAt,
      released: events.filter(({ type }) => type === "packReleased").length,
      entries: this.#entries.length,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stage[Symbol.asyncDispose]();
  }

  async #perform(): Promise<void> {
    const { transport } = this.#stage;
    let sweep: SweepId | null = null;
    await eventually("a first report", async () => {
      sweep ??= await this.#stage.sweep();
      const view = sweep === null ? null : await readSweepView(transport.journal.read(sweep));
      return (view?.epochsTrained ?? 0) > 0;
    });
    if (sweep === null) throw new Error("There is no sweep");
    this.#note("the first epoch is reported");
    const doing = this.#doAll(this.#scenario.deeds, sweep);
    const isDone = this.#watch(sweep);
    await Promise.all([doing, isDone]);
    await Promise.all(this.#background);
    await this.#leave();
    await this.#judge(sweep);
  }

  async #doAll(deeds: readonly Deed[], sweep: SweepId): Promise<void> {
    const from = performance.now();
    for (const { at, act } of deeds) {
      await sleep(Math.max(0, from + at - performance.now()));
      if (await this.#isOver(sweep)) {
        this.#note(`${describeAct(act)}: left out, the sweep is over`);
        continue;
      }
      this.#note(describeAct(act));
      await this.#do(act, sweep);
    }
  }

  async #do(act: Act, sweep: SweepId): Promise<void> {
    const stage = this.#stage;
    switch (act.kind) {
      case "killWorker":
        this.#signal(this.#worker(act.worker), { signal: "SIGKILL", code: KILLED });
        return void stage.addWorker();
      case "drainWorker":
        this.#signal(this.#worker(act.worker), { signal: "SIGTERM", code: 0 });
        return void stage.addWorker();
      case "freezeWorker":
        return this.#freeze(this.#worker(act.worker), act.forMs);
      case "killCoordinator":
        for (const actor of stage.alive(stage.coordinators)) {
          this.#signal(actor, { signal: "SIGKILL", code: KILLED });
        }
        return;
      case "drainCoordinator":
        for (const actor of stage.alive(stage.coordinators)) {
          this.#signal(actor, { signal: "SIGTERM", code: INTERRUPTED });
        }
        return;
      case "secondCoordinator":
        if (!stage.isServerUp) return this.#note("no second coordinator: the server is away");
        // Without the question whether somebody is there: the journal has to tell them apart.
        stage.coordinate(["resume", sweep, "--take-over"]);
        // Whichever of them loses says so and ends; the sweep may be over before the second looks.
        for (const actor of stage.alive(stage.coordinators)) actor.allowed.add(CONFLICT).add(2);
        return;
      case "killServer":
        return await this.#killServer(act.forMs);
      case "cutWorkers":
        return this.#cutWorkers(act);
      case "repeatLease":
        return this.#repeatLease(sweep, act.pack);
      default:
        act satisfies never;
    }
  }

  #worker(index: number): Actor | undefined {
    const alive = this.#stage.alive(this.#stage.workers);
    return alive[index % Math.max(1, alive.length)];
  }

  #signal(
    actor: Actor | undefined,
    { signal, code }: { readonly signal: Deno.Signal; readonly code: number },
  ): void {
    if (actor === undefined) return;
    actor.allowed.add(code);
    // A signal may come before the process listens, or before a worker has anything to give back.
    if (signal === "SIGTERM") actor.allowed.add(143).add(INTERRUPTED);
    actor.process.signal(signal);
    this.#note(`  ${signal} to ${actor.name}`);
  }

  #freeze(actor: Actor | undefined, forMs: number): void {
    if (actor === undefined) return;
    actor.process.signal("SIGSTOP");
    this.#background.push(
      sleep(forMs).then(() => {
        actor.process.signal("SIGCONT");
        this.#note(`  ${actor.name} goes on`);
      }),
    );
  }

  async #killServer(forMs: number): Promise<void> {
    const stage = this.#stage;
    if (!stage.isServerUp) return this.#note("  it is away already");
    stage.isServerUp = false;
    stage.excuseStarting(performance.now());
    await stage.server.kill();
    this.#background.push(
      sleep(forMs).then(async () => {
        await stage.server.restart();
        stage.isServerUp = true;
        this.#note("  the server is back");
      }),
    );
  }

  #cutWorkers({ how, forMs }: Extract<Act, { kind: "cutWorkers" }>): void {
    const { wire } = this.#stage;
    this.#stage.excuseStarting(performance.now());
    if (how === "stall") wire.stall();
    else wire.sever();
    this.#background.push(
      sleep(forMs).then(() => {
        wire.mend();
        this.#note("  the workers' cable is mended");
      }),
    );
  }

  #repeatLease(sweep: SweepId, index: number): void {
    this.#background.push((async () => {
      const { transport } = this.#stage;
      const view = await readSweepView(transport.journal.read(sweep));
      const packs = view?.ledger.packs.length ?? 0;
      const pack = parsePackId(index % Math.max(1, packs));
      // Twice: the queue takes them for different offers.
      for (const id of ["chaos-1", "chaos-2"]) {
        await transport.publisher.publish({ v: 1, sweep, pack }, { id: `${pack}.${id}` });
      }
    })());
  }

  /** Keeps a coordinator alive until the sweep is over, and looks for ends that nobody caused. */
  async #watch(sweep: SweepId): Promise<void> {
    const deadline = performance.now() + OVER_WITHIN_MS;
    while (!await this.#isOver(sweep)) {
      if (performance.now() > deadline) throw new Error("The sweep is not over in time");
      this.#lookForEnds();
      const stage = this.#stage;
      // One that has seen the end may be ahead of the observer.
      const isDone = stage.coordinators.some(({ end }) => end?.code === 0);
      if (stage.isServerUp && !isDone && stage.alive(stage.coordinators).length === 0) {
        this.#note("resume");
        stage.coordinate(["resume", sweep]);
      }
      if (stage.isServerUp && stage.alive(stage.workers).length === 0) stage.addWorker();
      await sleep(POLL_MS);
    }
    this.#note("the sweep is over");
  }

  #lookForEnds(): void {
    for (const actor of [...this.#stage.workers, ...this.#stage.coordinators]) {
      if (actor.end === null || this.#known.has(actor)) continue;
      this.#known.add(actor);
      const { code } = actor.end;
      this.#note(`${actor.name} ended with ${code}`);
      const isDone = code === 0 && this.#stage.coordinators.includes(actor);
      if (!isDone && !actor.allowed.has(code)) {
        this.#problems.push(`${actor.name} ended with ${code} by itself`);
      }
      if (code === CONFLICT && !/another coordinator|server/i.test(actor.end.stderr)) {
        this.#problems.push(`${actor.name} does not say why it ended`);
      }
    }
  }

  /** Whether the journal says so; while the server is away, nobody can say. */
  async #isOver(sweep: SweepId): Promise<boolean> {
    if (!this.#stage.isServerUp) return false;
    try {
      const { journal } = this.#stage.transport;
      const signal = AbortSignal.timeout(5_000);
      for await (const stored of journal.read(sweep, { after: this.#seen, signal })) {
        // Two may be reading: what one has folded is not news to the other.
        if (stored.sequence > this.#seen) this.#seen = stored.sequence;
        for (const { type } of stored.entry.events) if (type === "sweepEnded") this.#isEnded = true;
      }
      return this.#isEnded;
    } catch {
      // Between the server's restart and the observer's reconnection.
      return false;
    }
  }

  /** Coordinators end with their sweep, workers when they are asked to. */
  async #leave(): Promise<void> {
    const { coordinators, workers } = this.#stage;
    // Who was started by `resume` just then finds a sweep that is over.
    for (const actor of this.#stage.alive(coordinators)) actor.allowed.add(2);
    await this.#end(coordinators);
    for (const actor of this.#stage.alive(workers)) {
      this.#signal(actor, { signal: "SIGTERM", code: 0 });
    }
    await this.#end(workers);
    this.#lookForEnds();
  }

  async #end(actors: readonly Actor[]): Promise<void> {
    for (const actor of actors) {
      await eventually(`${actor.name} ends`, () => actor.end !== null, LEAVE_WITHIN_MS);
    }
  }

  async #judge(sweep: SweepId): Promise<void> {
    const { journal } = this.#stage.transport;
    this.#entries = await Array.fromAsync(journal.read(sweep));
    const { epochs, seed } = this.#scenario;
    this.#problems.push(
      ...journalProblems(this.#entries, { trials: trialsOf(this.#scenario), epochs }),
      ...await writerProblems(this.#stage.server.url, this.#entries),
    );
    const rng = createRng(seed, "chaos", "cuts");
    for (let n = 0; n < CUTS; n++) {
      const begun = fold(this.#entries.slice(0, 1 + rng.below(this.#entries.length)));
      const cut = begun.sequence;
      const resumed = fold(await Array.fromAsync(journal.read(sweep, { after: cut })), begun);
      if (stateOf(resumed) !== stateOf(fold(this.#entries))) {
        this.#problems.push(`the journal cut after ${cut} and read on gives another state`);
      }
    }
  }

  #tellLastWords(): void {
    for (const { name, process, end } of [...this.#stage.coordinators, ...this.#stage.workers]) {
      const words = process.stderr.trimEnd().split("\n").slice(-8).map((line) => `      ${line}`);
      this.#timeLine.push(`  ${name} (${end === null ? "alive" : end.code}) said:`, ...words);
    }
  }

  #note(what: string): void {
    const at = Math.round(performance.now() - this.#startedAt);
    this.#timeLine.push(`${String(at).padStart(7)} ms  ${what}`);
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
