/** The best configuration so far, with what its number is worth and how to run it again. */
import type { VNode } from "preact";
import { formatNumber } from "../parts/format.ts";
import type { BestConfiguration, Score, SweepFacts } from "../model.ts";
import { EmptyState } from "../parts/empty_state.tsx";

/** What the card needs. */
export interface BestCardProps {
  readonly facts: SweepFacts;
  readonly best: BestConfiguration | null;
  /** Copies a text; absent where nothing can. */
  readonly onCopy?: ((text: string) => void) | undefined;
  readonly copied?: boolean | undefined;
}

/** The card. */
export function BestCard(props: BestCardProps): VNode {
  const { facts, best } = props;
  return (
    <section class="card best" aria-labelledby="best-title">
      <h2 id="best-title">Best configuration</h2>
      {best === null
        ? (
          <EmptyState title="No trial has completed yet.">
            The first one to complete appears here at once.
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
            <p class="note">{explain(best.row.score)}</p>
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
            <Rerun {...props} best={best} />
          </>
        )}
    </section>
  );
}

function Rerun(
  { best, onCopy, copied }: BestCardProps & { readonly best: BestConfiguration },
): VNode {
  return (
    <details class="rerun">
      <summary>Run this configuration again</summary>
      <pre class="command" tabIndex={0}><code>{best.command}</code></pre>
      <p class="note">
        <code>FILE</code> is the sweep file that this sweep was started from.
      </p>
      {onCopy && (
        <button type="button" class="button" onClick={() => onCopy(best.command)}>
          {copied ? "Copied" : "Copy command"}
        </button>
      )}
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
