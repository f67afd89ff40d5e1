/**
 * The points of all curves of a sweep, packed: a report of a running trial is what there is most of.
 * A point takes a slot of 8 bytes for its links and one for each metric; objects would take 150.
 */
import type { TrialId } from "../domain/ids.ts";
import type { Metrics } from "../domain/sweep_event.ts";
import type { Epoch, Instant } from "../domain/units.ts";

/** One point of a trial's curves. */
export interface CurvePoint {
  readonly epoch: Epoch;
  readonly metrics: Metrics;
}

/** A point as it is reported. */
export interface ReportedPoint extends CurvePoint {
  readonly at: Instant;
}

/** One value of a curve, with when it was reported. */
export interface CurveSample {
  readonly epoch: Epoch;
  readonly at: Instant;
  readonly value: number;
}

/** Slots of a chunk: one is never copied, and small sweeps need no more than one. */
const CHUNK_SLOTS = 4_096;

/** Slots as numbers, and the same memory as pairs of links. */
interface Chunk {
  readonly values: Float64Array;
  readonly links: Uint32Array;
}

/** A point's place, as long as nothing is added. */
interface Place {
  /** Its first slot; 0 is nobody's: a link to it ends a curve. */
  readonly slot: number;
  readonly moment: number;
}

/**
 * Curves by trial, each a chain from its last epoch back to its first. A point's first slot holds the
 * slot of the point before it and the number of its moment; its values follow, bit by bit as they
 * were reported. What the lanes of a report share is kept once, as a moment.
 */
export class CurvePoints {
  readonly #chunks: Chunk[] = [];
  #end = 1;
  readonly #last: number[] = [];
  readonly #lengths: number[] = [];
  readonly #epochs: Epoch[] = [];
  readonly #times: Instant[] = [];
  readonly #layoutOf: number[] = [];
  /** Names of metrics in the order in which they were reported. */
  readonly #layouts: (readonly string[])[] = [];
  readonly #layoutIds = new Map<string, number>();

  /** Memory of all chunks. */
  get byteLength(): number {
    return this.#chunks.length * CHUNK_SLOTS * 8;
  }

  /** How many points a trial has. */
  length(trial: TrialId): number {
    return this.#lengths[trial] ?? 0;
  }

  /** Adds a point in the order of epochs; it replaces an earlier one of the same epoch. */
  add(trial: TrialId, { epoch, metrics, at }: ReportedPoint): void {
    while (this.#last.length <= trial) {
      this.#last.push(0);
      this.#lengths.push(0);
    }
    const moment = this.#moment({ epoch, at, layout: this.#layout(metrics) });
    // A new attempt repeats the epochs since the checkpoint: it is near the end of the chain.
    let after = 0;
    let before = this.#last[trial] ?? 0;
    while (before !== 0 && this.#epochAt(before) > epoch) {
      after = before;
      before = this.#link(before, 0);
    }
    const isRepeated = before !== 0 && this.#epochAt(before) === epoch;
    if (isRepeated) before = this.#link(before, 0);
    else this.#lengths[trial] = this.length(trial) + 1;
    const slot = this.#append({ before, moment, metrics });
    if (after === 0) this.#last[trial] = slot;
    else this.#setLink(after, 0, slot);
  }

  /** All points of a trial by their epochs: made anew for whoever asks. */
  points(trial: TrialId): readonly CurvePoint[] {
    return this.#places(trial).map((place) => ({
      epoch: this.#epochAt(place.slot),
      metrics: this.#metricsAt(place),
    }));
  }

  /** When each of these was reported. */
  times(trial: TrialId): readonly Instant[] {
    return this.#places(trial).flatMap(({ moment }) => this.#times[moment] ?? []);
  }

  /** The metrics of its last epoch; null before its first report. */
  lastMetrics(trial: TrialId): Metrics | null {
    const slot = this.#last[trial] ?? 0;
    return slot === 0 ? null : this.#metricsAt({ slot, moment: this.#link(slot, 1) });
  }

  /** The names of all metrics that it reported. */
  metricNames(trial: TrialId): ReadonlySet<string> {
    const layouts = new Set(this.#places(trial).map(({ moment }) => this.#layoutOf[moment] ?? 0));
    return new Set([...layouts].flatMap((layout) => this.#layouts[layout] ?? []));
  }

  /** The points that have a metric, without an object for each point that has others. */
  samples(trial: TrialId, metric: string): readonly CurveSample[] {
    const offsets = this.#layouts.map((names) => names.indexOf(metric));
    const samples: CurveSample[] = [];
    for (const { slot, moment } of this.#places(trial)) {
      const offset = offsets[this.#layoutOf[moment] ?? 0] ?? -1;
      const [epoch, at] = [this.#epochs[moment], this.#times[moment]];
      if (offset < 0 || epoch === undefined || at === undefined) continue;
      samples.push({ epoch, at, value: this.#value(slot + 1 + offset) });
    }
    return samples;
  }

  #places(trial: TrialId): readonly Place[] {
    const places: Place[] = [];
    for (let slot = this.#last[trial] ?? 0; slot !== 0; slot = this.#link(slot, 0)) {
      places.push({ slot, moment: this.#link(slot, 1) });
    }
    return places.reverse();
  }

  #metricsAt({ slot, moment }: Place): Metrics {
    const names = this.#layouts[this.#layoutOf[moment] ?? 0] ?? [];
    // Whatever a metric is called, it is a property of its own.
    return Object.fromEntries(names.map((name, index) => [name, this.#value(slot + 1 + index)]));
  }

  #epochAt(slot: number): Epoch {
    const epoch = this.#epochs[this.#link(slot, 1)];
    if (epoch === undefined) throw new RangeError(`Cannot read point ${slot}: it has no moment`);
    return epoch;
  }

  /** Of lanes that report together there is one: they come one after the other. */
  #moment(
    { epoch, at, layout }: {
      readonly epoch: Epoch;
      readonly at: Instant;
      readonly layout: number;
    },
  ): number {
    const last = this.#epochs.length - 1;
    const isLast = this.#epochs[last] === epoch && this.#times[last] === at &&
      this.#layoutOf[last] === layout;
    if (isLast) return last;
    this.#epochs.push(epoch);
    this.#times.push(at);
    this.#layoutOf.push(layout);
    return last + 1;
  }

  #layout(metrics: Metrics): number {
    const names = Object.keys(metrics);
    const newest = this.#layoutOf.at(-1) ?? -1;
    const known = this.#layouts[newest];
    if (known?.length === names.length && known.every((name, i) => name === names[i])) {
      return newest;
    }
    const key = JSON.stringify(names);
    const found = this.#layoutIds.get(key);
    if (found !== undefined) return found;
    this.#layoutIds.set(key, this.#layouts.length);
    return this.#layouts.push(names) - 1;
  }

  #append(
    { before, moment, metrics }: {
      readonly before: number;
      readonly moment: number;
      readonly metrics: Metrics;
    },
  ): number {
    const values = Object.values(metrics);
    const slot = this.#end;
    this.#end += 1 + values.length;
    while (this.#chunks.length * CHUNK_SLOTS < this.#end) {
      const buffer = new ArrayBuffer(CHUNK_SLOTS * 8);
      this.#chunks.push({ values: new Float64Array(buffer), links: new Uint32Array(buffer) });
    }
    this.#setLink(slot, 0, before);
    this.#setLink(slot, 1, moment);
    for (const [index, value] of values.entries()) this.#setValue(slot + 1 + index, value);
    return slot;
  }

  #value(slot: number): number {
    return this.#chunks[Math.floor(slot / CHUNK_SLOTS)]?.values[slot % CHUNK_SLOTS] ?? NaN;
  }

  #setValue(slot: number, value: number): void {
    const chunk = this.#chunks[Math.floor(slot / CHUNK_SLOTS)];
    if (chunk !== undefined) chunk.values[slot % CHUNK_SLOTS] = value;
  }

  #link(slot: number, which: 0 | 1): number {
    return this.#chunks[Math.floor(slot / CHUNK_SLOTS)]?.links[slot % CHUNK_SLOTS * 2 + which] ?? 0;
  }

  #setLink(slot: number, which: 0 | 1, value: number): void {
    const chunk = this.#chunks[Math.floor(slot / CHUNK_SLOTS)];
    if (chunk !== undefined) chunk.links[slot % CHUNK_SLOTS * 2 + which] = value;
  }
}
