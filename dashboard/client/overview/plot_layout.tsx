/** The overview's pictures in two shapes: the style sheet shows the one that fits the window. */
import type { VNode } from "preact";
import { ticks } from "../charts/axis.ts";
import type { Range } from "../model.ts";
import { formatValue } from "../parts/format.ts";

/** A picture's shape, in its own units: about pixels where it is shown. */
export interface PlotLayout {
  readonly width: number;
  /** Where the field begins: what the vertical axis takes. */
  readonly left: number;
  /** Where the field ends. */
  readonly right: number;
  /** At most so many names along an axis. */
  readonly most: number;
}

const WIDE: PlotLayout = { width: 760, left: 80, right: 744, most: 8 };
const NARROW: PlotLayout = { width: 350, left: 64, right: 340, most: 4 };

/** The same picture twice: for a wide window, and for a phone, where the wide one's words are tiny. */
export function BothShapes(
  { draw }: { readonly draw: (layout: PlotLayout) => VNode },
): VNode {
  return (
    <>
      <div class="wide-plot">{draw(WIDE)}</div>
      <div class="narrow-plot">{draw(NARROW)}</div>
    </>
  );
}

/** The lines of the vertical axis and their names. */
export function PlotGrid(
  { layout: { left, right }, range, y }: {
    readonly layout: PlotLayout;
    readonly range: Range;
    readonly y: (value: number) => number;
  },
): VNode {
  return (
    <>
      {ticks(range, 6).map((tick) => (
        <g key={tick}>
          <line class="grid" x1={left} x2={right} y1={y(tick)} y2={y(tick)} />
          <text class="tick" x={left - 8} y={y(tick) + 4} text-anchor="end">
            {formatValue(tick)}
          </text>
        </g>
      ))}
    </>
  );
}
