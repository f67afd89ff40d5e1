/** Who wrote which entry: a coordinator that lost a journal to another must not write it again. */
import { connectNats } from "../../core/nats/connect.ts";
import { JOURNAL_STREAM } from "../../core/protocol/subjects.ts";
import type { StoredEntry } from "../../core/protocol/ports.ts";

/** What is wrong with the order of the writers, by the message ids in the stream. */
export async function writerProblems(
  url: string,
  entries: readonly StoredEntry[],
): Promise<readonly string[]> {
  await using link = await connectNats(url, { name: "chaos" });
  const manager = await link.connection.jetstreamManager();
  const ids: string[] = [];
  for (const { sequence } of entries) {
    const message = await manager.streams.getMessage(JOURNAL_STREAM, { seq: sequence });
    ids.push(message.header.get("Nats-Msg-Id"));
  }
  return orderProblems(ids);
}

/** The same of message ids `<writer>.<count>`, in the journal's order. */
export function orderProblems(ids: readonly string[]): readonly string[] {
  const problems: string[] = [];
  const last = new Map<string, number>();
  let present = "";
  for (const id of ids) {
    const dot = id.lastIndexOf(".");
    const writer = id.slice(0, dot);
    const count = Number(id.slice(dot + 1));
    const before = last.get(writer);
    if (before !== undefined && writer !== present) problems.push(`writer ${writer} came back`);
    if (before !== undefined && count <= before) problems.push(`entry ${id} was written twice`);
    last.set(writer, count);
    present = writer;
  }
  return problems;
}
