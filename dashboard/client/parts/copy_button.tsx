/** A button that copies what the page shows anyway; a script does it, without one it is not there. */
import type { VNode } from "preact";

/** What is copied: the text in the same `details`, or that of each one in the same `section`. */
export type Copied = "one" | "all";

/** The button; `live/copying.ts` listens for it. */
export function CopyButton(
  { label, what }: { readonly label: string; readonly what: Copied },
): VNode {
  return (
    <button type="button" class="button needs-script" data-copy={what} data-label={label}>
      {label}
    </button>
  );
}
