/** The Fleet page: every worker, with what it trains on, why on that, and what it does. Pure. */
import type { VNode } from "preact";
import { FLEET_STATES, type FleetRow, type FleetSnapshot, type FleetState } from "./fleet_model.ts";
import { formatCount, formatRate } from "../parts/format.ts";
import { fleetLink, type FleetOrder, type FleetView, inOrder } from "./fleet_order.ts";
import { WorkerRows } from "./fleet_row.tsx";
import { EmptyState } from "../parts/empty_state.tsx";

/** What the page needs; `snapshot.now` is the server's clock. */
export interface FleetPageProps {
  readonly snapshot: FleetSnapshot;
  readonly view: FleetView;
}

/** The page. */
export function FleetPage({ snapshot, view }: FleetPageProps): VNode {
  const filter = view.state;
  const { workers, isKnown } = snapshot;
  const shown = inOrder(
    workers.filter(({ state }) => filter === null || state === filter),
    view.order,
  );
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
          {(workers.length > 0 || filter !== null) && <StateFilter workers={workers} view={view} />}
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
                No worker is {filter}. <a href={fleetLink({ ...view, state: null })}>Show all</a>
              </span>
            </p>
          )
          : <Workers rows={shown} now={snapshot.now} view={view} />}
      </section>
    </>
  );
}

function StateFilter(
  { workers, view }: { readonly workers: readonly FleetRow[]; readonly view: FleetView },
): VNode {
  const filter = view.state;
  const count = (state: FleetState): number => workers.filter((row) => row.state === state).length;
  return (
    <nav class="chips" aria-label="Which workers">
      <a
        href={fleetLink({ ...view, state: null })}
        aria-current={filter === null ? "true" : undefined}
      >
        all {formatCount(workers.length)}
      </a>
      {FLEET_STATES.filter((state) => state === filter || state === "stale" || count(state) > 0)
        .map((state) => (
          <a
            key={state}
            href={fleetLink({ ...view, state })}
            aria-current={filter === state ? "true" : undefined}
          >
            {state} {formatCount(count(state))}
          </a>
        ))}
    </nav>
  );
}

function Workers(
  { rows, now, view }: {
    readonly rows: readonly FleetRow[];
    readonly now: number;
    readonly view: FleetView;
  },
): VNode {
  return (
    <div class="scroll" role="region" aria-label="Table of workers" tabIndex={0}>
      <table class="fleet">
        <thead>
          <tr>
            <OrderHead name="worker" order="host" view={view} />
            <th scope="col">state</th>
            <th scope="col">backend</th>
            <OrderHead name="busy" order="busy" view={view} />
            <th scope="col">packs</th>
            <OrderHead name="trials" order="trials" view={view} isNumber />
            <th scope="col" class="number">lane steps</th>
            <OrderHead name="heartbeat" order="heartbeat" view={view} isNumber />
          </tr>
        </thead>
        {rows.map((row) => <WorkerRows key={row.worker} row={row} now={now} />)}
      </table>
    </div>
  );
}

function OrderHead(
  { name, order, view, isNumber = false }: {
    readonly name: string;
    readonly order: FleetOrder;
    readonly view: FleetView;
    readonly isNumber?: boolean;
  },
): VNode {
  const isIt = view.order === order;
  const isUp = order === "host" || order === "heartbeat";
  return (
    <th
      scope="col"
      class={isNumber ? "number" : undefined}
      aria-sort={isIt ? (isUp ? "ascending" : "descending") : undefined}
    >
      <a href={fleetLink({ ...view, order })}>
        {name}
        {isIt && <span aria-hidden="true">{isUp ? " ↑" : " ↓"}</span>}
      </a>
    </th>
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
