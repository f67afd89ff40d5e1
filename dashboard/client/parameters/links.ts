/** Where the charts lead: the same page with another query, a trial, the trials of a cell. */
import type { ParameterValue } from "../../../core/domain/hyperparameters.ts";
import { SWEEP_PAGES } from "../navigation.tsx";
import type { Bin } from "./parameters_model.ts";

/** The Parameters page with some of its query changed; null takes a name out, a list repeats it. */
export function parametersHref(
  { sweep, query }: { readonly sweep: string; readonly query: string },
  changes: Readonly<Record<string, string | readonly string[] | null>>,
): string {
  const params = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes)) {
    params.delete(name);
    if (value === null) continue;
    for (const one of typeof value === "string" ? [value] : value) params.append(name, one);
  }
  const text = params.toString();
  return `/s/${sweep}/params${text === "" ? "" : `?${text}`}`;
}

/** A trial's page; null where there is none. */
export function trialHref(sweep: string, trial: number): string | null {
  return hasTrials() ? `/s/${sweep}/t/${trial}` : null;
}

/** The Trials page with what is in all of some bins; null where it cannot be asked for. */
export function trialsHref(
  sweep: string,
  bins: readonly { readonly name: string; readonly bin: Bin; readonly isLast: boolean }[],
): string | null {
  const terms = bins.map(({ name, bin, isLast }) => binTerms(quoted(name), { bin, isLast }));
  if (!hasTrials() || terms.includes(null)) return null;
  return `/s/${sweep}/trials?${new URLSearchParams({ q: terms.join(" ") })}`;
}

function hasTrials(): boolean {
  return SWEEP_PAGES.some(({ id }: { readonly id: string }) => id === "trials");
}

/** The comparisons that hold for a bin; null if none says it. The last range has its upper end. */
function binTerms(
  name: string,
  { bin: { holds }, isLast }: { readonly bin: Bin; readonly isLast: boolean },
): string | null {
  if (holds.kind === "range") {
    return `${name}>=${holds.min} ${name}${isLast ? "<=" : "<"}${holds.max}`;
  }
  const { values } = holds;
  const [first] = values;
  const last = values.at(-1);
  if (first === undefined || last === undefined) return null;
  if (values.length === 1) return `${name}=${quoted(first)}`;
  const isNumeric = values.every((value) => typeof value === "number");
  return isNumeric ? `${name}>=${first} ${name}<=${last}` : null;
}

function quoted(value: ParameterValue): string {
  const text = String(value);
  return /^[^\s"=!<>]+$/.test(text) ? text : JSON.stringify(text);
}
