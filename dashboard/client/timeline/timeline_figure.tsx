/** Workers' packs over time: a row for each slot, a bar for each attempt, gaps where nobody trains. */
import type { VNode } from "preact";
import type { Range } from "../model.ts";
import {
  describeBar,
  extentOf,
  formatSeconds,
  labelOf,
  LEFT,
  timeTicks,
  WIDTH,
  xOf,
} from "./timeline_layout.ts";
import type { TimelineBar, TimelineSnapshot, TimelineWorker } from "./timeline_model.ts";

const ROW = 34;
const BAR = 20;
const TOP = 26;
const GAP = 8;
const TICKS = 9;
const LONGEST_NAME = 22;

/** The picture. Its bars are links to the trials of their packs. */
export function TimelineFigure({ page }: { readonly page: TimelineSnapshot }): VNode {
  const { window, workers, facts } = page;
  let y = TOP;
  const placed = workers.map((worker) => {
    const top = y;
    y += ROW * worker.rows.length + GAP;
    return { worker, top };
  });
  const height = y;
  return (
    <svg
      class="gantt"
      viewBox={`0 0 ${WIDTH} ${height}`}
      role="group"
      aria-label="Packs by worker over time"
      data-gantt
    >
      {timeTicks(window, TICKS).map(({ at, label }) => (
        <g key={at}>
          <line class="grid" x1={xOf(window, at)} x2={xOf(window, at)} y1={TOP - 6} y2={height} />
          <text
            class="tick"
            x={xOf(window, at)}
            y={14}
            text-anchor={xOf(window, at) > WIDTH - 40 ? "end" : "middle"}
          >
            {label}
          </text>
        </g>
      ))}
      {placed.map(({ worker, top }) => (
        <Rows key={worker.worker} worker={worker} top={top} window={window} sweep={facts.sweep} />
      ))}
    </svg>
  );
}

interface RowsProps {
  readonly worker: TimelineWorker;
  readonly top: number;
  readonly window: Range;
  readonly sweep: string;
}

function Rows({ worker, top, window, sweep }: RowsProps): VNode {
  const { worker: name, rows, busyShare, lived } = worker;
  return (
    <g>
      <line class="gantt-rule" x1="0" x2={WIDTH} y1={top - GAP / 2} y2={top - GAP / 2} />
      <text class="gantt-worker" x="0" y={top + 13}>
        <title>{name}</title>
        {name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name}
      </text>
      <text class="tick" x="0" y={top + 28}>{busyWords(busyShare)}</text>
      {rows.map(({ slot, busy, bars }, index) => {
        const y = top + index * ROW;
        return (
          <g key={slot} data-row>
            <line
              class="gantt-idle"
              x1={LEFT}
              x2={xOf(window, window[1])}
              y1={y + 27}
              y2={y + 27}
            />
            <path class="gantt-busy" d={bandOf(window, busy, y + 27)} />
            {gapsOf(window, { busy, lived }).map(([from, to]) => (
              <rect
                key={from}
                class="gantt-gap"
                x={xOf(window, from)}
                y={y + 2}
                width={Math.max(1, xOf(window, to) - xOf(window, from))}
                height={BAR}
              >
                <title>{`idle for ${formatSeconds(to - from)}, from ${formatSeconds(from)}`}</title>
              </rect>
            ))}
            {bars.map((bar, place) => (
              <Bar
                key={`${bar.pack}.${bar.attempt}`}
                bar={bar}
                extent={extentOf(window, bar)}
                top={y}
                sweep={sweep}
                isFirst={place === 0}
              />
            ))}
          </g>
        );
      })}
    </g>
  );
}

interface BarProps {
  readonly bar: TimelineBar;
  readonly extent: Range;
  readonly top: number;
  readonly sweep: string;
  readonly isFirst: boolean;
}

/** A row has one stop for the tab key: arrow keys go along it. The table has all for who has no script. */
function Bar({ bar, extent: [from, to], top, sweep, isFirst }: BarProps): VNode {
  const words = describeBar(bar);
  const label = labelOf(bar, to - from);
  return (
    <a href={packHref(sweep, bar.pack)} tabIndex={isFirst ? 0 : -1} data-bar>
      <title>{words}</title>
      <rect
        class={`gantt-bar attempt-${bar.outcome}`}
        x={from}
        y={top + 2}
        width={Math.max(1, to - from - 1)}
        height={BAR}
        rx={Math.min(4, (to - from) / 4)}
      />
      {bar.attempt > 1 && <path class="gantt-again" d={`M${from} ${top - 1}h9l-9 9z`} />}
      {label !== "" && (
        <text aria-hidden="true" class={`gantt-label on-${bar.outcome}`} x={from + 6} y={top + 16}>
          {label}
        </text>
      )}
    </a>
  );
}

/** The trials of a pack. */
export function packHref(sweep: string, pack: number): string {
  return `/s/${sweep}/trials?pack=${pack}`;
}

/** A gap that is drawn is at least this part of the window. */
const LEAST_GAP = 0.01;

/** When a slot did not train though its worker was there. */
function gapsOf(
  window: Range,
  { busy, lived: [since, until] }: { readonly busy: readonly Range[]; readonly lived: Range },
): readonly Range[] {
  const least = LEAST_GAP * (window[1] - window[0]);
  const starts = [since, ...busy.map(([, to]) => to)];
  const ends = [...busy.map(([from]) => from), until];
  return starts.map((start, index): Range => [start, ends[index] ?? until])
    .filter(([from, to]) => to - from >= least);
}

/** How much of its time a worker trained. */
export function busyWords(share: number | null): string {
  return share === null ? "not there" : `busy ${(100 * share).toFixed(0)} %`;
}

function bandOf(window: Range, busy: readonly Range[], y: number): string {
  return busy.map(([from, to]) => {
    const start = xOf(window, from);
    return `M${start} ${y}H${Math.max(start + 1, xOf(window, to))}`;
  }).join("");
}
