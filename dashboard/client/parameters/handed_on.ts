/** The Parameters page's filter as the other pages can read it: its fields as comparisons. Pure. */
import { filterIn } from "../parts/shared_filter.ts";
import { formatTerm } from "../trials/filter_terms.ts";
import { type FilterTerm, LONGEST_FILTER } from "../trials/trial_filter.ts";
import type { ParametersSnapshot } from "./parameters_model.ts";

/** The filter for the address of another page. */
export function handedOn(
  page: Pick<ParametersSnapshot, "query" | "filter" | "axes" | "objective">,
): string {
  const { filter: { min, max, text, top, ranges, choices }, axes, objective: { metric } } = page;
  const terms: readonly FilterTerm[] = [
    ...between(metric, { min, max }),
    ...between("best%", { min: null, max: top }),
    ...ranges.flatMap((range) => between(range.name, range)),
    ...choices.flatMap((choice) => chosenTerms(choice, axes)),
  ];
  const params = new URLSearchParams(filterIn(new URLSearchParams(page.query)));
  // Of more than another page reads, as much as it does: it says there what it is shown by.
  const all = terms.map(formatTerm).reduce((so, term) => {
    const longer = so === "" ? term : `${so} ${term}`;
    return longer.length > LONGEST_FILTER ? so : longer;
  }, text);
  if (all !== "") params.set("q", all);
  return params.toString();
}

/** Comparisons know no "or": of several choices, those that are not chosen are left out instead. */
function chosenTerms(
  { name, values }: ParametersSnapshot["filter"]["choices"][number],
  axes: ParametersSnapshot["axes"],
): readonly FilterTerm[] {
  const [only, ...more] = values;
  if (only !== undefined && more.length === 0) return [{ name, comparison: "=", value: only }];
  const axis = axes.find((one) => one.name === name);
  // What has no value at all would be let through too.
  if (axis?.kind !== "choices" || axis.hasAbsent) return [];
  return axis.values.map(String).filter((value) => !values.includes(value))
    .map((value) => ({ name, comparison: "!=", value }));
}

function between(
  name: string,
  { min, max }: { readonly min: number | null; readonly max: number | null },
): readonly FilterTerm[] {
  const terms: FilterTerm[] = [];
  if (min !== null) terms.push({ name, comparison: ">=", value: String(min) });
  if (max !== null) terms.push({ name, comparison: "<=", value: String(max) });
  return terms;
}
