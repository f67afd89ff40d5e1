/** The place of the controls by which a script goes through the snapshots of a fit. */
import type { VNode } from "preact";

/** The snapshots, and where each is shown. */
export interface SnapshotsProps {
  readonly epochs: readonly number[];
  /** The epoch that stands out. */
  readonly chosen: number;
  readonly hrefs: readonly string[];
}

/** The place: empty without a script, since the links beside it do the same. */
export function SnapshotsIsland(props: SnapshotsProps): VNode {
  return (
    <div class="snapshot-controls" data-island="snapshots" data-props={JSON.stringify(props)} />
  );
}
