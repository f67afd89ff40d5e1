/**
 * How large the next packs are: as wide as fusing allows, as even as the slots demand.
 *
 * A pack of many lanes trains faster than its lanes one by one, but a sweep ends with its last pack.
 * So the trials that are left are shared out over the slots in as few rounds as the width allows,
 * all packs of nearly one size: with 10 trials, 2 slots and 16 lanes at most, two packs of 5 and
 * not one of 10.
 */

/** Trials that can share a pack. */
export interface GroupSize {
  /** How many of them wait. */
  readonly waiting: number;
  /** Lanes at most: the sweep's limit, or less where a device has run out of memory. */
  readonly maxLanes: number;
}

/** What packs are formed for. */
export interface PackDemand {
  /** How many packs are wanted now. */
  readonly packs: number;
  /** How many slots live; at least one is assumed. */
  readonly slots: number;
}

/** One pack to be formed: the next `lanes` trials of a group. */
export interface PackSize {
  /** An index into the groups. */
  readonly group: number;
  readonly lanes: number;
}

/**
 * The next packs, in order, at most as many as wanted.
 * @throws {RangeError} If a limit is not an integer >= 1.
 */
export function sizePacks(
  groups: readonly GroupSize[],
  { packs: wanted, slots }: PackDemand,
): readonly PackSize[] {
  const left = groups.reduce((sum, { waiting }) => sum + waiting, 0);
  const sizes: PackSize[] = [];
  for (const [group, { waiting, maxLanes }] of groups.entries()) {
    if (!Number.isSafeInteger(maxLanes) || maxLanes < 1) {
      throw new RangeError(`Cannot form packs of ${maxLanes} lanes: it must be an integer >= 1`);
    }
    for (const lanes of evenRuns(waiting, lanesAtMost({ left, slots, maxLanes }))) {
      if (sizes.length >= wanted) return sizes;
      sizes.push({ group, lanes });
    }
  }
  return sizes;
}

/** Lanes of a pack so that all slots end together, in as few rounds as the limit allows. */
function lanesAtMost(
  { left, slots, maxLanes }: {
    readonly left: number;
    readonly slots: number;
    readonly maxLanes: number;
  },
): number {
  const live = Math.max(1, slots);
  const rounds = Math.max(1, Math.ceil(left / (live * maxLanes)));
  return Math.min(maxLanes, Math.max(1, Math.ceil(left / (live * rounds))));
}

/** `count` in as few parts as possible of at most `most`, which differ by one at most. */
function* evenRuns(count: number, most: number): Generator<number> {
  const runs = Math.ceil(count / most);
  for (let run = 0; run < runs; run++) {
    yield Math.floor((run + 1) * count / runs) - Math.floor(run * count / runs);
  }
}
