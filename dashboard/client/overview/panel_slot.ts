/** The places in the overview that hold what the server draws. */

/** Below the curves, or below the best configuration. */
export type PanelSlot = "results" | "side";

/** The class of a place. */
export function slotClass(slot: PanelSlot): string {
  return `stack slot slot-${slot}`;
}
