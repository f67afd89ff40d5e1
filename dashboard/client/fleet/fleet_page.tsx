/** The Fleet page: every worker, with what it trains on, why on that, and what it does. Pure. */
import type { VNode } from "preact";
import type { FleetRow, FleetSnapshot } from "./fleet_model.ts";
import { formatAgo, formatCount, formatDuration, formatRate } from "../parts/format.ts";
import { EmptyState } from "../parts/empty_state.tsx";
import { StatePill } from "../parts/state_pill.tsx";

/** The page; `snapshot.now` is the server's clock. */
export function FleetPage({ snapshot }: { readonly snapshot: FleetSnapshot }): VNode {
  const { workers, isKnown } = snapshot;
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
          <p class="note">of all sweeps; one that falls silent is gone after 8 s</p>
        </div>
        {workers.length === 0
          ? isKnown && <EmptyState title="No worker lives at present." needsWorker />
          : (
            <div class="scroll" role="region" aria-label="Table of workers" tabIndex={0}>
              <table class="fleet">
                <thead>
                  <tr>
                    <th scope="col">worker</th>
                    <th scope="col">state</th>
                    <th scope="col">backend</th>
                    <th scope="col">packs</th>
                    <th scope="col" class="number">lane steps</th>
                    <th scope="col" class="number">finished</th>
                    <th scope="col" class="number">heartbeat</th>
                  </tr>
                </thead>
                <tbody>
                  {workers.map((row) => <Row key={row.worker} row={row} now={snapshot.now} />)}
                </tbody>
              </table>
            </div>
          )}
      </section>
    </>
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
    <tr data-worker={row.worker}>
      <td>
        <span class="strong">{row.host}</span>
        <span class="sub">{row.worker}</span>
        <span class="sub">
          process {row.pid} · Trawl {row.version} · up {formatDuration(now - row.startedAt)}
        </span>
      </td>
      <td class="why-short">
        <StatePill state={row.state} />
        {row.quarantined.map(({ name, value }) => (
          <span key={name} class="sub" data-quarantined={name}>
            no more packs of <a href={`/s/${name}`}>{name}</a>: {value}
          </span>
        ))}
      </td>
      <td class="why">
        <span class="strong">{row.backend}{row.gpu !== null && `, GPU ${row.gpu}`}</span>
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
      <td>
        {row.packs.length} of {row.slots} {row.slots === 1 ? "slot" : "slots"}
        {row.packs.map(({ sweep, pack, lanes, since }) => (
          <span key={`${sweep}/${pack}`} class="sub">
            <a href={`/s/${sweep}`}>{sweep}</a> pack {pack}, {lanes}{" "}
            {lanes === 1 ? "lane" : "lanes"}, {formatDuration(now - since)}
          </span>
        ))}
      </td>
      <td class="number">{formatRate(row.laneStepsPerSecond)}</td>
      <td class="number">{formatCount(row.trialsFinished)}</td>
      <td class="number">{formatAgo(now - row.lastSeenAt)}</td>
    </tr>
  );
}
