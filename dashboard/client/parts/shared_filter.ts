/** The filter that the pages of a sweep hand on to each other, as an address has it. Pure. */

const FIELDS = ["q", "state", "worker", "pack"] as const;

/** The filter in an address, without a question mark; empty for none. Several states are no state. */
export function filterIn(params: URLSearchParams): string {
  const filter = new URLSearchParams();
  for (const name of FIELDS) {
    const [value = "", ...more] = params.getAll(name).filter((text) => text.trim() !== "");
    if (value !== "" && more.length === 0) filter.set(name, value.trim());
  }
  return filter.toString();
}

/** An address that has the filter too. */
export function withFilter(href: string, filter: string): string {
  return filter === "" ? href : `${href}${href.includes("?") ? "&" : "?"}${filter}`;
}
