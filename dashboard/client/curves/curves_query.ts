/** What the Curves page shows, as its address says it. */

/**
 * What x is: `wall` counts from the trial's begin, `relative` from the sweep's; `samples` are the
 * training examples that were seen.
 */
export const CURVE_X = ["epoch", "step", "samples", "wall", "relative"] as const;
/** What x is. */
export type CurveX = (typeof CURVE_X)[number];

/** Which trials are looked at. */
export const SHOWN = ["best", "all", "running", "troubled"] as const;
/** Which trials are looked at. */
export type Shown = (typeof SHOWN)[number];

/** How many curves are drawn at most. */
export const TOPS = [4, 8, 16, 32, 64] as const;
/** Weights of the moving average; 0: none. */
export const WEIGHTS = [0, 0.5, 0.8, 0.9, 0.95, 0.99] as const;

/** A choice of trials, and how their curves are drawn. */
export interface CurvesQuery {
  /** Null: the objective. */
  readonly metric: string | null;
  readonly show: Shown;
  readonly top: number;
  /** Trials that were named; then `show` and `top` do not matter. */
  readonly trials: readonly number[];
  /** Comparisons; see `trial_filter.ts`. */
  readonly text: string;
  /** As on the Trials page: a state, a worker, a pack; null: all. */
  readonly state: string | null;
  readonly worker: string | null;
  readonly pack: number | null;
  /** The parameter whose values are told apart; null: every trial has its own line. */
  readonly group: string | null;
  readonly x: CurveX;
  /** The weight of the moving average, from 0 to below 1. */
  readonly smooth: number;
  readonly isLogX: boolean;
  readonly isLogY: boolean;
  /** The part of x that is shown: epochs, steps or seconds; null: as far as there is something. */
  readonly from: number | null;
  readonly to: number | null;
}

const MOST_NAMED = 64;

/** The query in an address. Empty fields of a form count as absent. @throws {SyntaxError} */
export function parseCurvesQuery(params: URLSearchParams): CurvesQuery {
  const text = (name: string): string | null => params.get(name)?.trim() || null;
  const group = text("group");
  const smooth = numberIn(text("smooth"), "smooth") ?? 0;
  if (smooth < 0 || smooth > 0.999) {
    throw new SyntaxError(`Cannot smooth by ${smooth}: it must be from 0 to 0.999`);
  }
  const top = numberIn(text("top"), "top") ?? 8;
  if (!Number.isInteger(top) || top < 1 || top > 64) {
    throw new SyntaxError(`Cannot draw ${top} curves: top must be a whole number from 1 to 64`);
  }
  const state = text("state");
  const pack = numberIn(text("pack"), "pack");
  if (pack !== null && !(Number.isSafeInteger(pack) && pack >= 0)) {
    throw new SyntaxError(`Cannot read pack ${pack}: it must be a whole number`);
  }
  return {
    metric: text("metric"),
    show: oneOf(SHOWN, text("show"), "show") ?? usualShown({ group, state }),
    top,
    trials: trialsIn([...params.getAll("t"), text("trials") ?? ""]),
    text: text("q") ?? "",
    state,
    worker: text("worker"),
    pack,
    group,
    x: oneOf(CURVE_X, text("x"), "x") ?? "epoch",
    smooth,
    isLogX: text("logx") !== null,
    isLogY: text("logy") !== null,
    from: numberIn(text("from"), "from"),
    to: numberIn(text("to"), "to"),
  };
}

/** The query as an address has it, from its `?` on; what is as usual is left out. */
export function formatCurvesQuery(query: CurvesQuery): string {
  const params = new URLSearchParams();
  const { metric, show, top, trials, text, group, x, smooth, isLogX, isLogY, from, to } = query;
  const { state, worker, pack } = query;
  if (metric !== null) params.set("metric", metric);
  if (show !== usualShown(query)) params.set("show", show);
  if (top !== 8) params.set("top", String(top));
  if (text !== "") params.set("q", text);
  if (state !== null) params.set("state", state);
  if (worker !== null) params.set("worker", worker);
  if (pack !== null) params.set("pack", String(pack));
  if (group !== null) params.set("group", group);
  if (x !== "epoch") params.set("x", x);
  if (smooth !== 0) params.set("smooth", String(smooth));
  if (isLogX) params.set("logx", "1");
  if (isLogY) params.set("logy", "1");
  if (from !== null) params.set("from", String(from));
  if (to !== null) params.set("to", String(to));
  const rest = params.toString();
  const parts = [...(trials.length > 0 ? [`t=${trials.join()}`] : []), ...(rest ? [rest] : [])];
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
}

/** The best trial of each configuration says little about a parameter or a state: all trials do. */
function usualShown({ group, state }: Pick<CurvesQuery, "group" | "state">): Shown {
  return group === null && state === null ? "best" : "all";
}

function trialsIn(texts: readonly string[]): readonly number[] {
  const named = texts.flatMap((text) => text.split(/[\s,]+/)).filter((text) => text !== "");
  const trials = [
    ...new Set(named.map((text) => {
      if (/^\d{1,12}$/.test(text)) return Number(text);
      throw new SyntaxError(
        `Cannot draw trial "${text.slice(0, 80)}": it must be the number of one`,
      );
    })),
  ];
  if (trials.length <= MOST_NAMED) return trials;
  throw new SyntaxError(
    `Cannot draw ${trials.length} trials: they must be at most ${MOST_NAMED}; group them instead`,
  );
}

function oneOf<Value extends string>(
  values: readonly Value[],
  text: string | null,
  name: string,
): Value | null {
  if (text === null) return null;
  const value = values.find((one) => one === text);
  if (value !== undefined) return value;
  throw new SyntaxError(
    `Cannot read ${name} "${text.slice(0, 80)}": it must be one of ${values.join(", ")}`,
  );
}

function numberIn(text: string | null, name: string): number | null {
  if (text === null) return null;
  const value = Number(text);
  if (Number.isFinite(value)) return value;
  throw new SyntaxError(`Cannot read ${name} "${text.slice(0, 80)}": it must be a number`);
}
