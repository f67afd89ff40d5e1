/** Where things are in the picture of parallel coordinates, in its own units. */

/** The least and the largest distance between neighbouring axes, and what all of them may take. */
const [LEAST_GAP, LARGEST_GAP, ROOM] = [140, 360, 1_000];
/** The part of a choice's place that may be used, and how many items a choice need it all. */
const SPREAD = 0.5;
const CROWD = 12;

/** Room left of the first axis, for its ticks. */
export const LEFT = 76;
/** Room right of the last axis. */
export const RIGHT = 76;
/** Where an axis begins. */
export const TOP = 64;
/** Where an axis ends. */
export const BOTTOM = 336;

const LANE = 20;

/** Where an axis is, of so many parameters' axes; the objective's comes after them. */
export function xOf(index: number, parameters: number): number {
  return LEFT + index * Math.max(LEAST_GAP, Math.min(LARGEST_GAP, ROOM / parameters));
}

/** The height of the picture with so many lanes below the axes. */
export function heightOf(lanes: number): number {
  return laneY(lanes) - (lanes === 0 ? 8 : 4);
}

/**
 * How far lines or points of one choice are spread: as far as half of its place where there are
 * many of them, hardly where there are few.
 */
export function spreadOf(choices: number, items: number): number {
  return SPREAD / choices * Math.min(1, items / (CROWD * choices));
}

/** Where a share of an axis is: 0 is its lower end. */
export function yOf(share: number): number {
  return BOTTOM - share * (BOTTOM - TOP);
}

/** The lane of an outcome that has no number, from 0. */
export function laneY(lane: number): number {
  return BOTTOM + 24 + lane * LANE;
}

/** The lane of parameters that a configuration does not have. */
export function absentY(): number {
  return laneY(0);
}
