/** How many points of curves a page may hold that shows more than curves. */

/** Of all curves together, about; the Curves page shows the rest. */
export const PAGE_POINTS = 1_500;
