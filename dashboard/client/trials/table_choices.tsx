/** How the table of trials is laid out: what a row is, which columns there are, the baseline. */
import type { VNode } from "preact";
import { QueryLink } from "../parts/query_link.tsx";
import { KeptFields } from "./kept_fields.tsx";
import type { TrialTableProps } from "./trial_table_props.ts";
import type { TrialsQuery } from "./trials_query.ts";

/** The choices. */
export function TableChoices(props: TrialTableProps): VNode {
  const { columns } = props.snapshot;
  return (
    <div class="table-choices">
      {columns.some(({ id }) => id === "replicate") && <RowChoice {...props} />}
      <ColumnChoice {...props} />
    </div>
  );
}

function RowChoice({ snapshot: { query }, hrefOf, onQuery }: TrialTableProps): VNode {
  return (
    <nav class="chips" aria-label="A row for each">
      {(["trial", "configuration"] as const).map((by) => {
        const next: TrialsQuery = { ...query, by, page: 1 };
        return (
          <QueryLink
            key={by}
            query={next}
            href={hrefOf(next)}
            onQuery={onQuery}
            isChosen={by === query.by}
          >
            per {by}
          </QueryLink>
        );
      })}
    </nav>
  );
}

function ColumnChoice({ snapshot, onQuery }: TrialTableProps): VNode {
  const { query, columns, shown, facts } = snapshot;
  const choices = columns.filter(({ id }) => id !== "trial");
  const count = choices.filter(({ id }) => shown.includes(id)).length;
  const toggle = (id: string): void => {
    const chosen = columns
      .filter((one) => one.id === id ? !shown.includes(id) : shown.includes(one.id))
      .map((one) => one.id);
    const usual = columns.filter(({ isUsual }) => isUsual).map((one) => one.id);
    onQuery?.({ ...query, columns: chosen.join() === usual.join() ? null : chosen });
  };
  return (
    <details class="column-choice">
      <summary>Columns: {count} of {choices.length}</summary>
      <form method="get" action={`/s/${facts.sweep}/trials`} aria-label="Columns of the table">
        <input type="hidden" name="col" value="trial" />
        {choices.map(({ id, label }) => (
          <label key={id}>
            <input
              type="checkbox"
              name="col"
              value={id}
              checked={shown.includes(id)}
              onChange={onQuery && (() => toggle(id))}
            />
            {label}
          </label>
        ))}
        <KeptFields query={{ ...query, columns: null }} />
        {onQuery === undefined && <button type="submit" class="button">Show these</button>}
      </form>
    </details>
  );
}
