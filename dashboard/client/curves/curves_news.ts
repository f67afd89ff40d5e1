/** How new points get into what is drawn before the server is asked again. Pure. */
import type { CurveUpdate } from "../model.ts";
import type { CurveLine, CurvesView } from "./curves_model.ts";

/**
 * The picture with the points that lie after what it has, each as a stretch of its own. Where a line
 * is not simply a trial's epochs (smoothed, grouped, over time), the server's next answer has them.
 */
export function withNews(view: CurvesView, news: readonly CurveUpdate[]): CurvesView {
  const { query } = view;
  if (view.groups !== null || query.x !== "epoch" || query.smooth !== 0 || query.to !== null) {
    return view;
  }
  let end = view.range[1];
  let isChanged = false;
  const lines = view.lines.map((line) => {
    const fresh = news.filter(({ trial, epoch }) =>
      trial === line.trial && epoch > (line.x.at(-1) ?? 0)
    );
    const added = fresh.reduce((so, one) => extended(so, one, view), line);
    if (added === line) return line;
    isChanged = true;
    end = Math.max(end, added.x.at(-1) ?? 0);
    return added;
  });
  if (!isChanged) return view;
  const whole = [view.whole[0], Math.max(end, view.whole[1])] as const;
  return { ...view, lines, whole, range: [view.range[0], end] };
}

function extended(
  line: CurveLine,
  { epoch, metrics }: CurveUpdate,
  { metric, query }: CurvesView,
): CurveLine {
  const value = Object.hasOwn(metrics, metric) ? metrics[metric] : undefined;
  if (value === undefined || epoch <= (line.x.at(-1) ?? 0)) return line;
  if (query.isLogY && value <= 0) return line;
  return {
    ...line,
    inRange: line.inRange + 1,
    reported: line.reported + 1,
    x: [...line.x, epoch],
    n: [...line.n, 1],
    y: [...line.y, value],
    low: line.low && [...line.low, value],
    high: line.high && [...line.high, value],
  };
}
