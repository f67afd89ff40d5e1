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
  /** From 1. */
  readonly page: number;
  readonly size: number;
}

/** All trials in the order in which they were asked for. */
export const ALL_TRIALS: TrialsQuery = {
  sort: "trial",
  descending: false,
  state: null,
  worker: null,
  pack: null,
  text: "",
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
  return {
    sort: descending ? sort.slice(1) : sort,
    descending,
    state: text("state"),
    worker: text("worker"),
    pack: countIn(text("pack"), "pack"),
    text: text("q") ?? "",
    page: Math.max(1, countIn(text("page"), "page") ?? 1),
    size,
  };
}

/** The query as an address has it, from its `?` on; what is as usual is left out. */
export function formatTrialsQuery(query: TrialsQuery): string {
  const params = new URLSearchParams();
  const { sort, descending, state, worker, pack, text, page, size } = query;
  if (sort !== ALL_TRIALS.sort || descending) params.set("sort", `${descending ? "-" : ""}${sort}`);
  if (state !== null) params.set("state", state);
  if (worker !== null) params.set("worker", worker);
  if (pack !== null) params.set("pack", String(pack));
  if (text !== "") params.set("q", text);
  if (size !== ALL_TRIALS.size) params.set("size", String(size));
  if (page !== 1) params.set("page", String(page));
  const formatted = params.toString();
  return formatted === "" ? "" : `?${formatted}`;
}

function countIn(text: string | null, name: string): number | null {
  if (text === null) return null;
  if (/^\d{1,12}$/.test(text)) return Number(text);
  throw new SyntaxError(`Cannot read ${name} "${text.slice(0, 80)}": it must be a whole number`);
}
