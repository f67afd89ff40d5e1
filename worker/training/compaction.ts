/**
 * When lanes that are no longer trained are taken out of the fused network.
 *
 * Until then they are computed along and nobody looks at them: no row of a lane is ever mixed with
 * another's, so what they hold, finite or not, cannot be seen in the living ones.
 */

/** How many lanes there are, and how long the pack goes on. */
export interface CompactionOptions {
  /** Lanes in the network. */
  readonly lanes: number;
  /** Those that are still trained. */
  readonly live: number;
  /** Steps until the pack's last epoch is over. */
  readonly stepsLeft: number;
}

/** Building the network anew takes about as long as this many of its steps. */
const REBUILD_STEPS = 6;

/** Whether the time saved in the steps that are left is worth building the network anew. */
export function isWorthCompacting({ lanes, live, stepsLeft }: CompactionOptions): boolean {
  if (live === lanes || stepsLeft === 0) return false;
  return 2 * live < lanes || (lanes - live) / lanes * stepsLeft > REBUILD_STEPS;
}
