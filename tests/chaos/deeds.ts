/** Does the deeds of a scenario to its processes. What takes a while goes on in the background. */
import type { SweepId, WorkerId } from "../../core/domain/ids.ts";
import { parsePackId } from "../../core/domain/ids.ts";
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import { readSweepView } from "../../core/views/sweep_view.ts";
import type { Act, Whom } from "./acts.ts";
import type { JournalWatch } from "./journal_watch.ts";
import type { Actor, Stage } from "./stage.ts";
import { count, type Tally } from "./tally.ts";

const KILLED = 137;
const TERMINATED = 143;
const INTERRUPTED = 130;
/** How an overtaken coordinator ends, and how one that finds the sweep over or coordinated. */
const OVERTAKEN = [3, 2];
/** A slow server runs one of ten such slices. */
const SLICE_MS = 15;

/** What deeds are done with. */
export interface DeedsOptions {
  readonly stage: Stage;
  readonly watch: JournalWatch;
  readonly sweep: SweepId;
  readonly note: (what: string) => void;
  readonly tally: Tally;
}

/** The doer of one scenario's deeds. */
export class Deeds {
  readonly #options: DeedsOptions;
  readonly #background: Promise<void>[] = [];

  constructor(options: DeedsOptions) {
    this.#options = options;
  }

  /** Resolves when nothing goes on any more. */
  async finish(): Promise<void> {
    while (this.#background.length > 0) await this.#background.pop();
  }

  /** Does one; `event` is what it was waiting for. */
  async do(act: Act, event: SweepEvent): Promise<void> {
    const { stage } = this.#options;
    switch (act.kind) {
      case "killWorker":
        return this.#replace(this.#worker(act.whom, event), "SIGKILL");
      case "drainWorker":
        return this.#replace(this.#worker(act.whom, event), "SIGTERM");
      case "freezeWorker":
        return this.#freeze(this.#worker(act.whom, event), act.forMs);
      case "killCoordinator":
        return this.#end(stage.alive(stage.coordinators), "SIGKILL");
      case "drainCoordinator":
        return this.#end(stage.alive(stage.coordinators), "SIGTERM");
      case "freezeCoordinator":
        for (const actor of stage.alive(stage.coordinators)) this.#freeze(actor, act.forMs);
        return act.isReplaced ? this.#secondCoordinator() : undefined;
      case "secondCoordinator":
        return this.#secondCoordinator();
      case "killServer":
        return await this.#killServer(act.forMs);
      case "freezeServer":
        return this.#freezeServer(act.forMs);
      case "slowServer":
        return this.#slowServer(act.forMs);
      case "cut":
        return await this.#cut(act);
      case "killAll":
        return await this.#killAll();
      case "repeatLease":
        return this.#repeatLease(act.pack);
      case "skewClock":
        return this.#skewClock(act, event);
      default:
        act satisfies never;
    }
  }

  #note(what: string): void {
    this.#options.note(`  ${what}`);
  }

  #count(name: Parameters<typeof count>[1]): void {
    count(this.#options.tally, name);
  }

  #later(afterMs: number, what: () => void | Promise<void>): void {
    this.#inBackground(sleep(afterMs).then(what));
  }

  /** `finish` tells of it if it fails. */
  #inBackground(work: Promise<void>): void {
    work.catch(() => {});
    this.#background.push(work);
  }

  #worker(whom: Whom, event: SweepEvent): Actor | undefined {
    const { stage } = this.#options;
    const alive = stage.alive(stage.workers);
    const holder = whom === "holder" ? this.#holderOf(event) : null;
    const named = alive.find(({ name, process }) =>
      holder !== null && (holder === name || holder.includes(`-${process.pid}-`))
    );
    return named ?? alive[(whom === "holder" ? 0 : whom) % Math.max(1, alive.length)];
  }

  /** Who was granted the pack of an event. */
  #holderOf(event: SweepEvent): WorkerId | null {
    if (!("pack" in event)) return null;
    const leases = this.#options.watch.entries.flatMap(({ entry }) => entry.events)
      .filter((other) => other.type === "packLeased")
      .filter((other) => other.pack === event.pack);
    return leases.at(-1)?.worker ?? null;
  }

  #replace(actor: Actor | undefined, signal: "SIGKILL" | "SIGTERM"): void {
    if (actor === undefined) return;
    this.#end([actor], signal);
    this.#options.stage.addWorker();
    this.#count("restarts");
  }

  #end(actors: readonly Actor[], signal: "SIGKILL" | "SIGTERM"): void {
    for (const { name, allowed, process } of actors) {
      // A signal may come before the process listens, or before a worker has anything to give back.
      const codes = signal === "SIGKILL" ? [KILLED] : [0, TERMINATED, INTERRUPTED];
      for (const code of codes) allowed.add(code);
      process.signal(signal);
      this.#count(signal === "SIGKILL" ? "kills" : "drains");
      this.#note(`${signal} to ${name}`);
    }
  }

  #freeze(actor: Actor | undefined, forMs: number): void {
    if (actor === undefined) return;
    actor.process.signal("SIGSTOP");
    this.#count("freezes");
    this.#note(`${actor.name} is stopped`);
    this.#later(forMs, () => {
      actor.process.signal("SIGCONT");
      this.#note(`${actor.name} goes on`);
    });
  }

  #secondCoordinator(): void {
    const { stage, sweep } = this.#options;
    if (!stage.isReachable("coordinators")) return this.#note("none: it would reach no server");
    stage.coordinate(sweep);
    this.#count("restarts");
    // Whichever of them loses says so and ends; the sweep may be over before the second looks.
    for (const { allowed } of stage.alive(stage.coordinators)) {
      for (const code of OVERTAKEN) allowed.add(code);
    }
  }

  async #killServer(forMs: number): Promise<void> {
    const { stage } = this.#options;
    if (!stage.isServerUp) return this.#note("it is away already");
    stage.isServerUp = false;
    stage.excuseStarting(performance.now());
    await stage.server.kill();
    this.#count("kills");
    this.#later(forMs, () => this.#restartServer());
  }

  async #restartServer(): Promise<void> {
    const { stage, watch } = this.#options;
    await stage.server.restart();
    stage.isServerUp = true;
    watch.renew();
    this.#count("restarts");
    this.#note("the server is back");
  }

  #freezeServer(forMs: number): void {
    const { stage } = this.#options;
    if (!stage.isServerUp) return this.#note("it is away");
    const { pid } = stage.server;
    stage.excuseStarting(performance.now());
    signalTo(pid, "SIGSTOP");
    this.#count("freezes");
    this.#later(forMs, () => {
      signalTo(pid, "SIGCONT");
      this.#note("the server goes on");
    });
  }

  #slowServer(forMs: number): void {
    const { stage } = this.#options;
    if (!stage.isServerUp) return this.#note("it is away");
    const { pid } = stage.server;
    this.#count("freezes");
    this.#inBackground((async () => {
      for (let passed = 0; passed < forMs; passed += 10 * SLICE_MS) {
        signalTo(pid, "SIGSTOP");
        await sleep(9 * SLICE_MS);
        signalTo(pid, "SIGCONT");
        await sleep(SLICE_MS);
      }
      this.#note("the server is fast again");
    })());
  }

  async #cut({ whose, how, forMs }: Extract<Act, { kind: "cut" }>): Promise<void> {
    const { stage } = this.#options;
    const wire = stage.wireOf(whose);
    stage.excuseStarting(performance.now());
    this.#count("partitions");
    if (whose === "workers" && stage.host !== null) {
      const { host } = stage;
      stage.isLinkUp = false;
      await host.setLink(false);
      return this.#later(forMs, async () => {
        await host.setLink(true);
        stage.isLinkUp = true;
        this.#note("the cable between the hosts is mended");
      });
    }
    if (how === "stall") wire.stall();
    else wire.sever();
    this.#later(forMs, () => {
      wire.mend();
      this.#note(`the ${whose}' cable is mended`);
    });
  }

  async #killAll(): Promise<void> {
    const { stage } = this.#options;
    const isUp = stage.isServerUp;
    stage.isServerUp = false;
    const workers = stage.alive(stage.workers);
    this.#end([...workers, ...stage.alive(stage.coordinators)], "SIGKILL");
    // Whoever has killed the server starts it again.
    if (!isUp) return;
    await stage.server.kill();
    this.#count("kills");
    await this.#restartServer();
    for (const _ of workers) {
      stage.addWorker();
      this.#count("restarts");
    }
  }

  #repeatLease(index: number): void {
    const { stage: { transport }, sweep } = this.#options;
    this.#background.push(
      (async () => {
        const view = await readSweepView(transport.journal.read(sweep));
        const packs = view?.ledger.packs.length ?? 0;
        const pack = parsePackId(index % Math.max(1, packs));
        // Twice: the queue takes them for different offers.
        for (const id of ["chaos-1", "chaos-2"]) {
          await transport.publisher.publish({ v: 1, sweep, pack }, { id: `${pack}.${id}` });
        }
      })().catch((error) => this.#note(`not repeated: ${error}`)),
    );
  }

  #skewClock({ of, skew }: Extract<Act, { kind: "skewClock" }>, event: SweepEvent): void {
    const { stage } = this.#options;
    const actor = of === "coordinator"
      ? stage.alive(stage.coordinators).at(-1)
      : this.#worker(of, event);
    if (actor === undefined) return this.#note("nobody has a clock");
    actor.process.tell(JSON.stringify(skew));
    this.#count("skews");
    this.#note(`the clock of ${actor.name}`);
  }
}

/** Waits for so many milliseconds. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function signalTo(pid: number, signal: Deno.Signal): void {
  try {
    Deno.kill(pid, signal);
  } catch { /* somebody has killed it */ }
}
