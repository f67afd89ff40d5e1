/** What the sweep is made of: its search space, and how it was set up. */
import type { VNode } from "preact";
import type { OverviewSnapshot, Setting } from "../model.ts";

/** The search space. */
export function SpaceCard({ snapshot: { facts } }: SetUpProps): VNode {
  return (
    <section class="card space" id="space" aria-labelledby="space-title">
      <h2 id="space-title">Search space</h2>
      <Settings settings={facts.parameters} />
    </section>
  );
}

/** What both cards need. */
export interface SetUpProps {
  readonly snapshot: OverviewSnapshot;
}

/** The set-up. */
export function SetUpCard({ snapshot: { facts, asOf } }: SetUpProps): VNode {
  return (
    <section class="card" id="set-up" aria-labelledby="details-title">
      <h2 id="details-title">Set-up</h2>
      <Settings settings={[...facts.details, { name: "journal position", value: asOf }]} />
    </section>
  );
}

function Settings({ settings }: { readonly settings: readonly Setting[] }): VNode {
  return (
    <dl class="settings">
      {settings.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd data-setting={name}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
