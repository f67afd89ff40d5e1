/** Cuts facts in two where the journal cannot take them in one message. */
import type { SweepEvent } from "../core/domain/sweep_event.ts";

type Halves = readonly [readonly SweepEvent[], readonly SweepEvent[]];

/** The same facts in two parts, in order; null where there is nothing to cut. */
export function halves(events: readonly SweepEvent[]): Halves | null {
  const [only] = events;
  if (only === undefined) return null;
  if (events.length > 1) return cut(events);
  const parts = halvesOf(only);
  return parts === null ? null : [[parts[0]], [parts[1]]];
}

/** One fact about many trials is as true of each of them. */
function halvesOf(event: SweepEvent): readonly [SweepEvent, SweepEvent] | null {
  switch (event.type) {
    case "trialsQueued": {
      const [first, second] = cut(event.trials);
      return second.length === 0
        ? null
        : [{ ...event, trials: first }, { ...event, trials: second }];
    }
    case "packsQueued": {
      const [first, second] = cut(event.packs);
      return second.length === 0 ? null : [{ ...event, packs: first }, { ...event, packs: second }];
    }
    case "epochReported": {
      const [first, second] = cut(event.lanes);
      return second.length === 0 ? null : [{ ...event, lanes: first }, { ...event, lanes: second }];
    }
    case "checkpointStored": {
      const [first, second] = cut(event.trials);
      return second.length === 0
        ? null
        : [{ ...event, trials: first }, { ...event, trials: second }];
    }
    default:
      return null;
  }
}

function cut<T>(items: readonly T[]): readonly [readonly T[], readonly T[]] {
  const middle = Math.ceil(items.length / 2);
  return [items.slice(0, middle), items.slice(middle)];
}
