/** Short news of what a key has done: seen for a moment, and spoken. */
/// <reference lib="dom" />

const SEEN_MS = 5_000;
/** Who walks along a chart with a key held down hears where it ends, not every step. */
const SPOKEN_AFTER_MS = 250;

let hiding: ReturnType<typeof setTimeout> | undefined;
let speaking: ReturnType<typeof setTimeout> | undefined;

/** Says a sentence. */
export function say(text: string): void {
  const seen = document.getElementById("toast");
  const spoken = document.getElementById("spoken");
  if (seen === null || spoken === null) return;
  seen.textContent = text;
  seen.hidden = text === "";
  clearTimeout(hiding);
  hiding = setTimeout(() => seen.hidden = true, SEEN_MS);
  clearTimeout(speaking);
  speaking = setTimeout(() => spoken.textContent = text, SPOKEN_AFTER_MS);
}
