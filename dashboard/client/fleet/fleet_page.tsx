/** The Fleet page: every worker, with what it trains on, why on that, and what it does. Pure. */
import type { VNode } from "preact";
import {
  FLEET_STATES,
  type FleetPack,
  type FleetRow,
  type FleetSnapshot,
  type FleetState,
  type WorkerActivity,
} from "./fleet_model.ts";
import { formatAgo, formatCount, formatDuration, formatRate } from "../parts/format.ts";
import { LoadMeters } from "./load_meters.tsx";
import { EmptyState } from "../parts/empty_state.tsx";
import { StatePill } from "../parts/state_pill.tsx";

/** A worker that lives longer has measured, if it ever does. */
const JUST_STARTED_MS = 15_000;

/** What the page needs; `snapshot.now` is the server's clock. */
export interface FleetPageProps {
  readonly snapshot: FleetSnapshot;
  readonly filter?: FleetState | null;
}

/** The page. */
export function FleetPage({ snapshot, filter = null }: FleetPageProps): VNode {
  const { workers, isKnown } = snapshot;
  const shown = workers.filter(({ state }) => filter === null || state === filter);
  return (
    <>
      <header class="sweep-head">
        <h1>Fleet</h1>
        {!isKnown && (
          <p class="trouble" role="alert">
            The workers cannot be asked for at present: the NATS server does not answer.
          </p>
        )}
        <Vitals snapshot={snapshot} />
      </header>
      <section class="card" aria-labelledby="fleet-title">
        <div class="card-head">
          <h2 id="fleet-title">Workers</h2>
          {(workers.length > 0 || filter !== null) && (
            <StateFilter workers={workers} filter={filter} />
          )}
        </div>
        <p class="note">
          {workers.length > 0 &&
            `${formatCount(shown.length)} of ${formatCount(workers.length)}, of all sweeps. `}
          A worker is stale when it misses two heartbeats, and gone after 8 s. Busy: the share of
          its slots that trained a pack over the last 10 minutes, by the journals. Workers measure
          their machine every 5 s; the lines are the last 10 minutes, as far as this dashboard
          heard.
        </p>
        {workers.length === 0
          ? isKnown && <EmptyState title="No worker is running." needsWorker />
          : shown.length === 0
          ? (
            <p class="empty">
              <span>
                No worker is {filter}. <a href="/fleet">Show all</a>
              </span>
            </p>
          )
          : <Workers rows={shown} now={snapshot.now} />}
      </section>
    </>
  );
}

function StateFilter(
  { workers, filter }: {
    readonly workers: readonly FleetRow[];
    readonly filter: FleetState | null;
  },
): VNode {
  const count = (state: FleetState): number => workers.filter((row) => row.state === state).length;
  return (
    <nav class="chips" aria-label="Which workers">
      <a href="/fleet" aria-current={filter === null ? "true" : undefined}>
        all {formatCount(workers.length)}
      </a>
      {FLEET_STATES.filter((state) => state === filter || state === "stale" || count(state) > 0)
        .map((state) => (
          <a
            key={state}
            href={`/fleet?state=${state}`}
            aria-current={filter === state ? "true" : undefined}
          >
            {state} {formatCount(count(state))}
          </a>
        ))}
    </nav>
  );
}

function Workers(
  { rows, now }: { readonly rows: readonly FleetRow[]; readonly now: number },
): VNode {
  return (
    <div class="scroll" role="region" aria-label="Table of workers" tabIndex={0}>
      <table class="fleet">
        <thead>
          <tr>
            <th scope="col">worker</th>
            <th scope="col">state</th>
            <th scope="col">backend</th>
            <th scope="col">busy</th>
            <th scope="col">packs</th>
            <th scope="col" class="number">trials</th>
            <th scope="col" class="number">lane steps</th>
            <th scope="col" class="number">heartbeat</th>
          </tr>
        </thead>
        {rows.map((row) => (
          <tbody key={row.worker} data-worker={row.worker}>
            <Row row={row} now={now} />
            <tr class="load-row">
              <td colSpan={8}>
                <LoadMeters
                  load={row.load}
                  isNew={now - row.startedAt < JUST_STARTED_MS}
                  isBound={row.gpu !== null}
                />
              </td>
            </tr>
          </tbody>
        ))}
      </table>
    </div>
  );
}

function Vitals({ snapshot: { workers } }: { readonly snapshot: FleetSnapshot }): VNode | null {
  if (workers.length === 0) return null;
  const sum = (of: (row: FleetRow) => number): number =>
    workers.reduce((total, row) => total + of(row), 0);
  const hosts = new Set(workers.map(({ host }) => host)).size;
  const facts: readonly (readonly [string, string])[] = [
    ["workers", formatCount(workers.length)],
    ["hosts", formatCount(hosts)],
    [
      "slots in use",
      `${formatCount(sum(({ packs }) => packs.length))} of ${
        formatCount(sum(({ slots }) => slots))
      }`,
    ],
    [
      "lanes",
      formatCount(sum(({ packs }) => packs.reduce((lanes, pack) => lanes + pack.lanes, 0))),
    ],
    ["lane steps", formatRate(sum(({ laneStepsPerSecond }) => laneStepsPerSecond))],
  ];
  return (
    <dl class="vitals">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Row({ row, now }: { readonly row: FleetRow; readonly now: number }): VNode {
  return (
    <tr>
      <td>
        <span class="strong">{row.host}</span>
        <span class="sub">{row.worker}</span>
        <span class="sub">
          process {row.pid} · Trawl {row.version} · up {formatDuration(now - row.startedAt)}
        </span>
      </td>
      <td class="why-short">
        <StatePill state={row.state} />
        {row.state !== "draining" && row.state !== "stale" && (
          <span class="sub">
            <a
              class="button"
              href={`/fleet/${row.worker}/drain`}
              aria-label={`Drain worker ${row.worker}`}
            >
              Drain…
            </a>
          </span>
        )}
        {row.quarantined.map(({ name, value }) => (
          <span key={name} class="sub" data-quarantined={name}>
            no more packs of <a href={`/s/${name}`}>{name}</a>: {value}
          </span>
        ))}
      </td>
      <td class="why">
        <span class="strong">{row.backend}{row.gpu === null ? "" : `, GPU ${row.gpu}`}</span>
        <span class="sub">{row.reason}</span>
        {row.refused.length > 0 && (
          <details>
            <summary>{row.refused.length} refused</summary>
            <ul>
              {row.refused.map(({ name, value }) => (
                <li key={name}>
                  <b>{name}</b>: {value}
                </li>
              ))}
            </ul>
          </details>
        )}
      </td>
      <td data-label="busy">
        <Busy activity={row.activity} />
      </td>
      <td class="why">
        {row.packs.length} of {row.slots} {row.slots === 1 ? "slot" : "slots"}
        {row.packs.map((pack) => <Pack key={`${pack.sweep}/${pack.pack}`} pack={pack} now={now} />)}
      </td>
      <td class="number" data-label="trials">
        {formatCount(row.trialsFinished)}
        <span class="sub">{perHour(row.activity)}</span>
      </td>
      <td class="number" data-label="lane steps">{formatRate(row.laneStepsPerSecond)}</td>
      <td class="number" data-label="heartbeat">{formatAgo(now - row.lastSeenAt)}</td>
    </tr>
  );
}

/** A pack with the trials in its lanes. */
function Pack(
  { pack: { sweep, pack, lanes, trials, since }, now }: {
    readonly pack: FleetPack;
    readonly now: number;
  },
): VNode {
  const more = lanes - trials.length;
  return (
    <span class="sub">
      <a href={`/s/${sweep}`}>{sweep}</a>{" "}
      <a href={`/s/${sweep}/trials?pack=${pack}`}>pack {pack}</a>, {lanes}{" "}
      {lanes === 1 ? "lane" : "lanes"}, {formatDuration(now - since)}
      {trials.length > 0 && (
        <>
          :{trials.flatMap((trial) => [
            " ",
            <a key={trial} href={`/s/${sweep}/t/${trial}`} aria-label={`Trial ${trial}`}>
              {trial}
            </a>,
          ])}
          {more > 0 && ` and ${formatCount(more)} more`}
        </>
      )}
    </span>
  );
}

const [SPARK_WIDTH, SPARK_HEIGHT] = [120, 24];

/** The busy share over the last minutes; a gap where the worker did not live yet. */
function Busy({ activity }: { readonly activity: WorkerActivity | null }): VNode {
  if (activity === null || activity.busyShare === null) return <span class="faint">unknown</span>;
  const { shares, minutes, busyShare } = activity;
  const width = SPARK_WIDTH / shares.length;
  const bars = shares.flatMap((share, index) => {
    if (share === null) return [];
    const height = Math.max(1, Math.round(share * (SPARK_HEIGHT - 2)));
    return [
      `M${Math.round(index * width)} ${SPARK_HEIGHT - height}h${width - 1}v${height}h${1 - width}z`,
    ];
  }).join("");
  const percent = `${(100 * busyShare).toFixed(0)} %`;
  return (
    <>
      <svg
        class="load-spark"
        width={SPARK_WIDTH}
        height={SPARK_HEIGHT}
        role="img"
        aria-label={`Busy share of the last ${minutes} minutes, the latest on the right`}
      >
        <line x1="0" x2={SPARK_WIDTH} y1={SPARK_HEIGHT - 0.5} y2={SPARK_HEIGHT - 0.5} />
        <path d={bars} />
      </svg>
      <span class="sub">{percent} busy</span>
    </>
  );
}

function perHour(activity: WorkerActivity | null): string {
  const rate = activity?.trialsPerHour ?? null;
  return rate === null ? "– /h" : `${rate >= 10 ? formatCount(rate) : rate.toFixed(1)} /h`;
}
