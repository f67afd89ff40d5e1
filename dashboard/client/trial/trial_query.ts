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
}

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
  return {
    metric: params.get("metric"),
    split: params.get("split"),
    cells,
    epoch: epoch === null ? null : Number(epoch),
  };
}

/** The choices as an address has them, from its `?` on. */
export function formatTrialQuery({ metric, split, cells, epoch }: TrialQuery): string {
  const params = new URLSearchParams();
  if (metric !== null) params.set("metric", metric);
  if (split !== null) params.set("split", split);
  if (cells !== "counts") params.set("cells", cells);
  if (epoch !== null) params.set("epoch", String(epoch));
  const text = params.toString();
  return text === "" ? "" : `?${text}`;
}
