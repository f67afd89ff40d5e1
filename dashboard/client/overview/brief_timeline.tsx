/** When each worker trained, in a few bands: the way to the timeline. */
import type { VNode } from "preact";
import { busyWords } from "../timeline/timeline_figure.tsx";
import { LEFT, timeTicks, WIDTH, xOf } from "../timeline/timeline_layout.ts";
import type { Timeline } from "../timeline/timeline_model.ts";
import { timelineSentence } from "../timeline/timeline_words.ts";
import { withFilter } from "../parts/shared_filter.ts";
import { ChartCard, WideChart } from "../charts/chart_card.tsx";

/** Workers that are drawn. */
const SHOWN = 8;
const ROW = 24;
const TOP = 24;
const LONGEST_NAME = 17;

/** The card. */
export function BriefTimeline(
  { timeline, sweep, address }: {
    readonly timeline: Timeline;
    readonly sweep: string;
    /** The filter; see `shared_filter.ts`. */
    readonly address: string;
  },
): VNode {
  const { workers, workersInWindow, window } = timeline;
  const shown = workers.slice(0, SHOWN);
  const height = TOP + ROW * shown.length + 4;
  return (
    <ChartCard
      id="brief-timeline"
      title="Workers over time"
      sentence={timelineSentence(timeline)}
      controls={<a class="more" href={withFilter(`/s/${sweep}/timeline`, address)}>Timeline</a>}
      table={<Shares workers={shown} />}
    >
      {shown.length === 0
        ? (
          <p class="empty">
            {address === ""
              ? "A band begins when a worker takes a pack."
              : "Nobody has trained such a trial."}
          </p>
        )
        : (
          <WideChart label="Bars of packs, scrolls sideways">
            <svg class="gantt" viewBox={`0 0 ${WIDTH} ${height}`} aria-hidden="true">
              {timeTicks(window, 7).map(({ at, label }) => (
                <g key={at}>
                  <line
                    class="grid"
                    x1={xOf(window, at)}
                    x2={xOf(window, at)}
                    y1={TOP - 6}
                    y2={height}
                  />
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
              {shown.map(({ worker, rows, busyShare }, index) => {
                const y = TOP + index * ROW;
                const thick = (ROW - 8) / rows.length;
                return (
                  <g key={worker}>
                    <title>{`${worker}: ${busyWords(busyShare)}`}</title>
                    <text class="tick" x="0" y={y + 14}>
                      {worker.length > LONGEST_NAME
                        ? `${worker.slice(0, LONGEST_NAME - 1)}…`
                        : worker}
                    </text>
                    <rect
                      class="band-idle"
                      x={LEFT}
                      y={y + 2}
                      width={xOf(window, window[1]) - LEFT}
                      height={ROW - 8}
                    />
                    {rows.map(({ slot, busy }, place) => {
                      const top = y + 2 + place * thick;
                      return (
                        <path
                          key={slot}
                          class="band-busy"
                          d={busy.map(([from, to]) => {
                            const start = xOf(window, from);
                            const end = Math.max(start + 1, xOf(window, to));
                            return `M${start} ${top}H${end}V${top + thick}H${start}z`;
                          }).join("")}
                        />
                      );
                    })}
                  </g>
                );
              })}
            </svg>
          </WideChart>
        )}
      {shown.length < workersInWindow && (
        <p class="note">{shown.length} of {workersInWindow} workers</p>
      )}
    </ChartCard>
  );
}

function Shares({ workers }: { readonly workers: Timeline["workers"] }): VNode {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">worker</th>
          <th scope="col">trained</th>
        </tr>
      </thead>
      <tbody>
        {workers.map(({ worker, busyShare }) => (
          <tr key={worker}>
            <th scope="row">{worker}</th>
            <td>{busyWords(busyShare)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
