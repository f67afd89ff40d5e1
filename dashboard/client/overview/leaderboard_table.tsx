/** Configurations ranked by their objective. */
import type { VNode } from "preact";
import { formatCount, formatNumber } from "../parts/format.ts";
import type { Leaderboard, LeaderRow, SweepFacts } from "../model.ts";
import { IntervalMark, scoreDomain } from "../parts/score.tsx";
import { EmptyState } from "../parts/empty_state.tsx";
import { FilteredNote } from "./filtered_note.tsx";
import type { FilteredConfigurations } from "./panels_model.ts";

/** What the table needs. */
export interface LeaderboardProps {
  readonly facts: SweepFacts;
  readonly leaderboard: Leaderboard;
  readonly filtered: FilteredConfigurations | null;
  readonly isOver: boolean;
  /** The address that shows this many rows. */
  readonly hrefOfLimit: (limit: number) => string;
}

/** The leaderboard. */
export function LeaderboardTable(props: LeaderboardProps): VNode {
  const { facts, leaderboard, filtered, isOver, hrefOfLimit } = props;
  const { rows, total } = leaderboard;
  const domain = scoreDomain(rows);
  const goal = facts.goal === "maximize" ? "highest first" : "lowest first";
  return (
    <section class="card" id="leaderboard" aria-labelledby="leaderboard-title">
      <div class="card-head">
        <h2 id="leaderboard-title">Leaderboard</h2>
        <p class="note">
          {facts.metric}, {goal} · showing {formatCount(rows.length)} of {formatCount(total)}{" "}
          configurations
          {rows.length < total && (
            <>
              {" · "}
              <a href={hrefOfLimit(Math.min(total, rows.length * 4))}>show more</a>
            </>
          )}
        </p>
      </div>
      <FilteredNote filtered={filtered}>Ranks are those among all.</FilteredNote>
      {facts.otherObjectives.length > 0 && (
        <p class="note">
          Ranked by {facts.metric} alone, the first of {facts.otherObjectives.length + 1}{" "}
          objectives; the <a href="#front">Pareto front</a> weighs them against each other.
        </p>
      )}
      {total === 0
        ? <Nothing isOver={isOver} isFiltered={filtered !== null && filtered.of > 0} />
        : (
          <div class="scroll" role="region" aria-label="Table of configurations" tabIndex={0}>
            <table class="leaderboard">
              <Head facts={facts} />
              <tbody>
                {rows.map((row) => (
                  <Row key={row.configuration} row={row} domain={domain} facts={facts} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      {isOver && rows.some(({ completed, asked }) => completed < asked) && (
        <p class="note">
          Where replicates are missing, such as pruned ones, a mean of those that are left may
          flatter.
        </p>
      )}
      <Conclusion leaderboard={leaderboard} isFiltered={filtered !== null} />
    </section>
  );
}

function Nothing(
  { isOver, isFiltered }: { readonly isOver: boolean; readonly isFiltered: boolean },
): VNode {
  if (isFiltered) return <EmptyState title="The filter lets no ranked configuration through." />;
  return (
    <EmptyState title={isOver ? "Nothing is ranked." : "Nothing is ranked yet."}>
      {isOver
        ? "No trial completed: only those that do are ranked."
        : "Configurations appear here as soon as their first trial completes."}
    </EmptyState>
  );
}

function Head({ facts }: Pick<LeaderboardProps, "facts">): VNode {
  return (
    <thead>
      <tr>
        <th scope="col" class="number">rank</th>
        <th scope="col" class="number">{facts.metric}</th>
        <th scope="col">95 % interval</th>
        {facts.otherObjectives.map((name) => <th key={name} scope="col" class="number">{name}</th>)}
        {facts.varied.map((name) => <th key={name} scope="col" class="number">{name}</th>)}
        <th scope="col" class="number">replicates</th>
        {facts.testMetric !== null && <th scope="col" class="number">{facts.testMetric}</th>}
        <th scope="col" class="number">epochs</th>
        <th scope="col" class="number">trial</th>
      </tr>
    </thead>
  );
}

function Conclusion(
  { leaderboard, isFiltered }: Pick<LeaderboardProps, "leaderboard"> & {
    readonly isFiltered: boolean;
  },
): VNode | null {
  const { conclusion, rows } = leaderboard;
  if (conclusion.length === 0) return null;
  return (
    <div class="conclusion">
      {rows.some(({ isTied }) => isTied) && (
        <p class="note">
          <b>tied</b>: cannot be told from the best.
        </p>
      )}
      {isFiltered && <p class="note">Of all configurations, filtered or not:</p>}
      {conclusion.map((sentence) => <p key={sentence} class="note">{sentence}</p>)}
    </div>
  );
}

function Row(
  { row, domain, facts }: {
    readonly row: LeaderRow;
    readonly domain: ReturnType<typeof scoreDomain>;
    readonly facts: SweepFacts;
  },
): VNode {
  return (
    <tr id={`configuration-${row.configuration}`} class={row.rank === 1 ? "first" : ""}>
      <td class="number rank">
        {row.isTied && <span class="tie" title="Cannot be told from the best">tied</span>}
        {row.rank}
      </td>
      <td class="number strong">
        {row.score === null ? "diverged" : formatNumber(row.score.mean)}
      </td>
      <td>
        <IntervalMark score={row.score} domain={domain} />
      </td>
      {row.others.map((value, index) => (
        <td key={`o${index}`} class="number" data-label={facts.otherObjectives[index]}>
          {value === null ? "–" : formatNumber(value)}
        </td>
      ))}
      {row.values.map((value, index) => (
        <td key={index} class="number" data-label={facts.varied[index]}>{value}</td>
      ))}
      <td class="number" data-label="replicates">{row.completed} of {row.asked}</td>
      {facts.testMetric !== null && (
        <td class="number" data-label={facts.testMetric}>
          {row.test === null ? "–" : formatNumber(row.test)}
        </td>
      )}
      <td class="number" data-label="epochs">{formatCount(row.epochs)}</td>
      <td class="number to-trial" data-label="trial">
        <a href={`/s/${facts.sweep}/t/${row.trial}`} aria-label={`trial ${row.trial}`}>
          {row.trial}
        </a>
      </td>
    </tr>
  );
}
