/** What a trial's page shows, as its address says it. */

/** The choices on a trial's page. */
export interface TrialQuery {
  /** The metric of the curves; null: the objective. */
  readonly metric: string | null;
  /** The split whose confusions are shown; null: the test set. */
  readonly split: string | null;
  /** What stands in the cells of the confusion matrix. */
  readonly cells: "counts" | "shares";
  /** The epoch whose fit stands out; null: the last. */
  readonly epoch: number | null;
  /** The numbers of a true and a predicted class whose examples are shown; null: all. */
  readonly pair: ClassPair | null;
  /** The order of the examples: the largest loss first, or as the test set has them. */
  readonly sort: "loss" | "index";
}

/** A true class and what it was taken for. */
export type ClassPair = readonly [actual: number, predicted: number];

/** The choices in an address. @throws {SyntaxError} */
export function parseTrialQuery(params: URLSearchParams): TrialQuery {
  const epoch = params.get("epoch");
  if (epoch !== null && !/^\d{1,9}$/.test(epoch)) {
    throw new SyntaxError(`Cannot read epoch "${epoch.slice(0, 80)}": it must be a whole number`);
  }
  const cells = params.get("cells") ?? "counts";
  if (cells !== "counts" && cells !== "shares") {
    throw new SyntaxError(`Cannot show "${cells.slice(0, 80)}": it must be counts or shares`);
  }
  const sort = params.get("sort") ?? "loss";
  if (sort !== "loss" && sort !== "index") {
    throw new SyntaxError(`Cannot sort by "${sort.slice(0, 80)}": it must be loss or index`);
  }
  return {
    metric: params.get("metric"),
    split: params.get("split"),
    cells,
    epoch: epoch === null ? null : Number(epoch),
    pair: pairIn(params.get("pair") || null),
    sort,
  };
}

function pairIn(text: string | null): ClassPair | null {
  if (text === null) return null;
  const [, actual, predicted] = /^(\d{1,6})\.(\d{1,6})$/.exec(text) ?? [];
  if (actual !== undefined && predicted !== undefined) return [Number(actual), Number(predicted)];
  throw new SyntaxError(
    `Cannot read pair "${text.slice(0, 80)}": it must be two classes by their numbers, as in 3.5`,
  );
}

/** The choices as an address has them, from its `?` on. */
export function formatTrialQuery({ metric, split, cells, epoch, pair, sort }: TrialQuery): string {
  const params = new URLSearchParams();
  if (metric !== null) params.set("metric", metric);
  if (split !== null) params.set("split", split);
  if (cells !== "counts") params.set("cells", cells);
  if (epoch !== null) params.set("epoch", String(epoch));
  if (pair !== null) params.set("pair", pair.join("."));
  if (sort !== "loss") params.set("sort", sort);
  const text = params.toString();
  return text === "" ? "" : `?${text}`;
}
