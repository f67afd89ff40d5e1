/** The fields of a filter that pages share, in their order: state, worker, and comparisons. */
import type { VNode } from "preact";
import { TRIAL_STATUSES } from "../../../core/domain/trial.ts";

/** What the fields say, and who is told of a change. */
export interface FilterFieldsProps {
  readonly state: string | null;
  readonly worker: string | null;
  readonly workers: readonly string[];
  /** Comparisons; see `trial_filter.ts`. */
  readonly text: string;
  /** Comparisons that would do something here. */
  readonly example: string;
  readonly problem: string | null;
  readonly onState?: ((state: string | null) => void) | undefined;
  readonly onWorker?: ((worker: string | null) => void) | undefined;
  readonly onText?: ((text: string) => void) | undefined;
}

/** The fields. */
export function FilterFields(props: FilterFieldsProps): VNode {
  const { state, worker, workers, text, example, problem, onState, onWorker, onText } = props;
  return (
    <>
      <Choice
        name="state"
        all="all states"
        chosen={state}
        options={[...TRIAL_STATUSES, "diverged"]}
        onChoice={onState}
      />
      <Choice
        name="worker"
        all="all workers"
        chosen={worker}
        options={workers}
        onChoice={onWorker}
      />
      <label class="field grow">
        <span>where</span>
        <input
          type="text"
          name="q"
          data-filter
          value={text}
          maxLength={500}
          spellcheck={false}
          autocomplete="off"
          placeholder={example}
          aria-invalid={problem === null ? undefined : "true"}
          aria-describedby="filter-help"
          onInput={onText && ((event: InputEvent) => {
            if (isField(event.currentTarget)) onText(event.currentTarget.value);
          })}
        />
      </label>
    </>
  );
}

function Choice(
  { name, all, chosen, options, onChoice }: {
    readonly name: string;
    readonly all: string;
    readonly chosen: string | null;
    readonly options: readonly string[];
    readonly onChoice?: ((value: string | null) => void) | undefined;
  },
): VNode {
  // What an address asks for is shown, even if there is none such.
  const values = chosen === null || options.includes(chosen) ? options : [...options, chosen];
  return (
    <label class="field">
      <span>{name}</span>
      <select
        name={name}
        onChange={onChoice && ((event: Event) => {
          if (isField(event.currentTarget)) onChoice(event.currentTarget.value || null);
        })}
      >
        <option value="" selected={chosen === null}>{all}</option>
        {values.map((option) => (
          <option key={option} value={option} selected={option === chosen}>{option}</option>
        ))}
      </select>
    </label>
  );
}

function isField(target: EventTarget | null): target is EventTarget & { readonly value: string } {
  return target !== null && "value" in target;
}

/** The best, a metric, a parameter: what a filter can be about. */
export function filterExample(metric: string, parameters: readonly string[]): string {
  const parameter = parameters.find((name) => /^[\w.-]+$/.test(name)) ?? "attempts";
  return `best%<=10 ${metric}>… ${parameter}=…`;
}
