/** The list of sweeps: pure, so that the server and the browser draw the same. */
import type { VNode } from "preact";
import { elapsedOf } from "../parts/elapsed.ts";
import {
  formatAgo,
  formatCount,
  formatDuration,
  formatInstant,
  formatNumber,
} from "../parts/format.ts";
import { LedgerBar } from "../overview/ledger_bar.tsx";
import type { Spark, SweepRow, SweepsSnapshot } from "../model.ts";
import { describeScore } from "../parts/score.tsx";
import { StatePill } from "../parts/state_pill.tsx";
import { EmptyState, serverOption } from "../parts/empty_state.tsx";

/** The list. */
export function SweepList({ snapshot }: { readonly snapshot: SweepsSnapshot }): VNode {
  const { sweeps, now, total } = snapshot;
  return (
    <>
      <header class="sweep-head">
        <h1>Sweeps</h1>
        {total > 0 && <p class="note">{extentOf(snapshot)}</p>}
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
                    <th scope="col">best so far</th>
                    <th scope="col" class="number">workers</th>
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
        <Pages snapshot={snapshot} />
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
        <td colSpan={8} class="trouble">{row.message}</td>
      </tr>
    );
  }
  const { progress } = row;
  const { counts } = progress;
  const done = counts.completed + counts.pruned + counts.failed + counts.cancelled;
  return (
    <tr>
      <td>
        <a class="strong" href={`/s/${row.sweep}`} title={row.name}>{row.name}</a>
        <span class="sub">{row.dataset} · {row.sweep}</span>
      </td>
      <td>
        <StatePill state={progress.status} />
      </td>
      <td class="wide">
        <LedgerBar counts={counts} size="row" />
      </td>
      <td class="number">
        {formatCount(done)} of {formatCount(counts.asked)}
        <span class="sub">
          {counts.failed > 0 ? `${formatCount(counts.failed)} failed` : "done"}
        </span>
      </td>
      <td class="number" title={row.best ? describeScore(row.best) : undefined}>
        {row.best === null ? "–" : formatNumber(row.best.mean)}
        <span class="sub">
          {row.metric}
          {row.objectives > 1 && `, first of ${row.objectives} objectives`}
        </span>
      </td>
      <td class="spark-cell">{row.spark && <Sparkline spark={row.spark} row={row} />}</td>
      <td class="number">
        {row.workers}
        <span class="sub">{progress.endedAt === null ? "at work" : "took part"}</span>
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

/** Drawn by the server; its words say what it shows. */
function Sparkline(
  { spark, row }: { readonly spark: Spark; readonly row: Extract<SweepRow, { kind: "readable" }> },
): VNode {
  const { path, first, improvements } = spark;
  const now = row.best === null ? "diverged" : formatNumber(row.best.mean);
  const label = `Best ${row.metric} so far: from ${formatNumber(first)} to ${now}, ${
    formatCount(improvements)
  } ${improvements === 1 ? "improvement" : "improvements"}`;
  return (
    <svg class="spark" width="84" height="22" role="img" aria-label={label}>
      <title>{label}</title>
      <path d={path} />
    </svg>
  );
}

function extentOf({ first, sweeps, total, pages }: SweepsSnapshot): string {
  const noun = total === 1 ? "sweep" : "sweeps";
  return pages === 1
    ? `${formatCount(total)} ${noun}, the newest first`
    : `${formatCount(first)} to ${formatCount(first + sweeps.length - 1)} of ${
      formatCount(total)
    } ${noun}, the newest first`;
}

function Pages({ snapshot: { page, pages } }: { readonly snapshot: SweepsSnapshot }): VNode | null {
  if (pages === 1) return null;
  return (
    <nav class="pages" aria-label="Pages of the list">
      {page > 1 && <a href={page === 2 ? "/" : `/?page=${page - 1}`} rel="prev">Newer</a>}
      <span class="note">page {page} of {pages}</span>
      {page < pages && <a href={`/?page=${page + 1}`} rel="next">Older</a>}
    </nav>
  );
}

function Empty(_: Readonly<Record<never, never>>, context?: unknown): VNode {
  const option = serverOption(context);
  return (
    <EmptyState title="No sweep yet." command={`deno task sweep${option}`}>
      This starts the shipped one, which trains on handwritten digits and takes a minute or two; it
      appears here as soon as its trials are queued, and brings workers of its own. One of yours is
      a sweep file: <code>deno task sweep my_sweep.yaml{option}</code>
    </EmptyState>
  );
}
