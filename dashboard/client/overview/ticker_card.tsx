/** The last events, the newest first. */
import type { VNode } from "preact";
import { formatCount, formatInstant } from "../parts/format.ts";
import type { Ticker } from "./panels_model.ts";

const LONGEST = 140;

/** The card. */
export function TickerCard(
  { ticker, sweep }: { readonly ticker: Ticker; readonly sweep: string },
): VNode {
  const { rows, total } = ticker;
  return (
    <section class="card grow" id="ticker" aria-labelledby="ticker-title">
      <div class="card-head">
        <h2 id="ticker-title">Last events</h2>
        <a class="more" href={`/s/${sweep}/events`}>
          {formatCount(rows.length)} of {formatCount(total)}
        </a>
      </div>
      <ol class="ticker">
        {rows.map(({ number, at, text, isBest }) => (
          <li key={number}>
            <time dateTime={new Date(at).toISOString()} title={formatInstant(at)}>
              {formatInstant(at).slice(11, 19)}
            </time>
            <span>
              {text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}
              {isBest && <b class="best-mark">★ the best so far</b>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
