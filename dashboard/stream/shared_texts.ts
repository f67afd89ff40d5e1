/** What all clients of a sweep are told alike, put into words once for each state of its journal. */
import type { Presence } from "../../core/protocol/presence.ts";
import type { CurveUpdate } from "../client/model.ts";
import { formatEventId } from "../event_id.ts";
import type { LiveSweep } from "../live_sweep.ts";
import { liveState } from "../state/overview_snapshot.ts";
import { progress } from "../state/progress.ts";
import { sweepFacts } from "../state/sweep_facts.ts";

/** How much of a sweep is told. */
export type Extent =
  | { readonly kind: "all"; readonly limit: number }
  /** How far it is, without points. */
  | { readonly kind: "progress" };

/** The sections of a state: their names, and their values as JSON. */
export type Sections = ReadonlyMap<string, string>;

/** Stretches of points that are kept: clients are told at the same moments, so few differ. */
const STRETCHES = 8;
/** Extents whose sections are kept: a sweep that is over stands still, and limits are many. */
const EXTENTS = 8;

/** The texts of one sweep. */
export class SharedTexts {
  readonly #live: LiveSweep;
  readonly #sections = new Map<string, Sections>();
  readonly #points = new Map<string, string | null>();
  #version = -1;
  #workers: readonly Presence[] | null = null;

  constructor(live: LiveSweep) {
    this.#live = live;
  }

  /** The state at the journal's present end. */
  sections(extent: Extent, workers: readonly Presence[]): Sections {
    const { version } = this.#live;
    if (version !== this.#version || workers !== this.#workers) this.#sections.clear();
    this.#version = version;
    this.#workers = workers;
    const key = extent.kind === "all" ? String(extent.limit) : extent.kind;
    const known = this.#sections.get(key);
    if (known !== undefined) return known;
    const live = this.#live;
    const state = extent.kind === "all"
      ? liveState(live, { limit: extent.limit, workers })
      : { progress: progress(live) };
    const made = new Map(
      Object.entries({ facts: sweepFacts(live.view), ...state })
        .map(([name, value]) => [name, JSON.stringify(value)]),
    );
    if (this.#sections.size >= EXTENTS) this.#sections.clear();
    this.#sections.set(key, made);
    return made;
  }

  /** The points after a sequence, as a `metrics` body; "" if there are none, null if they are lost. */
  pointsSince(sequence: number): string | null {
    const { epoch, view, recent } = this.#live;
    const asOf = formatEventId({ epoch, sequence: view.sequence });
    const key = `${sequence} ${asOf}`;
    const known = this.#points.get(key);
    if (known !== undefined) return known;
    const points = recent.since(sequence);
    const text = points === null ? null : bodyOf(asOf, points);
    this.#points.set(key, text);
    const oldest = this.#points.keys().next().value;
    if (this.#points.size > STRETCHES && oldest !== undefined) this.#points.delete(oldest);
    return text;
  }
}

function bodyOf(asOf: string, points: readonly CurveUpdate[]): string {
  return points.length === 0 ? "" : JSON.stringify({ asOf, points });
}
