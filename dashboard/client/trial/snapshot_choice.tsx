/** The choice among the snapshots of a picture: links by epoch, and controls for a script. */
import type { VNode } from "preact";
import { ChoiceLink } from "../parts/choice_link.tsx";
import { formatCount } from "../parts/format.ts";
import { SnapshotsIsland } from "./snapshots_island.tsx";
import type { TrialPartProps } from "./trial_page_props.ts";

/** The snapshots, the result last. */
export interface SnapshotChoiceProps extends TrialPartProps {
  readonly epochs: readonly number[];
  readonly chosen: number;
}

/** The choice; nothing where there is none. */
export function SnapshotChoice(props: SnapshotChoiceProps): VNode | null {
  const { epochs, chosen, snapshot: { query }, hrefOf } = props;
  if (epochs.length < 2) return null;
  const last = epochs.at(-1);
  const to = (epoch: number): string => hrefOf({ ...query, epoch: epoch === last ? null : epoch });
  return (
    <div class="snapshots">
      <nav class="chips" aria-label="Snapshots by epoch">
        {epochs.map((epoch) => (
          <ChoiceLink key={epoch} href={to(epoch)} isChosen={epoch === chosen}>
            epoch {formatCount(epoch)}
          </ChoiceLink>
        ))}
      </nav>
      <SnapshotsIsland epochs={epochs} chosen={chosen} hrefs={epochs.map(to)} />
    </div>
  );
}
