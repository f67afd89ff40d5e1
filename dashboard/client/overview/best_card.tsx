/** The best configuration so far, with what its number is worth, how to run it again and its model. */
import type { VNode } from "preact";
import { formatCount, formatNumber } from "../parts/format.ts";
import type { BestConfiguration, Score, SweepFacts } from "../model.ts";
import { CopyButton } from "../parts/copy_button.tsx";
import { EmptyState } from "../parts/empty_state.tsx";

/** What the card needs. */
export interface BestCardProps {
  readonly facts: SweepFacts;
  readonly best: BestConfiguration | null;
  /** Configurations that cannot be told from it. */
  readonly tied: number;
  readonly isOver: boolean;
}

/** The card. */
export function BestCard({ facts, best, tied, isOver }: BestCardProps): VNode {
  return (
    <section class="card best" id="best" aria-labelledby="best-title">
      <h2 id="best-title">Best configuration{!isOver && best !== null && " so far"}</h2>
      {best === null
        ? (
          <EmptyState title={isOver ? "No trial completed." : "No trial has completed yet."}>
            {isOver
              ? (
                <>
                  The table of <a href={`/s/${facts.sweep}/trials`}>all trials</a>{" "}
                  says how far each came, and each trial's page why it ended.
                </>
              )
              : "The first one to complete appears here at once."}
          </EmptyState>
        )
        : (
          <>
            <p class="headline">
              <span class="value">
                {best.row.score === null ? "diverged" : formatNumber(best.row.score.mean)}
              </span>
              {best.row.score && <PlusMinus score={best.row.score} />}
              <span class="unit">{facts.metric}</span>
            </p>
            <p class="note">
              {explain(best.row.score)}
              {best.row.score === null && " So has every other configuration that completed."}
            </p>
            {tied > 0 && (
              <p class="note">
                <b>Tied</b> with {formatCount(tied)} other{" "}
                {tied === 1 ? "configuration" : "configurations"}{" "}
                that cannot be told from it: see the leaderboard.
              </p>
            )}
            {facts.otherObjectives.length > 0 && (
              <p class="note">
                The best by {facts.metric} alone; with it{" "}
                {facts.otherObjectives.map((name, index) => {
                  const value = best.row.others[index] ?? null;
                  return `${name} ${value === null ? "–" : formatNumber(value)}`;
                }).join(", ")}.
              </p>
            )}
            {best.test && (
              <p class="note">
                {facts.testMetric} <b>{formatNumber(best.test.mean)}</b>
                {best.test.sd !== null && ` (sd ${formatNumber(best.test.sd)})`}
                , scored once at the end.
              </p>
            )}
            <dl class="settings">
              {best.settings.map(({ name, value }) => (
                <div key={name} class={facts.varied.includes(name) ? "varied" : ""}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
            <p class="best-links">
              <a href={`/s/${facts.sweep}/t/${best.row.trial}`}>Trial {best.row.trial}</a>
              {best.model !== null && <a href={best.model} download>Download model</a>}
            </p>
            <Texts best={best} />
          </>
        )}
    </section>
  );
}

/** What somebody may want to take away: it can be selected without a script, and copied with one. */
function Texts({ best }: { readonly best: BestConfiguration }): VNode {
  const { command, json, predict, row } = best;
  return (
    <>
      <Text title="Run this configuration again" text={command} name="command">
        <code>FILE</code> is the sweep file that this sweep was started from.
      </Text>
      {predict !== null && (
        <Text title="Predict with its model" text={predict} name="predict command">
          <code>FILE</code> is a picture or a CSV file with the columns that it was trained on.
        </Text>
      )}
      <Text title="Configuration as JSON" text={json} name="JSON">
        The hyperparameters of trial {row.trial}.
      </Text>
    </>
  );
}

function Text(
  { title, text, name, children }: {
    readonly title: string;
    readonly text: string;
    readonly name: string;
    readonly children: VNode | (VNode | string | number)[];
  },
): VNode {
  return (
    <details class="rerun">
      <summary>{title}</summary>
      <pre class="command" tabIndex={0}><code>{text}</code></pre>
      <p class="note">{children}</p>
      <CopyButton label={`Copy ${name}`} what="one" />
    </details>
  );
}

function PlusMinus({ score }: { readonly score: Score }): VNode | null {
  if (score.ci95 === null) return null;
  const [lower, upper] = score.ci95;
  return score.estimator === "t"
    ? <span class="ci">± {formatNumber((upper - lower) / 2)}</span>
    : <span class="ci">{formatNumber(lower)} – {formatNumber(upper)}</span>;
}

function explain(score: Score | null): string {
  if (score === null) return "Its loss became infinite or NaN in at least one replicate.";
  switch (score.estimator) {
    case "t":
      return `Mean of ${score.n} replicates; 95 % interval by Student's t.`;
    case "wilson":
      return "One run; 95 % interval of its share of validation examples (Wilson). " +
        "It does not say how runs differ: replicates would.";
    case "none":
      return "One run: nothing can be said about how runs differ without replicates.";
    default:
      return score.estimator satisfies never;
  }
}
