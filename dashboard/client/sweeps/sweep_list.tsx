/** The list of sweeps: pure, so that the server and the browser draw the same. */
import type { VNode } from "preact";
import { elapsedOf } from "../parts/elapsed.ts";
import { formatAgo, formatDuration, formatInstant, formatNumber } from "../parts/format.ts";
import { LedgerBar } from "../overview/ledger_bar.tsx";
import type { SweepRow, SweepsSnapshot } from "../model.ts";
import { describeScore } from "../parts/score.tsx";
import { StatePill } from "../parts/state_pill.tsx";
import { EmptyState } from "../parts/empty_state.tsx";

/** The list. */
export function SweepList({ snapshot }: { readonly snapshot: SweepsSnapshot }): VNode {
  const { sweeps, now } = snapshot;
  return (
    <>
      <header class="sweep-head">
        <h1>Sweeps</h1>
      </header>
      <section class="card" aria-label="All sweeps">
        {sweeps.length === 0
          ? <Empty />
          : (
            <div class="scroll" role="region" aria-label="Sweeps" tabIndex={0}>
              <table class="sweeps">
                <thead>
                  <tr>
                    <th scope="col">sweep</th>
                    <th scope="col">state</th>
                    <th scope="col" class="wide">trials</th>
                    <th scope="col" class="number">done</th>
                    <th scope="col" class="number">best</th>
                    <th scope="col" class="number">time</th>
                    <th scope="col" class="number">started</th>
                  </tr>
                </thead>
                <tbody>
                  {sweeps.map((row) => <Row key={row.sweep} row={row} now={now} />)}
                </tbody>
              </table>
            </div>
          )}
      </section>
    </>
  );
}

function Row({ row, now }: { readonly row: SweepRow; readonly now: number }): VNode {
  if (row.kind === "unreadable") {
    return (
      <tr>
        <td>
          <span class="strong">{row.sweep}</span>
        </td>
        <td colSpan={6} class="trouble">{row.message}</td>
      </tr>
    );
  }
  const { progress } = row;
  const { counts } = progress;
  const done = counts.completed + counts.pruned + counts.failed + counts.cancelled;
  return (
    <tr>
      <td>
        <a class="strong" href={`/s/${row.sweep}`}>{row.name}</a>
        <span class="sub">{row.dataset} · {row.sweep}</span>
      </td>
      <td>
        <StatePill state={progress.status} />
      </td>
      <td class="wide">
        <LedgerBar counts={counts} size="row" />
      </td>
      <td class="number">
        {done} of {counts.asked}
        <span class="sub">done</span>
      </td>
      <td class="number" title={row.best ? describeScore(row.best) : undefined}>
        {row.best === null ? "–" : formatNumber(row.best.mean)}
        <span class="sub">{row.metric}</span>
      </td>
      <td class="number">
        {formatDuration(elapsedOf(progress, { createdAt: row.createdAt, now }))}
        {progress.etaMs !== null && <span class="sub">≈ {formatDuration(progress.etaMs)} left
        </span>}
      </td>
      <td class="number" title={formatInstant(row.createdAt)}>{formatAgo(now - row.createdAt)}</td>
    </tr>
  );
}

function Empty(): VNode {
  return (
    <EmptyState title="No sweep yet." command="deno task sweep" needsWorker>
      Start one; it appears here as soon as its first trials are queued:
    </EmptyState>
  );
}
