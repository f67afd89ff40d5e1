/** How many configurations a filter leaves of those that have a result. */
import type { ComponentChildren, VNode } from "preact";
import { formatCount } from "../parts/format.ts";
import type { FilteredConfigurations } from "./panels_model.ts";

/** The note; nothing without a filter. */
export function FilteredNote({ filtered, children }: {
  readonly filtered: FilteredConfigurations | null;
  readonly children?: ComponentChildren;
}): VNode | null {
  if (filtered === null) return null;
  return (
    <p class="note" data-filtered-configurations={filtered.ranked}>
      {filteredWords(filtered)} {children}
    </p>
  );
}

/** The same as a sentence. */
export function filteredWords({ ranked, of }: FilteredConfigurations): string {
  return `Filtered: ${formatCount(ranked)} of ${formatCount(of)} ranked configurations.`;
}
