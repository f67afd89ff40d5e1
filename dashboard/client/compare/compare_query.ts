/** Which trials the Compare page puts side by side, as its address says it. */

/** So many trials stand side by side: more curves could not be told apart. */
export const MOST_COMPARED = 8;
/** So many can be named. */
const MOST_NAMED = 64;

/** The trials and the metric of their curves. */
export interface CompareQuery {
  /** Each once, in the order in which they were named. */
  readonly trials: readonly number[];
  /** Null: the objective. */
  readonly metric: string | null;
  /** Which parameters are shown. */
  readonly rows: "different" | "all";
  /** Whose confusions are set against those of the first trial; null: the second trial's. */
  readonly against: number | null;
}

/** The query in an address: `t=3,17`, or `t=3&t=17` as a form sends it. @throws {SyntaxError} */
export function parseCompareQuery(params: URLSearchParams): CompareQuery {
  const texts = params.getAll("t").flatMap((text) => text.split(",")).filter((text) => text !== "");
  const trials = [...new Set(texts.map(trialIn))];
  if (trials.length > MOST_NAMED) {
    throw new SyntaxError(
      `Cannot compare ${trials.length} trials: they must be at most ${MOST_NAMED}`,
    );
  }
  const rows = params.get("rows") ?? "different";
  if (rows !== "different" && rows !== "all") {
    throw new SyntaxError(
      `Cannot show parameters that are "${rows.slice(0, 80)}": it must be different or all`,
    );
  }
  const against = params.get("against") || null;
  return {
    trials,
    metric: params.get("metric"),
    rows,
    against: against === null ? null : trialIn(against),
  };
}

/** The query as an address has it, from its `?` on. */
export function formatCompareQuery({ trials, metric, rows, against }: CompareQuery): string {
  const parts = [
    ...(trials.length === 0 ? [] : [`t=${trials.join()}`]),
    ...(metric === null ? [] : [new URLSearchParams({ metric }).toString()]),
    ...(rows === "different" ? [] : [`rows=${rows}`]),
    ...(against === null ? [] : [`against=${against}`]),
  ];
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
}

function trialIn(text: string): number {
  if (/^\d{1,12}$/.test(text)) return Number(text);
  throw new SyntaxError(
    `Cannot compare trial "${text.slice(0, 80)}": it must be the number of one`,
  );
}
