/** Where things are in the contour's picture, in its own units. */

/** The picture's width. */
export const WIDTH = 640;
/** The picture's height. */
export const HEIGHT = 400;
/** What the names of the vertical axis take. */
export const LEFT = 76;
/** What is left free on the right. */
export const RIGHT = 36;
/** What is left free above. */
export const TOP = 12;
/** What the names of the horizontal axis take. */
export const BOTTOM = 52;

/** Where a share of the horizontal axis is. */
export function contourX(share: number): number {
  return LEFT + share * (WIDTH - LEFT - RIGHT);
}

/** Where a share of the vertical axis is: 0 is its lower end. */
export function contourY(share: number): number {
  return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
}
