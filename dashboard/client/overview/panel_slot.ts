/** The places in the overview that hold what the server draws. */

/** Below the curves, beside them, and below both: what ranks and fails, then what it is made of. */
export type PanelSlot = "results" | "side" | "tables" | "foot";

/** The class of a place. */
export function slotClass(slot: PanelSlot): string {
  return `stack slot slot-${slot}`;
}
