/**
 * How a reader has laid a page out, for the next sweep with the same parameters. It is kept by this
 * browser alone; what trials are shown, and which one, belongs to the sweep and is not kept.
 */

/** The fields of an address that lay its page out, by page; a `.` at the end: of any parameter. */
const LAYOUT: Readonly<Record<string, readonly string[]>> = {
  "/trials": ["col", "by", "size", "sort"],
  "/curves": ["x", "logx", "logy", "smooth", "group", "top"],
  "/params": ["order", "flip", "flip.", "scale", "scale.", "x", "y", "cx", "cy", "cell", "lines"],
};

/** More sweeps than these have their own layouts forgotten, the oldest first. */
const MOST_KEPT = 40;

/** Layouts by what they are for, the newest last. */
export type KeptViews = Readonly<Record<string, string>>;

/** What a page's layout is kept under; null: the page has none. */
export function placeOf(path: string, schema: string | undefined): string | null {
  const page = /^\/s\/[^/]+(\/[a-z]+)$/.exec(path)?.[1] ?? "";
  return schema === undefined || LAYOUT[page] === undefined ? null : schema + page;
}

/** The layout in an address of a place, as a query without its `?`; empty: the usual one. */
export function layoutIn(place: string, search: string): string {
  const fields = LAYOUT[place.slice(place.indexOf("/"))] ?? [];
  const isLayout = (name: string): boolean =>
    fields.includes(name) || fields.includes(name.slice(0, name.indexOf(".") + 1));
  return String(
    new URLSearchParams([...new URLSearchParams(search)].filter(([name]) => isLayout(name))),
  );
}

/** With the layout of a place; the usual one needs no keeping. */
export function withLayout(kept: KeptViews, place: string, layout: string): KeptViews {
  const others = Object.entries(kept).filter(([other]) => other !== place);
  const all = layout === "" ? others : [...others, [place, layout] as const];
  return Object.fromEntries(all.slice(-MOST_KEPT));
}

/** The views in a text of {@link JSON}; none in any other. */
export function parseKeptViews(text: string | null): KeptViews {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    const entries = typeof value === "object" && value !== null ? Object.entries(value) : [];
    return Object.fromEntries(entries.filter(([, layout]) => typeof layout === "string"));
  } catch {
    return {};
  }
}
