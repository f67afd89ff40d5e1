/** Where things are in the contour's picture, in its own units. */

export const WIDTH = 640;
export const HEIGHT = 400;
export const LEFT = 76;
export const RIGHT = 20;
export const TOP = 12;
export const BOTTOM = 52;

/** Where a share of the horizontal axis is. */
export function contourX(share: number): number {
  return LEFT + share * (WIDTH - LEFT - RIGHT);
}

/** Where a share of the vertical axis is: 0 is its lower end. */
export function contourY(share: number): number {
  return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
}
