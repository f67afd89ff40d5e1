/** The trials that have failed: why, and buttons that have them trained again. Plain forms. */
import type { VNode } from "preact";
import { formatCount } from "../parts/format.ts";
import type { FailureRow, Failures, Progress, SweepFacts } from "../model.ts";

/** What the card needs. */
export interface FailuresCardProps {
  readonly facts: SweepFacts;
  readonly failures: Failures;
  readonly status: Progress["status"];
}

/** The card; nothing where no trial has failed. */
export function FailuresCard({ facts, failures, status }: FailuresCardProps): VNode | null {
  const { rows, total } = failures;
  if (total === 0) return null;
  // What was cancelled stays so.
  const action = status === "cancelled" ? null : `/s/${facts.sweep}/retry`;
  return (
    <section class="card" id="failures" aria-labelledby="failures-title">
      <div class="card-head">
        <h2 id="failures-title">Failed trials</h2>
        {action !== null && (
          <form method="post" action={action}>
            <button type="submit" class="button">Retry failed</button>
          </form>
        )}
      </div>
      <div class="scroll" role="region" aria-label="Table of failures" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">trial</th>
              <th scope="col">why</th>
              <th scope="col" class="number">attempts</th>
              <th scope="col">
                <span class="visually-hidden">action</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row
                key={row.trial}
                row={row}
                action={action}
                sweep={facts.sweep}
              />
            ))}
          </tbody>
        </table>
      </div>
      {total > rows.length && (
        <p class="note">
          {formatCount(rows.length)} of {formatCount(total)} ·{" "}
          <a href={`/s/${facts.sweep}/trials?state=failed`}>all failed trials</a>
        </p>
      )}
    </section>
  );
}

function Row(
  { row, action, sweep }: {
    readonly row: FailureRow;
    readonly action: string | null;
    readonly sweep: string;
  },
): VNode {
  return (
    <tr id={`failed-${row.trial}`} data-failed={row.trial}>
      <td>
        <a class="strong" href={`/s/${sweep}/t/${row.trial}`} aria-label={`trial ${row.trial}`}>
          {row.trial}
        </a>
        <span class="sub">{row.label}</span>
      </td>
      <td class="why">
        <span class="strong">{row.kind}</span>
        <span class="sub">{row.message}</span>
      </td>
      <td class="number">{row.attempts}</td>
      <td>
        {action !== null && (
          <form method="post" action={action}>
            <input type="hidden" name="trial" value={row.trial} />
            <button type="submit" class="button" aria-label={`Retry trial ${row.trial}`}>
              Retry
            </button>
          </form>
        )}
      </td>
    </tr>
  );
}
