/** The Timeline page: which worker trained what when, how that ended, and when it was idle. Pure. */
import type { VNode } from "preact";
import { ChartCard, WideChart } from "../charts/chart_card.tsx";
import { ChoiceLink } from "../parts/choice_link.tsx";
import { formatCount } from "../parts/format.ts";
import { FilterLine } from "../parts/filter_line.tsx";
import { SweepHead } from "../parts/sweep_head.tsx";
import { busyWords, packHref, TimelineFigure } from "./timeline_figure.tsx";
import { formatSeconds, GLYPHS } from "./timeline_layout.ts";
import { ATTEMPT_OUTCOMES, timelineSearch, type TimelineSnapshot } from "./timeline_model.ts";
import { missingWords, timelineSentence, windowLinks } from "./timeline_words.ts";
import { EmptyState } from "../parts/empty_state.tsx";

/** What the page needs. */
export interface TimelinePageProps {
  readonly snapshot: TimelineSnapshot;
  /** Stays on the page where there is a script. */
}

/** The page. */
export function TimelinePage(props: TimelinePageProps): VNode {
  const { snapshot } = props;
  const { facts, progress, total } = snapshot;
  return (
    <>
      <SweepHead
        facts={facts}
        progress={progress}
        current={{ page: "timeline", isPart: false }}
        filter={snapshot.search}
      />
      <FilterLine
        filter={snapshot.filter}
        action={`/s/${facts.sweep}/timeline`}
        kept={[...new URLSearchParams(timelineSearch(snapshot.query))]}
      />
      {total === 0
        ? (
          <section class="card" aria-label="Timeline">
            <EmptyState title="Nobody has trained yet." needsWorker>
              A bar begins when a worker takes a pack.
            </EmptyState>
          </section>
        )
        : <Card {...props} />}
    </>
  );
}

function Card(props: TimelinePageProps): VNode {
  const { snapshot } = props;
  const missing = missingWords(snapshot);
  return (
    <ChartCard
      id="timeline"
      title="Timeline"
      sentence={timelineSentence(snapshot)}
      controls={<Windows {...props} />}
      table={snapshot.inWindow === 0 ? undefined : <Table snapshot={snapshot} />}
    >
      <TimeForm snapshot={snapshot} />
      {snapshot.inWindow === 0
        ? (
          <EmptyState
            title={snapshot.search === ""
              ? "Nobody trained in this time."
              : "Nobody trained such a trial in this time."}
          >
            <a href={`/s/${snapshot.facts.sweep}/timeline`}>Show all of the sweep’s time</a>
          </EmptyState>
        )
        : (
          <WideChart label="Packs over time">
            <TimelineFigure page={snapshot} />
          </WideChart>
        )}
      <Legend snapshot={snapshot} />
      <p class="note needs-script">
        Keys: ← → from bar to bar, Shift ← → along the time, + − and 0 for a part and the whole.
        Wheel with Ctrl: a part; with Shift: along the time.
      </p>
      {missing !== null && <p class="note">{missing}</p>}
      <p class="exports">
        <a href={`/api/v1/sweeps/${snapshot.facts.sweep}/trace.json`}>Chrome trace</a>{" "}
        <span class="note">
          all {formatCount(snapshot.total)}{" "}
          {snapshot.total === 1 ? "attempt" : "attempts"}, for Perfetto and the like
        </span>
      </p>
    </ChartCard>
  );
}

function Windows({ snapshot }: TimelinePageProps): VNode {
  const { facts, query } = snapshot;
  return (
    <nav class="chips" aria-label="Times">
      {windowLinks(snapshot).map(({ label, query: other }) => (
        <ChoiceLink
          key={label}
          href={`/s/${facts.sweep}/timeline${timelineSearch(other, snapshot.search)}`}
          isChosen={other.from === query.from && other.to === query.to}
        >
          {label}
        </ChoiceLink>
      ))}
    </nav>
  );
}

function TimeForm({ snapshot }: { readonly snapshot: TimelineSnapshot }): VNode {
  const { facts, query, search } = snapshot;
  return (
    <form class="filters" method="get" action={`/s/${facts.sweep}/timeline`}>
      <label>
        from second
        <input type="number" name="from" step="any" value={query.from ?? ""} />
      </label>
      <label>
        to second
        <input type="number" name="to" step="any" value={query.to ?? ""} />
      </label>
      {[...new URLSearchParams(search)].map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button class="button" type="submit">Apply</button>
      <span class="note">below 0: before the end</span>
    </form>
  );
}

function Legend(
  { snapshot: { byOutcome, again } }: { readonly snapshot: TimelineSnapshot },
): VNode {
  return (
    <ul class="legend gantt-legend">
      {ATTEMPT_OUTCOMES.filter((outcome) => byOutcome[outcome] > 0).map((outcome) => (
        <li key={outcome}>
          <svg class="swatch" width="14" height="14" aria-hidden="true">
            <rect class={`attempt-${outcome}`} x="1" y="1" width="12" height="12" rx="3" />
          </svg>
          {GLYPHS[outcome]} {outcome} <b>{formatCount(byOutcome[outcome])}</b>
        </li>
      ))}
      <li>
        <svg class="swatch" width="14" height="14" aria-hidden="true">
          <rect class="gantt-gap" x="1" y="1" width="12" height="12" />
        </svg>
        idle
      </li>
      {again > 0 && (
        <li>
          <svg class="swatch" width="14" height="14" aria-hidden="true">
            <path class="gantt-again" d="M2 2h11l-11 11z" />
          </svg>
          a redelivery: attempt 2 or later <b>{formatCount(again)}</b>
        </li>
      )}
    </ul>
  );
}

function Table({ snapshot: { workers, facts } }: { readonly snapshot: TimelineSnapshot }): VNode {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">worker</th>
          <th scope="col" class="number">slot</th>
          <th scope="col" class="number">pack</th>
          <th scope="col" class="number">attempt</th>
          <th scope="col" class="number">lanes</th>
          <th scope="col" class="number">from</th>
          <th scope="col" class="number">for</th>
          <th scope="col">how it ended</th>
        </tr>
      </thead>
      <tbody>
        {workers.flatMap(({ worker, busyShare, rows }) =>
          rows.flatMap(({ slot, bars }) =>
            bars.map((bar) => (
              <tr key={`${bar.pack}.${bar.attempt}`}>
                <td>
                  {worker} <span class="sub">{busyWords(busyShare)}</span>
                </td>
                <td class="number">{slot + 1}</td>
                <td class="number">
                  <a href={packHref(facts.sweep, bar.pack)}>{bar.pack}</a>
                </td>
                <td class="number">{bar.attempt}</td>
                <td class="number">{bar.lanes}</td>
                <td class="number">{formatSeconds(bar.from)}</td>
                <td class="number">{formatSeconds(bar.to - bar.from)}</td>
                <td class="why">
                  {GLYPHS[bar.outcome]} {bar.outcome}
                  {bar.message !== null && <span class="sub">{bar.message}</span>}
                </td>
              </tr>
            ))
          )
        )}
      </tbody>
    </table>
  );
}
