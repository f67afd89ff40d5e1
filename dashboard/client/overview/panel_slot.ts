/** The places in the overview that hold what the server draws. */

/** Above all; below the curves, beside them, and below both: what ranks and fails, then what it is made of. */
export type PanelSlot = "filter" | "results" | "side" | "tables" | "foot";

/** The class of a place. */
export function slotClass(slot: PanelSlot): string {
  return `stack slot slot-${slot}`;
}
