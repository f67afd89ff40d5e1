/** Where things are in the picture of parallel coordinates, in its own units. */

/** The distance between neighbouring axes. */
export const AXIS_GAP = 140;
/** Room left of the first axis, for its ticks, and right of the last. */
export const LEFT = 76;
export const RIGHT = 76;
export const HEIGHT = 400;
/** The ends of an axis. */
export const TOP = 40;
export const BOTTOM = 312;

const LANE = 20;

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
