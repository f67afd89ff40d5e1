/**
 * Which lanes of the last packs go to idle slots, so that the sweep ends sooner.
 *
 * The model: an epoch of n lanes takes (SHARED + n) · u, where u is the pace of its slot. Keeping k
 * of n lanes and moving the rest in m parts therefore ends at
 *
 *     max( e + (left − 1) · (SHARED + k) · u,  e + MOVE + left · (SHARED + ⌈(n − k) / m⌉) · v )
 *
 * with e = (SHARED + n) · u, the epoch that is still trained together, and v the pace of the slots
 * that take over: they train that epoch again. A slot that is known to be much faster takes all.
 */
import type { PackId, TrialId } from "../../core/domain/ids.ts";
import { type Milliseconds, milliseconds } from "../../core/domain/units.ts";

/** What an epoch costs beside its lanes, in lanes: measured, 3 on a small network and 10 on a large. */
const SHARED = 4;
/** Storing, claiming, loading data and starting: what moving costs besides the epoch. */
const MOVE: Milliseconds = milliseconds(1_000);
/** A pack that ends sooner than this is left alone. */
const LEAST_LEFT: Milliseconds = milliseconds(5_000);
/** A pack is handed over whole if that leaves this part of its time, or less. */
const WORTH_HANDING_OVER = 0.5;
/** A pack must have this many times the cost of moving before it. */
const WORTH_MOVING = 4;

/** A leased pack, as far as its reports tell. */
export interface TailPack {
  readonly pack: PackId;
  /** Those that train, in the order of the pack. */
  readonly lanes: readonly TrialId[];
  /** Epochs until its end. */
  readonly epochsLeft: number;
  /** Milliseconds that its slot takes for one lane and epoch. */
  readonly pace: number;
  /** The same of the slots that would take over. */
  readonly idlePace: number;
  /** Whether they have shown it: nothing is handed over whole on a guess. */
  readonly isIdleKnown: boolean;
}

/** Lanes that leave a pack together, and end up in one new pack. */
export type Part = readonly TrialId[];

interface Split {
  readonly kept: number;
  readonly moved: number;
  readonly end: number;
}

/** The pace that an epoch of so many lanes shows. */
export function paceOf(epochMs: number, lanes: number): number {
  return epochMs / (SHARED + lanes);
}

/**
 * The parts that leave each pack, one part for each idle slot at most; packs that stay whole are not
 * in it. The pack that ends last is helped first, for as long as that makes it end sooner.
 */
export function splitTail(
  packs: readonly TailPack[],
  idleSlots: number,
): ReadonlyMap<PackId, readonly Part[]> {
  const open = packs.filter(isWorthMoving).map((of) => ({ of, slots: 0, split: whole(of) }));
  const settled: typeof open = [];
  for (let idle = idleSlots; idle > 0;) {
    open.sort((a, b) => b.split.end - a.split.end || a.of.pack - b.of.pack);
    const [last] = open;
    if (last === undefined) break;
    const better = nextBetter(last, idle);
    if (better === null) {
      settled.push(last);
      open.shift();
      continue;
    }
    open[0] = { of: last.of, ...better };
    idle -= better.slots - last.slots;
  }
  return new Map(
    [...settled, ...open].filter(({ slots }) => slots > 0)
      .map(({ of, slots, split }) => [of.pack, partsOf(of, slots, split)]),
  );
}

function isWorthMoving({ lanes, epochsLeft, pace, isIdleKnown }: TailPack): boolean {
  if (lanes.length < (isIdleKnown ? 1 : 2)) return false;
  const epochMs = (SHARED + lanes.length) * pace;
  const left = epochsLeft * epochMs;
  return left >= LEAST_LEFT && left >= WORTH_MOVING * (MOVE + epochMs);
}

/** The fewest further slots with which the pack ends sooner by more than moving costs. */
function nextBetter(
  { of, slots, split }: { readonly of: TailPack; readonly slots: number; readonly split: Split },
  idle: number,
): { readonly slots: number; readonly split: Split } | null {
  const most = Math.min(slots + idle, of.lanes.length);
  for (let more = slots + 1; more <= most; more++) {
    const next = bestSplit(of, more);
    if (next.end < split.end - MOVE) return { slots: more, split: next };
  }
  return null;
}

function whole({ lanes, epochsLeft, pace }: TailPack): Split {
  return { kept: lanes.length, moved: 0, end: epochsLeft * (SHARED + lanes.length) * pace };
}

/** How many lanes stay so that both sides end as early as they can. */
function bestSplit(pack: TailPack, slots: number): Split {
  const { lanes, epochsLeft, pace, idlePace, isIdleKnown } = pack;
  const n = lanes.length;
  const least = isIdleKnown ? 0 : 1;
  const together = (SHARED + n) * pace;
  let best: Split = { kept: n, moved: 0, end: Infinity };
  for (let kept = n - 1; kept >= least; kept--) {
    const widest = Math.ceil((n - kept) / slots);
    const staying = kept === 0 ? 0 : together + (epochsLeft - 1) * (SHARED + kept) * pace;
    const moving = together + MOVE + epochsLeft * (SHARED + widest) * idlePace;
    const end = Math.max(staying, moving);
    if (kept === 0 && end > WORTH_HANDING_OVER * epochsLeft * together) break;
    if (end < best.end) best = { kept, moved: n - kept, end };
  }
  return best;
}

/** The last lanes of the pack, as evenly over the slots as they go. */
function partsOf({ lanes }: TailPack, slots: number, { kept, moved }: Split): readonly Part[] {
  const parts = Math.min(slots, moved);
  return Array.from(
    { length: parts },
    (_, i) =>
      lanes.slice(
        kept + Math.floor(i * moved / parts),
        kept + Math.floor((i + 1) * moved / parts),
      ),
  );
}
