/** What the Curves page shows and how: a form that needs no script. */
/// <reference lib="dom" />
import type { ComponentChildren, VNode } from "preact";
import type { CurvesSnapshot } from "./curves_model.ts";
import { filterIn } from "../parts/shared_filter.ts";
import {
  CURVE_X,
  type CurvesQuery,
  formatCurvesQuery,
  SHOWN,
  TOPS,
  WEIGHTS,
} from "./curves_query.ts";
import { SHOWN_NAMES } from "./curves_words.ts";
import { X_NAMES } from "./lines_axes.ts";

/** What the form needs. */
export interface CurvesFormProps {
  readonly snapshot: CurvesSnapshot;
  /** Takes the form's fields instead of the server. */
  readonly onForm?: ((form: HTMLFormElement) => void) | undefined;
}

/** The form. */
export function CurvesForm({ snapshot: { view, facts }, onForm }: CurvesFormProps): VNode {
  const { query } = view;
  const take = takeForm(onForm);
  return (
    <form
      class="trial-filters curves-form"
      method="get"
      action={`/s/${facts.sweep}/curves`}
      aria-label="Choose curves"
      onSubmit={take}
      onChange={take}
    >
      <Choice name="metric" chosen={view.metric} options={view.metrics.map((one) => [one, one])} />
      <Choice
        name="show"
        label="trials"
        chosen={query.show}
        options={SHOWN.map((one) => [one, SHOWN_NAMES[one]])}
      />
      <Choice
        name="top"
        label="at most"
        chosen={String(query.top)}
        options={[...new Set([...TOPS, query.top])].sort((a, b) => a - b)
          .map((one) => [String(one), `${one} curves`])}
      />
      <Choice
        name="group"
        label="group by"
        chosen={query.group ?? ""}
        options={[["", "no: every trial"], ...view.parameters.map((one) => [one, one] as const)]}
      />
      <Choice
        name="x"
        label="over"
        chosen={query.x}
        options={CURVE_X.filter((x) => x !== "step" && x !== "samples" || view.hasSteps)
          .map((one) => [one, X_NAMES[one]])}
      />
      <Choice
        name="smooth"
        label="smoothing"
        chosen={String(query.smooth)}
        options={[...new Set([...WEIGHTS, query.smooth])].sort((a, b) => a - b)
          .map((one) => [String(one), one === 0 ? "none" : String(one)])}
      />
      <Field name="t" label="these trials" value={query.trials.join()} example="3,17" size={8} />
      {[...new URLSearchParams(filterIn(new URLSearchParams(formatCurvesQuery(query))))]
        .map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
      <Field name="from" label="x from" value={numberText(query.from)} example="start" size={6} />
      <Field name="to" label="x to" value={numberText(query.to)} example="end" size={6} />
      <Tick name="logx" isOn={query.isLogX}>log x</Tick>
      <Tick name="logy" isOn={query.isLogY}>log y</Tick>
      <button type="submit" class="button">Draw</button>
    </form>
  );
}

/** What listens to a form for it. */
export function takeForm(
  onForm: CurvesFormProps["onForm"],
): ((event: Event) => void) | undefined {
  return onForm && ((event) => {
    if (event.type === "submit") event.preventDefault();
    if (event.currentTarget instanceof HTMLFormElement) onForm(event.currentTarget);
  });
}

function numberText(value: number | null): string {
  return value === null ? "" : String(value);
}

function Choice({ name, label = name, chosen, options }: {
  readonly name: string;
  readonly label?: string;
  readonly chosen: string;
  readonly options: readonly (readonly [value: string, label: string])[];
}): VNode {
  return (
    <label class="field">
      <span>{label}</span>
      <select name={name}>
        {options.map(([value, text]) => (
          <option key={value} value={value} selected={value === chosen}>{text}</option>
        ))}
      </select>
    </label>
  );
}

function Field({ name, label, value, example, size }: {
  readonly name: keyof CurvesQuery | "t";
  readonly label: string;
  readonly value: string;
  readonly example: string;
  readonly size: number;
}): VNode {
  return (
    <label class="field">
      <span>{label}</span>
      <input
        type="text"
        name={name}
        value={value}
        size={size}
        autocomplete="off"
        placeholder={example}
      />
    </label>
  );
}

function Tick({ name, isOn, children }: {
  readonly name: string;
  readonly isOn: boolean;
  readonly children: ComponentChildren;
}): VNode {
  return (
    <label class="tick-box">
      <input type="checkbox" name={name} value="1" checked={isOn} /> {children}
    </label>
  );
}
