/** Who trains: each worker with its backend, why it has that one, and what it does now. */
import type { VNode } from "preact";
import { formatAgo, formatRate } from "../parts/format.ts";
import type { WorkerRow } from "../model.ts";
import { StatePill } from "../parts/state_pill.tsx";
import { EmptyState } from "../parts/empty_state.tsx";

/** The table of workers; `now` is the server's clock. */
export function WorkersTable(
  { workers, now }: { readonly workers: readonly WorkerRow[]; readonly now: number },
): VNode {
  const live = workers.filter(({ state }) => state !== "gone").length;
  return (
    <section class="card" id="workers" aria-labelledby="workers-title">
      <div class="card-head">
        <h2 id="workers-title">Workers</h2>
        <p class="note">
          {live} live{workers.length > live && ` · ${workers.length - live} gone`}
        </p>
      </div>
      {workers.length === 0
        ? <EmptyState title="No worker has come yet." />
        : (
          <div class="scroll" role="region" aria-label="Table of workers" tabIndex={0}>
            <table>
              <thead>
                <tr>
                  <th scope="col">worker</th>
                  <th scope="col">state</th>
                  <th scope="col">backend</th>
                  <th scope="col" class="number">packs (lanes)</th>
                  <th scope="col" class="number">lane steps</th>
                  <th scope="col" class="number">last seen</th>
                </tr>
              </thead>
              <tbody>
                {workers.map((row) => <Row key={row.worker} row={row} now={now} />)}
              </tbody>
            </table>
          </div>
        )}
    </section>
  );
}

function Row({ row, now }: { readonly row: WorkerRow; readonly now: number }): VNode {
  return (
    <tr id={`worker-${row.worker}`} class={row.state === "gone" ? "gone" : ""}>
      <td>
        <span class="strong">{row.host ?? row.worker}</span>
        {row.host !== null && <span class="sub">{row.worker}</span>}
      </td>
      <td>
        <StatePill state={row.state} />
        {row.quarantined.map(({ name, value }) => (
          <span key={name} class="sub" data-quarantined={name}>
            no more packs of <b>{name}</b>: {value}
          </span>
        ))}
      </td>
      <td class="why">
        <span class="strong">{row.backend}</span>
        {row.reason !== null && <span class="sub">{row.reason}</span>}
        {row.refused.length > 0 && (
          <details>
            <summary>{row.refused.length} refused</summary>
            <ul>
              {row.refused.map(({ name, value }) => (
                <li key={name}>
                  <b>{name}</b>: {value}
                </li>
              ))}
            </ul>
          </details>
        )}
      </td>
      <td class="number">
        {row.state === "gone" ? `${row.packsLeased} leased` : `${row.packs} (${row.lanes})`}
      </td>
      <td class="number">
        {row.laneStepsPerSecond === null ? "–" : formatRate(row.laneStepsPerSecond)}
      </td>
      <td class="number">{formatAgo(now - row.lastSeenAt)}</td>
    </tr>
  );
}
