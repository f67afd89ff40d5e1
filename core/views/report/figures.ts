/** The drawings of a report, from what it says: one function a figure, each gives an SVG element. */
import type { Hyperparameters } from "../../domain/hyperparameters.ts";
import type { TaskPicture } from "../../domain/trial_result.ts";
import { contourChart } from "./contour.ts";
import { intervalChart } from "./interval_chart.ts";
import { lineChart, type LineSeries } from "./line_chart.ts";
import type { Markup } from "./markup.ts";
import type { CurvePanel } from "./mean_curves.ts";
import { configurationLabel, parameterText } from "./numbers.ts";
import type { ParameterEffect } from "./parameter_effects.ts";
import type { Ranking } from "./ranking.ts";

/** Rows of a ranking that are drawn. */
const DRAWN_ROWS = 20;
/** A loss that falls further than this is drawn over ratios. */
const LOG_FROM = 50;

/** Learning curves: the mean, and a band of one standard deviation to each side. */
export function curveFigure({ metric, unit, curves }: CurvePanel): Markup {
  const means = curves.flatMap(({ points }) => points.map(({ mean }) => mean));
  const [least, most] = [Math.min(...means), Math.max(...means)];
  const isLog = metric.endsWith("_loss") && least > 0 && most / least > LOG_FROM;
  return lineChart({
    title: `${metric} by epoch, mean over replicates with a band of one standard deviation`,
    xLabel: "epoch",
    yLabel: isLog ? `${metric} (log scale)` : metric,
    isLog,
    series: curves.map(({ rank, points }, index): LineSeries => ({
      label: `#${rank} ${unit}`,
      colour: index,
      points: points.map(({ epoch, mean }) => ({ x: epoch, y: mean })),
      band: points.flatMap(({ epoch, mean, sd }) =>
        sd === null ? [] : [{ x: epoch, lower: mean - sd, upper: mean + sd }]
      ),
    })),
  });
}

/** With more parameters than these a row's label has room for their values alone. */
const NAMED_PARAMETERS = 2;

/** What the labels of {@link rankingFigure} leave out: the parameters' names; empty if nothing. */
export function rankingLabelNote({ varied }: Ranking): string {
  return varied.length > NAMED_PARAMETERS ? `Rows: ${varied.join(" · ")}. ` : "";
}

/** The objective of the first configurations with their intervals; null where nothing has one. */
export function rankingFigure({ rows, varied, metric }: Ranking): Markup | null {
  const labelOf = (hyperparameters: Hyperparameters): string =>
    varied.length > NAMED_PARAMETERS
      ? varied.map((name) => parameterText(hyperparameters[name])).join(" · ")
      : configurationLabel(hyperparameters, varied);
  const drawn = rows.slice(0, DRAWN_ROWS).flatMap(({ rank, objective, hyperparameters, isTied }) =>
    objective === null ? [] : [{
      label: `${rank}. ${labelOf(hyperparameters)}`,
      mean: objective.mean,
      ci95: objective.ci95,
      isFaint: isTied === false,
    }]
  );
  return intervalChart(drawn, {
    title: `${metric} by configuration with 95 % intervals`,
    xLabel: `${metric}, mean and 95 % interval`,
  });
}

/** The marginal means of a parameter. */
export function effectFigure({ parameter, means }: ParameterEffect, metric: string): Markup | null {
  return intervalChart(
    means.map(({ value, estimate }) => ({
      label: value,
      mean: estimate.mean,
      ci95: estimate.ci95,
    })),
    { title: `${metric} by ${parameter}`, xLabel: `${metric}, mean and 95 % interval` },
  );
}

/** What a network of one or two inputs has learned. */
export function pictureFigure(picture: TaskPicture, classes: readonly string[]): Markup {
  switch (picture.kind) {
    case "surface":
      return contourChart(picture, {
        title: `Probability of class ${
          classes[1] ?? "1"
        } over the two inputs, with the test examples`,
      });
    case "curve":
      return fitFigure(picture);
    default:
      return picture satisfies never;
  }
}

/** The lines of a fit with their names, in the order of their colours. */
export function fitSeries(
  { x, truth, snapshots }: Extract<TaskPicture, { kind: "curve" }>,
): readonly LineSeries[] {
  const line = (ys: readonly number[]) =>
    x.flatMap((place, index) => {
      const y = ys[index];
      return y === undefined ? [] : [{ x: place, y }];
    });
  const fits = snapshots.map(({ epoch, y }, index): LineSeries => ({
    label: index === snapshots.length - 1 ? `after epoch ${epoch} (the result)` : `after ${epoch}`,
    colour: index === snapshots.length - 1 ? 0 : index + 1,
    points: line(y),
    band: [],
  }));
  if (truth === null) return fits;
  return [
    { label: "the true function", colour: 7, points: line(truth), band: [], isDashed: true },
    ...fits,
  ];
}

function fitFigure(picture: Extract<TaskPicture, { kind: "curve" }>): Markup {
  return lineChart({
    title: "The fitted curve as training went on, against the true function and the data",
    xLabel: "input",
    yLabel: "target",
    series: fitSeries(picture),
    scatter: picture.points,
  });
}
