/** Whether keys without a modifier do something: who dictates or has a tremor may switch them off. */
/// <reference lib="dom" />

const KEY = "trawl-single-keys";

let isOn = stored();

function stored(): boolean {
  try {
    return localStorage.getItem(KEY) !== "off";
  } catch {
    return true; // storage may be forbidden
  }
}

/** Whether they are on. */
export function areSingleKeysOn(): boolean {
  return isOn;
}

/** Switches them, and remembers. */
export function switchSingleKeys(on: boolean): void {
  isOn = on;
  try {
    localStorage.setItem(KEY, on ? "on" : "off");
  } catch {
    // It holds for this page.
  }
}
