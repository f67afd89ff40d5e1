/** What workers measured in the last minutes: as much as fits a small picture, for each that lives. */
import type { WorkerLoad } from "../core/protocol/worker_load.ts";
import type { Presence } from "../core/protocol/presence.ts";

/** How far back is looked. */
export const LOAD_MS = 600_000;
/** Parts of that time; of each the latest measurement is kept. */
export const LOAD_PARTS = 40;
const PART_MS = LOAD_MS / LOAD_PARTS;

interface Kept {
  readonly part: number;
  readonly load: WorkerLoad;
}

/** The measurements of all workers. */
export class LoadHistory {
  readonly #workers = new Map<string, Kept[]>();

  /** Takes in what workers say at this time, and forgets what is too old. */
  add(presences: readonly Pick<Presence, "worker" | "load">[], now: number): void {
    const part = Math.floor(now / PART_MS);
    for (const { worker, load } of presences) {
      if (load === undefined) continue;
      const kept = this.#workers.get(worker) ?? [];
      // A worker that hangs repeats its last one; a clock that was set back begins anew.
      if (kept.at(-1)?.load.at === load.at) continue;
      while ((kept.at(-1)?.part ?? -1) >= part) kept.pop();
      kept.push({ part, load });
      this.#workers.set(worker, kept);
    }
    for (const [worker, kept] of this.#workers) {
      while (kept[0] !== undefined && kept[0].part <= part - LOAD_PARTS) kept.shift();
      if (kept.length === 0) this.#workers.delete(worker);
    }
  }

  /** One for each part of the last minutes, the present one last; null: nothing was heard then. */
  of(worker: string, now: number): readonly (WorkerLoad | null)[] {
    const first = Math.floor(now / PART_MS) - LOAD_PARTS + 1;
    const parts = new Array<WorkerLoad | null>(LOAD_PARTS).fill(null);
    for (const { part, load } of this.#workers.get(worker) ?? []) {
      if (part >= first && part < first + LOAD_PARTS) parts[part - first] = load;
    }
    return parts;
  }

  /** How many workers are known. */
  get size(): number {
    return this.#workers.size;
  }
}
