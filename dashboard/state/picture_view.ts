/** The picture of a task, laid out: places in a frame, so that a page only has to draw. */
import type { TaskPicture } from "../../core/domain/trial_result.ts";
import {
  type ChartScale,
  chartScale,
  rangeOf,
  tickText,
} from "../../core/views/report/chart_scale.ts";
import {
  BANDS,
  gridValue,
  regionAbove,
  type SurfaceValues,
} from "../../core/views/report/contour.ts";
import type { Frame, PictureView } from "../client/trial/trial_model.ts";
import { levelLine } from "./level_line.ts";

type Surface = Extract<TaskPicture, { kind: "surface" }>;
type Fit = Extract<TaskPicture, { kind: "curve" }>;
type Size = Omit<Frame, "x" | "y">;

const SQUARE: Size = { width: 420, height: 420, left: 44, right: 412, top: 8, bottom: 380 };
const WIDE: Size = { width: 800, height: 360, left: 56, right: 788, top: 8, bottom: 320 };

/**
 * The drawing. `classes`: names of a classification's classes. `epoch`: which of a surface's
 * snapshots is drawn; the result where there is no such one.
 */
export function pictureView(
  picture: TaskPicture,
  classes: readonly string[],
  epoch: number | null,
): PictureView {
  switch (picture.kind) {
    case "surface":
      return surfaceView(picture, classes, epoch);
    case "curve":
      return fitView(picture);
    default:
      return picture satisfies never;
  }
}

/** What a surface was after an epoch; the result where nobody kept that. */
export function surfaceAt(
  { x, y, values, epoch, snapshots }: Surface,
  asked: number | null,
): SurfaceValues & { readonly epoch: number | null } {
  const found = snapshots.find((one) => one.epoch === asked);
  if (found === undefined) return { x, y, values, epoch };
  const { side: count } = found;
  return { x: { ...x, count }, y: { ...y, count }, values: found.values, epoch: found.epoch };
}

function surfaceView(
  surface: Surface,
  classes: readonly string[],
  asked: number | null,
): PictureView {
  const shown = surfaceAt(surface, asked);
  const { x, y } = scalesOf(SQUARE, {
    x: [surface.x.min, surface.x.max],
    y: [surface.y.min, surface.y.max],
  });
  const place = (column: number, row: number): string =>
    `${x.at(gridValue(shown.x, column))} ${y.at(gridValue(shown.y, row))}`;
  return {
    kind: "surface",
    frame: frameOf(SQUARE, { x, y }),
    bands: Array.from(
      { length: BANDS - 1 },
      (_, index) => regionAbove(shown, { threshold: (index + 1) / BANDS, place }),
    ),
    boundary: levelLine(shown, { level: 0.5, place }),
    points: surface.points.map((point) => ({
      x: x.at(point.x),
      y: y.at(point.y),
      label: point.label === 1 ? 1 : 0,
    })),
    classes: [classes[0] ?? "0", classes[1] ?? "1"],
    epochs: surface.epoch === null
      ? []
      : [...surface.snapshots.map(({ epoch }) => epoch), surface.epoch],
    epoch: shown.epoch,
  };
}

function fitView({ x: inputs, truth, points, snapshots }: Fit): PictureView {
  const last = snapshots.at(-1)?.y ?? [];
  const targets = [...points.map(({ y }) => y), ...truth ?? [], ...last];
  const { x, y } = scalesOf(WIDE, {
    x: rangeOf([...inputs, ...points.map((point) => point.x)], 0.01),
    y: rangeOf(targets, 0.06),
  });
  const line = (ys: readonly number[]): string =>
    inputs.flatMap((input, index) => {
      const value = ys[index];
      return value === undefined ? [] : [`${x.at(input)},${y.at(value)}`];
    }).join(" ");
  return {
    kind: "fit",
    frame: frameOf(WIDE, { x, y }),
    truth: truth === null ? null : line(truth),
    snapshots: snapshots.map(({ epoch, y: ys }) => ({ epoch, points: line(ys) })),
    dots: points.map((point) => ({ x: x.at(point.x), y: y.at(point.y) })),
  };
}

interface Scales {
  readonly x: ChartScale;
  readonly y: ChartScale;
}

function scalesOf(
  { left, right, top, bottom }: Size,
  ranges: { readonly x: readonly [number, number]; readonly y: readonly [number, number] },
): Scales {
  return {
    x: chartScale(ranges.x, { from: left, to: right, ticks: 6 }),
    y: chartScale(ranges.y, { from: bottom, to: top, ticks: 6 }),
  };
}

function frameOf(size: Size, { x, y }: Scales): Frame {
  const ticks = ({ at, ticks }: ChartScale) =>
    ticks.map((tick) => ({ at: at(tick), text: tickText(tick) }));
  return { ...size, x: ticks(x), y: ticks(y) };
}
