/** What a conformance process says, a JSON object a line. */

/** The outcome of one case, or why there is none. */
export type ConformanceLine =
  | { readonly type: "unavailable"; readonly reason: string }
  | { readonly type: "backend"; readonly device: string }
  | {
    readonly type: "case";
    readonly name: string;
    /** The largest difference from `cpu` of any loss, metric, weight or optimizer slot. */
    readonly difference: number;
    /** The same between a lane alone and the same lane in the pack, on this backend. */
    readonly loneDifference: number;
    /** How many tensors were left behind. */
    readonly leaked: number;
  };

/** The largest allowed difference, relative to max(1, the size of the number). */
export const TOLERANCE = 1e-4;
