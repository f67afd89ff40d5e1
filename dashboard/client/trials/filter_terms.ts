/** Comparisons that a click adds to a filter or takes out of it. */
import { type FilterTerm, parseTrialFilter } from "./trial_filter.ts";

/** A comparison as a filter has it: names and values that need quotes stand in them. */
export function formatTerm({ name, comparison, value }: FilterTerm): string {
  return quoted(name) + comparison + quoted(value);
}

/** A name or a value as a filter can read it. */
export function quoted(word: string): string {
  return /^[^\s"=!<>]+$/.test(word) ? word : JSON.stringify(word);
}

/** The filter with one more comparison: it takes the place of what the name was to be equal to. */
export function withTerm(text: string, term: FilterTerm, names: readonly string[]): string {
  const kept = termsIn(text, names).filter(({ name, comparison }) =>
    name !== term.name || comparison !== "=" || term.comparison !== "="
  );
  const again = kept.some((one) => formatTerm(one) === formatTerm(term));
  return [...kept, ...(again ? [] : [term])].map(formatTerm).join(" ");
}

/** The filter without one of its comparisons. */
export function withoutTerm(text: string, term: FilterTerm, names: readonly string[]): string {
  return termsIn(text, names).map(formatTerm).filter((one) => one !== formatTerm(term)).join(" ");
}

/** The comparisons of a filter; none of one that cannot be read. */
export function termsIn(text: string, names: readonly string[]): readonly FilterTerm[] {
  try {
    return parseTrialFilter(text, names);
  } catch {
    return [];
  }
}
