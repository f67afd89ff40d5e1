/** Every trial that was asked for, by what became of it: segments that add up to the whole. */
import type { VNode } from "preact";
import { ChartCard } from "../charts/chart_card.tsx";
import type { TrialStatus } from "../../../core/domain/trial.ts";
import { formatCount } from "../parts/format.ts";
import type { Progress } from "../model.ts";

/** What is done comes first, so that the bar fills from the left. */
const ORDER: readonly TrialStatus[] = [
  "completed",
  "pruned",
  "failed",
  "cancelled",
  "running",
  "paused",
  "queued",
];

/** The bar of a sweep; `size` "row" is for tables and has no legend. */
export function LedgerBar(
  { counts, size }: { readonly counts: Progress["counts"]; readonly size: "row" | "full" },
): VNode {
  const present = ORDER.filter((status) => counts[status] > 0);
  const share = (count: number): number => counts.asked === 0 ? 0 : 100 * count / counts.asked;
  let done = 0;
  return (
    <div class={`ledger ledger-${size}`}>
      <svg class="ledger-bar" role="img" aria-label={describe(counts)} width="100%" height="100%">
        <rect class="ledger-track" width="100%" height="100%" />
        {present.map((status) => {
          const x = share(done);
          done += counts[status];
          return (
            <rect
              key={status}
              class={`segment fill-${status}`}
              x={`${x}%`}
              width={`${share(counts[status])}%`}
              height="100%"
            >
              <title>{`${formatCount(counts[status])} ${status}`}</title>
            </rect>
          );
        })}
      </svg>
      {size === "full" && <Legend counts={counts} />}
    </div>
  );
}

/** The bar of the overview in a card, with the same numbers as a table. */
export function LedgerCard({ counts }: { readonly counts: Progress["counts"] }): VNode {
  return (
    <ChartCard
      id="ledger"
      title="Trials by state"
      sentence={describe(counts)}
      table={<Table counts={counts} />}
    >
      <LedgerBar counts={counts} size="full" />
    </ChartCard>
  );
}

function describe(counts: Progress["counts"]): string {
  const present = ORDER.filter((status) => counts[status] > 0);
  const text = present.map((status) => `${formatCount(counts[status])} ${status}`).join(", ");
  return `${formatCount(counts.asked)} trials: ${text || "none yet"}`;
}

function Table({ counts }: { readonly counts: Progress["counts"] }): VNode {
  return (
    <table class="narrow">
      <thead>
        <tr>
          <th scope="col">state</th>
          <th scope="col" class="number">trials</th>
        </tr>
      </thead>
      <tbody>
        {[...ORDER, "asked" as const].map((name) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td class="number">{formatCount(counts[name])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Legend({ counts }: { readonly counts: Progress["counts"] }): VNode {
  const shown = ORDER.filter((status) =>
    counts[status] > 0 || status === "completed" || status === "running" || status === "queued"
  );
  return (
    <ul class="legend ledger-legend">
      <li class="asked">
        <b data-count="asked">{formatCount(counts.asked)}</b> asked
      </li>
      {shown.map((status) => (
        <li key={status} class={counts[status] === 0 ? "zero" : ""}>
          <Swatch status={status} />
          <b data-count={status}>{formatCount(counts[status])}</b> {status}
        </li>
      ))}
    </ul>
  );
}

/** A small square in a status's colour and pattern. */
function Swatch({ status }: { readonly status: TrialStatus }): VNode {
  return (
    <svg class="swatch" width="12" height="12" aria-hidden="true">
      <rect class={`fill-${status}`} width="12" height="12" rx="3" />
    </svg>
  );
}

/** The patterns that tell statuses apart without colour; once in a page. */
export function LedgerPatterns(): VNode {
  return (
    <svg class="definitions" width="0" height="0" aria-hidden="true">
      <defs>
        <pattern id="hatch-running" width="8" height="8" patternUnits="userSpaceOnUse">
          <rect class="paint-running" width="8" height="8" />
          <path class="hatch" d="M-2 10 10 -2M-2 2 2 -2M6 10 10 6" />
        </pattern>
        <pattern id="hatch-failed" width="6" height="6" patternUnits="userSpaceOnUse">
          <rect class="paint-failed" width="6" height="6" />
          <path class="hatch" d="M0 0 6 6M6 0 0 6" />
        </pattern>
        <pattern id="hatch-paused" width="6" height="6" patternUnits="userSpaceOnUse">
          <rect class="paint-paused" width="6" height="6" />
          <circle class="dot" cx="3" cy="3" r="1.2" />
        </pattern>
        <pattern id="hatch-pruned" width="6" height="6" patternUnits="userSpaceOnUse">
          <rect class="paint-pruned" width="6" height="6" />
          <path class="hatch" d="M0 3H6" />
        </pattern>
      </defs>
    </svg>
  );
}
