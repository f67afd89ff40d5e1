/** The newest curve points of a sweep, kept for clients that ask what came after a sequence. */
import type { CurveUpdate } from "./client/model.ts";

interface Stretch {
  readonly sequence: number;
  readonly points: readonly CurveUpdate[];
}

/** How much is kept, and how much is handed out at once. */
export interface RecentPointsOptions {
  readonly capacity: number;
  readonly batch: number;
}

/**
 * A bounded log shared by all clients. Each of them holds no more than its place in it, so a slow
 * client costs nothing: it falls behind the log's floor and is told to start over.
 */
export class RecentPoints {
  readonly #options: RecentPointsOptions;
  #stretches: Stretch[] = [];
  #size = 0;
  #floor = 0;

  constructor(options: RecentPointsOptions = { capacity: 20_000, batch: 5_000 }) {
    this.#options = options;
  }

  /** Points held at present. */
  get size(): number {
    return this.#size;
  }

  /** Adds what one journal entry reported. */
  push(sequence: number, points: readonly CurveUpdate[]): void {
    if (points.length === 0) return;
    this.#stretches.push({ sequence, points });
    this.#size += points.length;
    let dropped = 0;
    while (this.#size > this.#options.capacity) {
      const oldest = this.#stretches[dropped];
      if (oldest === undefined) break;
      this.#size -= oldest.points.length;
      this.#floor = oldest.sequence;
      dropped++;
    }
    if (dropped > 0) this.#stretches = this.#stretches.slice(dropped);
  }

  /** All points after a sequence; null if some of them are gone or they are too many to send. */
  since(sequence: number): readonly CurveUpdate[] | null {
    if (sequence < this.#floor) return null;
    let start = this.#stretches.length;
    let count = 0;
    while (start > 0) {
      const stretch = this.#stretches[start - 1];
      if (stretch === undefined || stretch.sequence <= sequence) break;
      count += stretch.points.length;
      if (count > this.#options.batch) return null;
      start--;
    }
    return this.#stretches.slice(start).flatMap((stretch) => stretch.points);
  }
}
