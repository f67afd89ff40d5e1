/** What belongs together of a topic's news, and the log of them that a leading tab keeps. */
import type { StreamEvent } from "./live_stream.ts";

/** News of one topic, up to an id. */
export interface Batch {
  readonly topic: string;
  /** Whoever has taken the batch knows all up to here; null: the topic has no ids. */
  readonly id: string | null;
  readonly messages: readonly { readonly type: string; readonly data: string }[];
}

/** Reads a `news` event: a line names topic and id, each of the others is a type and its JSON. */
export function parseBatch({ data }: StreamEvent): Batch {
  const [head = "", ...lines] = data.split("\n");
  const [topic = "", id = ""] = head.split(" ");
  const messages = lines.map((line) => {
    const space = line.indexOf(" ");
    return { type: line.slice(0, space), data: line.slice(space + 1) };
  });
  return { topic, id: id === "" ? null : id, messages };
}

/** How far an id is in its stream; -1 if it is of another one. */
export function distance(id: string | null, other: string | null): number {
  const [epoch, sequence] = parts(id);
  return epoch === parts(other)[0] ? sequence : -1;
}

function parts(id: string | null): readonly [epoch: string, sequence: number] {
  const dot = id?.lastIndexOf(".") ?? -1;
  return id === null || dot < 0 ? ["", 0] : [id.slice(0, dot), Number(id.slice(dot + 1))];
}

/** More characters than this are not kept for tabs that come late. */
const MOST = 1_000_000;

/** The newest batches of a topic. */
export class TopicLog {
  #batches: readonly Batch[] = [];
  #size = 0;
  #floor: string | null;
  #place: string | null;

  /** @param after What the first tab that asked knows. */
  constructor(after: string | null) {
    this.#floor = after;
    this.#place = after;
  }

  /** The id of the newest batch. */
  get place(): string | null {
    return this.#place;
  }

  /** Adds a batch. */
  push(batch: Batch): void {
    // A list is told whole: the newest is all there is to know.
    const kept = batch.id === null && batch.messages.some(isList) ? [batch] : [
      ...this.#batches,
      batch,
    ];
    let drop = 0;
    this.#size = kept.reduce((sum, one) => sum + sizeOf(one), 0);
    for (const one of kept.slice(0, -1)) {
      if (this.#size <= MOST) break;
      this.#size -= sizeOf(one);
      this.#floor = one.id ?? this.#floor;
      drop++;
    }
    this.#batches = kept.slice(drop);
    this.#place = batch.id ?? this.#place;
  }

  /** What a tab that knows `after` has missed; null: that is not here any more. */
  since(after: string | null): readonly Batch[] | null {
    if (after === null || this.#place === null) return this.#batches;
    const from = distance(after, this.#place);
    if (from < distance(this.#floor, this.#place) || from < 0) return null;
    // State that is no matter of the journal comes under the id that was the last one anyway.
    return this.#batches.filter(({ id }) => id === null || distance(id, after) >= from);
  }
}

function sizeOf({ messages }: Batch): number {
  return messages.reduce((sum, { data }) => sum + data.length, 0);
}

function isList({ type }: Batch["messages"][number]): boolean {
  return type === "sweeps" || type === "fleet";
}
