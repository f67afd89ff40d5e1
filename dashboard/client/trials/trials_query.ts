/** What the Trials page shows, as its address says it. */

/** Rows on a page of the table. */
export const PAGE_SIZES = [50, 200] as const;

/** A choice of trials, their order, and a window on them. */
export interface TrialsQuery {
  /** The id of a column. */
  readonly sort: string;
  readonly descending: boolean;
  /** A trial status, or `diverged`; null: all. */
  readonly state: string | null;
  readonly worker: string | null;
  readonly pack: number | null;
  /** Comparisons; see `trial_filter.ts`. */
  readonly text: string;
  /** A row for each trial, or for each configuration with its replicates taken together. */
  readonly by: "trial" | "configuration";
  /** The ids of the columns that are shown, in any order; null: the usual ones. */
  readonly columns: readonly string[] | null;
  /** The trial that others are measured against; null: none. */
  readonly baseline: number | null;
  /** Trials that are marked for a comparison, in the order in which they were. */
  readonly marked: readonly number[];
  /** From 1. */
  readonly page: number;
  readonly size: number;
}

/** So many marks fit into an address. */
export const MOST_MARKED = 64;
/** More columns than any sweep has. */
const MOST_COLUMNS = 200;

/** All trials in the order in which they were asked for. */
export const ALL_TRIALS: TrialsQuery = {
  sort: "trial",
  descending: false,
  state: null,
  worker: null,
  pack: null,
  text: "",
  by: "trial",
  columns: null,
  baseline: null,
  marked: [],
  page: 1,
  size: PAGE_SIZES[0],
};

/** The query in an address. Empty fields of a form count as absent. @throws {SyntaxError} */
export function parseTrialsQuery(params: URLSearchParams): TrialsQuery {
  const text = (name: string): string | null => params.get(name)?.trim() || null;
  const sort = text("sort") ?? ALL_TRIALS.sort;
  const descending = sort.startsWith("-");
  const size = countIn(text("size"), "size") ?? ALL_TRIALS.size;
  if (!PAGE_SIZES.some((one) => one === size)) {
    throw new SyntaxError(`Cannot show ${size} rows a page: it must be ${PAGE_SIZES.join(" or ")}`);
  }
  const by = text("by") ?? ALL_TRIALS.by;
  if (by !== "trial" && by !== "configuration") {
    throw new SyntaxError(
      `Cannot show a row for each "${by.slice(0, 80)}": it must be trial or configuration`,
    );
  }
  const columns = [...new Set(params.getAll("col").filter((id) => id !== ""))];
  if (columns.length > MOST_COLUMNS) {
    throw new SyntaxError(`Cannot show more than ${MOST_COLUMNS} columns`);
  }
  return {
    sort: descending ? sort.slice(1) : sort,
    descending,
    state: text("state"),
    worker: text("worker"),
    pack: countIn(text("pack"), "pack"),
    text: text("q") ?? "",
    by,
    columns: columns.length === 0 ? null : columns,
    baseline: countIn(text("base"), "base"),
    marked: marksIn(params),
    page: Math.max(1, countIn(text("page"), "page") ?? 1),
    size,
  };
}

/** The query as an address has it, from its `?` on; what is as usual is left out. */
export function formatTrialsQuery(query: TrialsQuery): string {
  const params = new URLSearchParams();
  const { sort, descending, state, worker, pack, text, by, columns, baseline, marked, page, size } =
    query;
  if (sort !== ALL_TRIALS.sort || descending) params.set("sort", `${descending ? "-" : ""}${sort}`);
  if (state !== null) params.set("state", state);
  if (worker !== null) params.set("worker", worker);
  if (pack !== null) params.set("pack", String(pack));
  if (text !== "") params.set("q", text);
  if (by !== ALL_TRIALS.by) params.set("by", by);
  for (const id of columns ?? []) params.append("col", id);
  if (baseline !== null) params.set("base", String(baseline));
  if (size !== ALL_TRIALS.size) params.set("size", String(size));
  if (page !== 1) params.set("page", String(page));
  // Commas stay commas: a person can read and write such an address.
  const marks = marked.length === 0 ? [] : [`t=${marked.join()}`];
  const formatted = [...marks, ...(params.size === 0 ? [] : [params.toString()])].join("&");
  return formatted === "" ? "" : `?${formatted}`;
}

function marksIn(params: URLSearchParams): readonly number[] {
  const texts = params.getAll("t").flatMap((text) => text.split(",")).filter((text) => text !== "");
  const marks = [...new Set(texts.flatMap((text) => countIn(text, "t") ?? []))];
  if (marks.length <= MOST_MARKED) return marks;
  throw new SyntaxError(`Cannot mark ${marks.length} trials: they must be at most ${MOST_MARKED}`);
}

function countIn(text: string | null, name: string): number | null {
  if (text === null) return null;
  if (/^\d{1,12}$/.test(text)) return Number(text);
  throw new SyntaxError(`Cannot read ${name} "${text.slice(0, 80)}": it must be a whole number`);
}
