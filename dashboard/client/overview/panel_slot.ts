/** The places in the overview that hold what the server draws. */

/** Beside the curves, below the best configuration, or across the page. */
export type PanelSlot = "results" | "side" | "course";

/** The class of a place. */
export function slotClass(slot: PanelSlot): string {
  return `stack slot slot-${slot}`;
}
