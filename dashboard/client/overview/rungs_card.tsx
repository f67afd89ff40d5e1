/** Early termination: how many trials came to each rung, and what became of them there. */
import type { VNode } from "preact";
import type { FilteredTrials } from "../parts/filter_line.tsx";
import { formatCount, formatNumber } from "../parts/format.ts";
import type { RungRow, Rungs } from "./panels_model.ts";
import { counted } from "./words.ts";

const WIDTH = 160;

/** The card. */
export function RungsCard(
  { rungs, sweep, filter: { matching, total: trials } }: {
    readonly rungs: Rungs;
    readonly sweep: string;
    readonly filter: FilteredTrials;
  },
): VNode {
  const { rows, total, pruned, completed, scheduler, metric } = rungs;
  const most = Math.max(1, ...rows.map(({ reached }) => reached));
  return (
    <section class="card" id="rungs" aria-labelledby="rungs-title">
      <div class="card-head">
        <h2 id="rungs-title">Rungs</h2>
        <p class="note">{scheduler}</p>
      </div>
      {matching < trials && (
        <p class="note">
          Filtered: {formatCount(matching)} of {counted(trials, "trial")}.
        </p>
      )}
      <p class="note">
        {counted(pruned, "trial")} pruned
        {pruned > 0 && (
          <>
            {" "}(<a href={`/s/${sweep}/trials?state=pruned`}>which</a>)
          </>
        )}. The leaderboard ranks the {counted(completed, "trial")}{" "}
        that completed: what was given up had less training.
      </p>
      {rows.length === 0
        ? <p class="empty">No trial has come to a rung yet.</p>
        : (
          <div class="scroll" role="region" aria-label="Table of rungs" tabIndex={0}>
            <table>
              <thead>
                <tr>
                  <th scope="col" class="number">epoch</th>
                  <th scope="col" class="number">reached</th>
                  <th scope="col" class="number">went on</th>
                  <th scope="col" class="number">waiting</th>
                  <th scope="col" class="number">pruned</th>
                  <th scope="col" class="number">best {metric}</th>
                  <th scope="col">
                    <span class="visually-hidden">picture</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => <Row key={row.epoch} row={row} most={most} sweep={sweep} />)}
              </tbody>
            </table>
          </div>
        )}
      {rows.length < total && (
        <p class="note">
          {rows.length} of {total} rungs: those at which most were pruned.
        </p>
      )}
    </section>
  );
}

function Row(
  { row, most, sweep }: {
    readonly row: RungRow;
    readonly most: number;
    readonly sweep: string;
  },
): VNode {
  const { epoch, reached, wentOn, waiting, pruned, best, bestTrial } = row;
  const width = (count: number): number => Math.round(10 * WIDTH * count / most) / 10;
  return (
    <tr>
      <td class="number strong">{formatCount(epoch)}</td>
      <td class="number">{formatCount(reached)}</td>
      <td class="number">{formatCount(wentOn)}</td>
      <td class="number">{formatCount(waiting)}</td>
      <td class="number">{formatCount(pruned)}</td>
      <td class="number">
        {best === null || bestTrial === null
          ? "–"
          : (
            <a href={`/s/${sweep}/t/${bestTrial}`} title={`Trial ${bestTrial}`}>
              {formatNumber(best)}
            </a>
          )}
      </td>
      <td>
        <svg class="rung-bar" width={WIDTH} height="12" aria-hidden="true">
          <rect class="ledger-track" width={WIDTH} height="12" />
          <rect class="fill-completed" width={width(wentOn)} height="12" />
          <rect class="fill-paused" x={width(wentOn)} width={width(waiting)} height="12" />
          <rect class="fill-pruned" x={width(wentOn + waiting)} width={width(pruned)} height="12" />
        </svg>
      </td>
    </tr>
  );
}
