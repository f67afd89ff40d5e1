/** The form of a configuration that somebody wants to be tried. */
import type { VNode } from "preact";
import type { FieldProblems } from "../actions/field_problems.ts";
import { POINT_PREFIX, type PointField } from "../actions/point_form.ts";
import { Field, FormProblem } from "./field.tsx";

/** What the form needs. */
export interface EnqueueProps {
  readonly sweep: string;
  /** The trial that it is a clone of; null: of none. */
  readonly from: number | null;
  readonly replicates: number;
  readonly fields: readonly PointField[];
  readonly problems: FieldProblems;
}

/** The form as a card. */
export function EnqueueCard({ sweep, from, replicates, fields, problems }: EnqueueProps): VNode {
  const trials = replicates === 1 ? "One trial" : `${replicates} trials, its replicates,`;
  return (
    <section class="card" aria-labelledby="ask-title">
      <form method="post" action={`/s/${sweep}/enqueue`} class="stack">
        <h2 id="ask-title" class="big">
          {from === null ? "Enqueue a configuration" : `Clone trial ${from}`}
        </h2>
        <p>
          {trials} will be queued beside those that are asked for. {from !== null &&
            "Change at least one value: a configuration is asked for once."}{" "}
          Values may lie outside of what is searched.
        </p>
        <FormProblem message={problems.get("")} />
        {from !== null && <input type="hidden" name="from" value={from} />}
        <div class="fields">
          {fields.map((field) => (
            <Field
              key={field.name}
              name={`${POINT_PREFIX}${field.name}`}
              label={field.name}
              value={field.value}
              hint={field.hint}
              problem={problems.get(field.name) ?? null}
              placeholder={field.fallback === null ? "" : `${field.fallback}, if left empty`}
              isNumber={field.isNumber}
              choices={field.choices}
            />
          ))}
        </div>
        <p class="controls">
          <button type="submit" class="button chief">Enqueue</button>
          <a class="button" href={from === null ? `/s/${sweep}` : `/s/${sweep}/t/${from}`}>
            Leave it
          </a>
        </p>
      </form>
    </section>
  );
}
