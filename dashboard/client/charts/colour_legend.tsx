/** The ten steps of colour with the values at their ends. */
import type { ComponentChildren, VNode } from "preact";

/** The legend: `low` and `high` are what the weakest and the strongest colour stand for. */
export function ColourLegend(
  { low, high, children }: {
    readonly low: string;
    readonly high: string;
    readonly children?: ComponentChildren;
  },
): VNode {
  return (
    <p class="colour-legend">
      <span>{low}</span>
      <svg width="160" height="12" viewBox="0 0 160 12" aria-hidden="true">
        {Array.from(
          { length: 10 },
          (_, step) => (
            <rect
              key={step}
              class={`tone seq-${step}`}
              x={step * 16}
              y="0"
              width="16"
              height="12"
            />
          ),
        )}
      </svg>
      <span>{high}</span>
      {children}
    </p>
  );
}
