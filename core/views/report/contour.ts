/** A probability over the plane as filled contours, as SVG: marching squares by clipping cells. */
import type { GridAxis, TaskPicture } from "../../domain/trial_result.ts";
import { chartScale, round, tickText } from "./chart_scale.ts";
import { html, type Markup } from "./markup.ts";

type Surface = Extract<TaskPicture, { kind: "surface" }>;

/** What contours are drawn of. */
export type SurfaceValues = Pick<Surface, "x" | "y" | "values">;

/** Bands between 0 and 1; a line is drawn where the classes are equally likely. */
export const BANDS = 10;
const SIZE = { width: 380, height: 380, left: 46, right: 10, top: 10, bottom: 40 };

/** The SVG element: filled contours, the line at 0.5, the data on top. */
export function contourChart(
  surface: SurfaceValues & Pick<Surface, "points">,
  { title }: { readonly title: string },
): Markup {
  const right = SIZE.width - SIZE.right;
  const bottom = SIZE.height - SIZE.bottom;
  const x = chartScale([surface.x.min, surface.x.max], { from: SIZE.left, to: right, ticks: 5 });
  const y = chartScale([surface.y.min, surface.y.max], { from: bottom, to: SIZE.top, ticks: 5 });
  const place = (column: number, row: number): string =>
    `${x.at(gridValue(surface.x, column))} ${y.at(gridValue(surface.y, row))}`;
  const bands = Array.from({ length: BANDS - 1 }, (_, index) => index + 1);
  return html`
    <svg class="chart surface" viewBox="0 0 ${SIZE.width} ${SIZE.height}" role="img"
      aria-label="${title}">
    <rect class="band-0" x="${SIZE.left}" y="${SIZE.top}" width="${right -
      SIZE.left}" height="${bottom - SIZE.top}"/>
    ${bands.map((band) =>
      html`
        <path class="band-${band}${band === BANDS / 2 ? " boundary" : ""}" d="${regionAbove(
          surface,
          { threshold: band / BANDS, place },
        )}" />
      `
    )}
    ${surface.points.map((point) =>
      html`
        <circle class="point class-${point.label === 1 ? 1 : 0}" cx="${x.at(point.x)}" cy="${y.at(
          point.y,
        )}" r="2.6" />
      `
    )}
    <g class="axes">${x.ticks.map((tick) =>
      html`<text class="tick" x="${x.at(tick)}" y="${bottom + 16}" text-anchor="middle">${
        tickText(tick)
      }</text>`
    )}${y.ticks.map((tick) =>
      html`<text class="tick" x="${SIZE.left - 6}" y="${round(y.at(tick) + 4)}" text-anchor="end">${
        tickText(tick)
      }</text>`
    )}<text class="name" x="${(SIZE.left + right) / 2}" y="${SIZE.height -
      6}" text-anchor="middle">first input</text>
    <text class="name" transform="translate(12 ${(SIZE.top + bottom) /
      2}) rotate(-90)" text-anchor="middle">second input</text></g>
    </svg>
  `;
}

/** Where a line of the grid lies. */
export function gridValue({ min, max, count }: GridAxis, index: number): number {
  return count < 2 ? min : min + (max - min) * index / (count - 1);
}

interface Region {
  readonly threshold: number;
  /** The text of a place, by grid coordinates that need not be whole. */
  readonly place: (column: number, row: number) => string;
}

/**
 * The region where the bilinear surface is at least `threshold`, as an SVG path. Cells that lie in it
 * whole are joined along their row; others are clipped along the straight line between the crossings
 * of their edges.
 */
export function regionAbove(
  { x, y, values }: SurfaceValues,
  { threshold, place }: Region,
): string {
  const at = (column: number, row: number): number => values[row * x.count + column] ?? -Infinity;
  const parts: string[] = [];
  for (let row = 0; row + 1 < y.count; row++) {
    let from: number | null = null;
    for (let column = 0; column < x.count; column++) {
      const corners: readonly Corner[] = column + 1 < x.count ? cornersOf(column, row, at) : [];
      const isWhole = corners.length > 0 && corners.every(({ value }) => value >= threshold);
      if (isWhole) {
        from ??= column;
        continue;
      }
      if (from !== null) {
        const ring = [place(from, row), place(column, row), place(column, row + 1)];
        parts.push(`M${[...ring, place(from, row + 1)].join("L")}Z`);
        from = null;
      }
      const clipped = clip(corners, threshold).map((corner) => place(corner.column, corner.row));
      if (clipped.length > 2) parts.push(`M${clipped.join("L")}Z`);
    }
  }
  return parts.join("");
}

interface Corner {
  readonly column: number;
  readonly row: number;
  readonly value: number;
}

function cornersOf(
  column: number,
  row: number,
  at: (column: number, row: number) => number,
): readonly Corner[] {
  return [[column, row], [column + 1, row], [column + 1, row + 1], [column, row + 1]]
    .map(([c = 0, r = 0]) => ({ column: c, row: r, value: at(c, r) }));
}

/** The part of a polygon that is not below the threshold (Sutherland and Hodgman, 1974). */
function clip(corners: readonly Corner[], threshold: number): readonly Corner[] {
  const kept: Corner[] = [];
  for (const [index, corner] of corners.entries()) {
    const next = corners[(index + 1) % corners.length] ?? corner;
    if (corner.value >= threshold) kept.push(corner);
    if (corner.value >= threshold === next.value >= threshold) continue;
    const share = (threshold - corner.value) / (next.value - corner.value);
    kept.push({
      column: corner.column + share * (next.column - corner.column),
      row: corner.row + share * (next.row - corner.row),
      value: threshold,
    });
  }
  return kept;
}
