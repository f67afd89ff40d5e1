/** What a trial is and what it has reached: numbers, configuration, company, model. */
import type { VNode } from "preact";
import { formatCount, formatDuration, formatNumber } from "../parts/format.ts";
import type { Setting } from "../model.ts";
import type { ExactSetting, TrialSnapshot } from "./trial_model.ts";

interface CardProps {
  readonly snapshot: TrialSnapshot;
}

/** The cards beside the curves. */
export function TrialCard({ snapshot }: CardProps): VNode {
  const { facts, row, settings, metrics, why } = snapshot;
  return (
    <>
      <section class="card" aria-labelledby="result-title">
        <h2 id="result-title">Result</h2>
        <p class="headline">
          <span class="value">{headline(snapshot)}</span>
          <span class="unit">{facts.metric}</span>
        </p>
        <p class="note">One run{row.state === "running" && ", so far"}.</p>
        <Facts settings={metrics.filter(({ name }) => name !== facts.metric)} varied={[]} />
      </section>
      <section class="card" aria-labelledby="configuration-title">
        <h2 id="configuration-title">Configuration {row.configuration}</h2>
        <Facts settings={settings} varied={facts.varied} />
        {why.length > 0 && (
          <>
            <h3>Why</h3>
            <Facts settings={why} varied={[]} />
          </>
        )}
      </section>
      <section class="card grow" aria-labelledby="company-title">
        <h2 id="company-title">Work</h2>
        <Work snapshot={snapshot} />
        <Model snapshot={snapshot} />
      </section>
    </>
  );
}

function headline({ row }: TrialSnapshot): string {
  if (row.state === "diverged") return "diverged";
  return row.objective === null ? "–" : formatNumber(row.objective);
}

function Facts(
  { settings, varied }: {
    readonly settings: readonly (Setting & Partial<ExactSetting>)[];
    readonly varied: readonly string[];
  },
): VNode | null {
  if (settings.length === 0) return null;
  return (
    <dl class="settings">
      {settings.map(({ name, value, exact }) => (
        <div key={name} class={varied.includes(name) ? "varied" : ""}>
          <dt>{name}</dt>
          <dd title={exact === value ? undefined : exact}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Who trains in the same pack. */
function Mates({ snapshot: { facts, row, packMates } }: CardProps): VNode | null {
  if (packMates.length === 0) return null;
  const others = row.lanes - 1;
  return (
    <span class="sub mates">
      {packMates.length < others
        ? `with ${packMates.length} of ${others} others: `
        : others === 1
        ? "with trial"
        : "with trials"}
      {packMates.map((trial) => (
        <a key={trial} href={`/s/${facts.sweep}/t/${trial}`} aria-label={`trial ${trial}`}>
          {trial}
        </a>
      ))}
    </span>
  );
}

function Work({ snapshot }: CardProps): VNode {
  const { facts, row, backend, packMates, replicates } = snapshot;
  const filtered = (query: string): string => `/s/${facts.sweep}/trials?${query}`;
  return (
    <dl class="settings">
      <div>
        <dt>epochs trained</dt>
        <dd>{formatCount(row.epochs)}</dd>
      </div>
      <div>
        <dt>attempts</dt>
        <dd>{row.attempts}</dd>
      </div>
      <div>
        <dt>time</dt>
        <dd>{row.durationMs === null ? "–" : formatDuration(row.durationMs)}</dd>
      </div>
      <div>
        <dt>worker</dt>
        <dd>{row.worker === null ? "–" : `${row.worker} (${backend ?? "unknown"})`}</dd>
      </div>
      <div>
        <dt>pack</dt>
        <dd>
          {row.pack === null ? "–" : (
            <>
              <a href={filtered(`pack=${row.pack}`)}>pack {row.pack}</a>,{" "}
              {packMates.length === 0 ? "alone" : `${row.lanes} lanes`}
              <Mates snapshot={snapshot} />
            </>
          )}
        </dd>
      </div>
      <div>
        <dt>replicate</dt>
        <dd>
          {row.replicate}
          {replicates.length > 0 && (
            <>
              {" · "}
              <a href={filtered(`q=${encodeURIComponent(`configuration=${row.configuration}`)}`)}>
                all of configuration {row.configuration}
              </a>
            </>
          )}
        </dd>
      </div>
    </dl>
  );
}

function Model({ snapshot: { facts, row, hasModel } }: CardProps): VNode {
  if (!hasModel) {
    return (
      <p class="note">
        {row.state === "completed"
          ? "The model was not kept: those of the best configurations are."
          : "There is a model when the trial has completed."}
      </p>
    );
  }
  const path = `/api/v1/sweeps/${facts.sweep}/trials/${row.trial}/model.safetensors`;
  return (
    <div class="rerun">
      <p>
        <a href={path} download="">Download the model</a>{" "}
        <span class="note">(safetensors, with its card)</span>
      </p>
      <p class="note">Predict with it:</p>
      <pre class="command" tabIndex={0}>
        <code>deno task trawl predict {facts.sweep}/{row.trial} FILE</code>
      </pre>
    </div>
  );
}
