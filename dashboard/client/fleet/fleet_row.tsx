/** A worker in the table of the Fleet page: what it is and does, with a row of meters below. Pure. */
import type { VNode } from "preact";
import { formatAgo, formatCount, formatDuration, formatRate } from "../parts/format.ts";
import { StatePill } from "../parts/state_pill.tsx";
import type { FleetPack, FleetRow, WorkerActivity } from "./fleet_model.ts";
import { LoadMeters } from "./load_meters.tsx";

/** A worker that lives longer has measured, if it ever does. */
const JUST_STARTED_MS = 15_000;

/** The rows of one worker; `now` is the server's clock. */
export function WorkerRows({ row, now }: { readonly row: FleetRow; readonly now: number }): VNode {
  return (
    <tbody data-worker={row.worker}>
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
