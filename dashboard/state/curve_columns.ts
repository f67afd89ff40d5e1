/** A trial's curve in one metric over what somebody wants x to be. */
import type { TrialId } from "../../core/domain/ids.ts";
import type { SweepView } from "../../core/views/sweep_view.ts";
import type { CurvesQuery } from "../client/curves/curves_query.ts";
import type { CurveColumns } from "./curve_buckets.ts";
import { debiasedAverage } from "./smoothing.ts";

/** What of a curve is wanted. */
export type ColumnsOptions =
  & Pick<CurvesQuery, "x" | "smooth" | "isLogX" | "isLogY">
  & { readonly metric: string };

/** The columns, with how many values no axis by logarithms has a place for. */
export interface DrawableColumns extends CurveColumns {
  readonly unshown: number;
}

interface Sample {
  readonly x: number;
  readonly y: number;
}

/** The curve; a report that was not finite is NaN. Smoothed over all epochs, whatever is shown. */
export function curveColumns(
  view: SweepView,
  trial: TrialId,
  options: ColumnsOptions,
): DrawableColumns {
  const { isLogX, isLogY, smooth } = options;
  const samples = samplesOf(view, trial, options);
  const smoothed = smooth === 0 ? null : debiasedAverage(samples.map(({ y }) => y), smooth);
  const isShown = ({ x, y }: Sample): boolean => !(isLogX && x <= 0) && !(isLogY && y <= 0);
  const unshown = samples.filter((sample) => !isShown(sample)).length;
  if (unshown === 0) {
    return {
      x: samples.map(({ x }) => x),
      y: samples.map(({ y }) => y),
      smooth: smoothed,
      unshown,
    };
  }
  const shown = samples.filter(isShown);
  return {
    x: shown.map(({ x }) => x),
    y: shown.map(({ y }) => y),
    smooth: smoothed?.filter((_, index) => isShown(samples[index] ?? { x: 0, y: 0 })) ?? null,
    unshown,
  };
}

function samplesOf(
  view: SweepView,
  trial: TrialId,
  { x, metric }: ColumnsOptions,
): readonly Sample[] {
  const curve = view.curve(trial);
  const place = placing(view, trial, x);
  const samples: Sample[] = [];
  for (const [index, { epoch, metrics }] of curve.points.entries()) {
    const y = metrics[metric];
    if (y !== undefined) samples.push({ x: place(epoch, curve.times[index] ?? 0), y });
  }
  const bad = curve.diverged.map(({ epoch, at }) => ({ x: place(epoch, at), y: NaN }));
  samples.push(...bad);
  // While a second attempt repeats epochs, what the first one reported after them is older.
  return isAscending(samples) ? samples : samples.sort((a, b) => a.x - b.x);
}

function placing(
  view: SweepView,
  trial: TrialId,
  x: CurvesQuery["x"],
): (epoch: number, at: number) => number {
  switch (x) {
    case "epoch":
      return (epoch) => epoch;
    case "step": {
      const steps = view.stepsPerEpoch(trial) ?? 1;
      return (epoch) => epoch * steps;
    }
    case "samples": {
      // An epoch sees every example once, the last and smaller batch included.
      const examples = view.ledger.dataset.trainExamples;
      return (epoch) => epoch * examples;
    }
    case "wall": {
      const begin = view.times(trial).startedAt ?? view.createdAt;
      return (_, at) => (at - begin) / 1000;
    }
    case "relative":
      return (_, at) => (at - view.createdAt) / 1000;
    default:
      return x satisfies never;
  }
}

function isAscending(samples: readonly Sample[]): boolean {
  return samples.every(({ x }, index) => index === 0 || (samples[index - 1]?.x ?? 0) <= x);
}
