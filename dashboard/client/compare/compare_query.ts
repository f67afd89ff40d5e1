/** Which trials the Compare page puts side by side, as its address says it. */

/** So many trials can be told apart. */
export const MOST_COMPARED = 16;

/** The trials and the metric of their curves. */
export interface CompareQuery {
  /** Each once, in the order in which they were named. */
  readonly trials: readonly number[];
  /** Null: the objective. */
  readonly metric: string | null;
}

/** The query in an address: `t=3,17`, or `t=3&t=17` as a form sends it. @throws {SyntaxError} */
export function parseCompareQuery(params: URLSearchParams): CompareQuery {
  const texts = params.getAll("t").flatMap((text) => text.split(",")).filter((text) => text !== "");
  const trials = [...new Set(texts.map(trialIn))];
  if (trials.length > MOST_COMPARED) {
    throw new SyntaxError(
      `Cannot compare ${trials.length} trials: they must be at most ${MOST_COMPARED}`,
    );
  }
  return { trials, metric: params.get("metric") };
}

/** The query as an address has it, from its `?` on. */
export function formatCompareQuery({ trials, metric }: CompareQuery): string {
  const parts = [
    ...(trials.length === 0 ? [] : [`t=${trials.join()}`]),
    ...(metric === null ? [] : [new URLSearchParams({ metric }).toString()]),
  ];
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
}

function trialIn(text: string): number {
  if (/^\d{1,12}$/.test(text)) return Number(text);
  throw new SyntaxError(
    `Cannot compare trial "${text.slice(0, 80)}": it must be the number of one`,
  );
}
