/** The filter that all charts share: a form, so that it works without a script. */
import type { VNode } from "preact";
import { filterExample } from "../parts/filter_fields.tsx";
import { FilterFrame, FilterHelp } from "../parts/filter_frame.tsx";
import { formatCount, formatValue } from "../parts/format.ts";
import {
  OUTCOMES,
  type ParameterAxis,
  type ParameterFilter,
  type ParametersSnapshot,
} from "./parameters_model.ts";
import { configurations } from "./words.ts";

/** Choices that are ticked one by one; of more, numbers have two ends. */
const MOST_TICKED = 24;
/** The form's own fields; it keeps everything else of the address. */
const OWN = /^(?:min|max|top|state|worker|q|objective|(?:min|max|is)\..*)$/s;

/** The bar. */
export function FilterBar({ page }: { readonly page: ParametersSnapshot }): VNode {
  const { facts: { sweep }, query, filter, counts, axes, objective, objectives, problem } = page;
  const kept = [...new URLSearchParams(query)].filter(([name]) =>
    !OWN.test(name) && !(problem !== null && name === "pack")
  );
  const chosen = filter.ranges.length + filter.choices.length;
  return (
    <FilterFrame isOpen={isFiltered(page) || problem !== null} count={shownWords(page)}>
      <form class="filters" id="filters" method="get" action={`/s/${sweep}/params`}>
        {kept.map(([name, value]) => (
          <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
        ))}
        <fieldset>
          <legend>state</legend>
          {OUTCOMES.map((outcome) => (
            <label key={outcome}>
              <input
                type="checkbox"
                name="state"
                value={outcome}
                checked={filter.outcomes.includes(outcome)}
              />
              {outcome} <span class="faint">{formatCount(counts.byOutcome[outcome])}</span>
            </label>
          ))}
        </fieldset>
        <label>
          worker
          <input type="text" name="worker" value={filter.worker ?? ""} placeholder="all workers" />
        </label>
        <Where page={page} />
        {objectives.length > 1 && <Objective page={page} />}
        <span class="from-to">
          <NumberField label={`${objective.metric} from`} name="min" value={filter.min} />
          <NumberField label="to" name="max" value={filter.max} />
        </span>
        <NumberField label="best %" name="top" value={filter.top} />
        {axes.length > 0 && (
          <details class="filter-parameters" open={chosen > 0}>
            <summary>Parameters{chosen > 0 && ` (${chosen})`}</summary>
            <div class="filter-grid">
              {axes.map((axis) => <AxisField key={axis.name} axis={axis} filter={filter} />)}
            </div>
          </details>
        )}
        <button class="button" type="submit">Filter</button>
        {(isFiltered(page) || problem !== null) && (
          <a href={`/s/${sweep}/params${keptQuery(kept.filter(([name]) => name !== "pack"))}`}>
            clear
          </a>
        )}
      </form>
      <p class="note" data-shown={total(counts.shown)}>{summary(page)}</p>
      <FilterHelp problem={problem} />
    </FilterFrame>
  );
}

function Where({ page }: { readonly page: ParametersSnapshot }): VNode {
  const { filter, problem, objective, axes } = page;
  return (
    <label class="filter-query">
      where
      <input
        type="text"
        name="q"
        data-filter
        value={filter.text}
        maxLength={500}
        spellcheck={false}
        autocomplete="off"
        placeholder={filterExample(objective.metric, axes.map(({ name }) => name))}
        aria-invalid={problem === null ? undefined : "true"}
        aria-describedby="filter-help"
      />
    </label>
  );
}

function Objective({ page }: { readonly page: ParametersSnapshot }): VNode {
  const { objectives, objective } = page;
  return (
    <label>
      objective
      <select name="objective">
        {objectives.map((name) => (
          <option key={name} value={name} selected={name === objective.metric}>{name}</option>
        ))}
      </select>
    </label>
  );
}

function shownWords({ counts }: ParametersSnapshot): string {
  return `${formatCount(total(counts.shown))} of ${configurations(total(counts.byOutcome))}`;
}

function summary({ counts, filter }: ParametersSnapshot): string {
  const shown = total(counts.shown);
  const all = total(counts.byOutcome);
  const parts = OUTCOMES.filter((outcome) => counts.shown[outcome] > 0)
    .map((outcome) => `${formatCount(counts.shown[outcome])} ${outcome}`);
  const open = counts.open > 0 ? ` ${configurations(counts.open)} have no result yet.` : "";
  const pack = filter.pack === null ? "" : ` Only of pack ${formatCount(filter.pack)}.`;
  return `Every chart below shows ${formatCount(shown)} of ${configurations(all)} with a result` +
    `${parts.length > 0 ? `: ${parts.join(", ")}` : ""}.${pack}${open}`;
}

function isFiltered({ filter, counts }: ParametersSnapshot): boolean {
  const { min, max, top, ranges, choices, outcomes, worker, pack, text } = filter;
  const isUsual = outcomes.length === 2 && outcomes.includes("completed") &&
    outcomes.includes("diverged");
  return min !== null || max !== null || top !== null || ranges.length + choices.length > 0 ||
    worker !== null || pack !== null || text !== "" || !isUsual || total(counts.shown) === 0;
}

function keptQuery(kept: readonly (readonly [string, string])[]): string {
  return kept.length === 0
    ? ""
    : `?${new URLSearchParams(kept.map(([name, value]) => [name, value]))}`;
}

function total(counts: ParametersSnapshot["counts"]["shown"]): number {
  return OUTCOMES.reduce((sum, outcome) => sum + counts[outcome], 0);
}

function NumberField(
  { label, name, value }: {
    readonly label: string;
    readonly name: string;
    readonly value: number | null;
  },
): VNode {
  return (
    <label>
      {label}
      <input type="number" step="any" name={name} value={value ?? ""} />
    </label>
  );
}

function AxisField(
  { axis, filter }: { readonly axis: ParameterAxis; readonly filter: ParameterFilter },
): VNode {
  const { name } = axis;
  const isNumeric = axis.kind === "number" ||
    axis.values.every((value) => typeof value === "number");
  const range = filter.ranges.find((one) => one.name === name);
  const chosen = filter.choices.find((one) => one.name === name)?.values ?? [];
  return (
    <fieldset>
      <legend>{name}</legend>
      {isNumeric && (
        <>
          <NumberField label="from" name={`min.${name}`} value={range?.min ?? null} />
          <NumberField label="to" name={`max.${name}`} value={range?.max ?? null} />
        </>
      )}
      {!isNumeric && axis.kind === "choices" &&
        axis.values.slice(0, MOST_TICKED).map((value) => (
          <label key={String(value)}>
            <input
              type="checkbox"
              name={`is.${name}`}
              value={String(value)}
              checked={chosen.includes(String(value))}
            />
            {formatValue(value)}
          </label>
        ))}
      {!isNumeric && axis.kind === "choices" && axis.values.length > MOST_TICKED && (
        <p class="note">
          {MOST_TICKED} of {axis.values.length} choices; the address takes any: is.{name}=VALUE
        </p>
      )}
    </fieldset>
  );
}
