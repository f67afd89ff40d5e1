import assert from "node:assert/strict";
import { milliseconds } from "../../core/domain/units.ts";
import { parseNatsTarget } from "../../core/nats/nats_target.ts";
import { openTransport, type Transport } from "../../core/nats/transport.ts";
import type { StoredEntry } from "../../core/protocol/ports.ts";
import { JOURNAL_STREAM } from "../../core/protocol/subjects.ts";
import { NatsCluster } from "../support/nats_cluster.ts";
import { natsServerBinaryOrSkip } from "../support/nats_server.ts";
import { entry, SWEEP } from "./support.ts";

const ignore = !(await natsServerBinaryOrSkip());
const WITHIN_MS = 90_000;
/** The server chooses the node of a consumer: so many are not all on a node that lives. */
const READERS = 8;

function open(url: string): Promise<Transport> {
  return openTransport(parseNatsTarget(url), {
    name: "test",
    leaseMs: milliseconds(10_000),
    replicas: 3,
  });
}

/** The sequences of the first entries, as a follower sees them. */
async function firstOf(
  entries: AsyncIterable<StoredEntry>,
  { count, seen }: { readonly count: number; readonly seen: () => void },
): Promise<readonly number[]> {
  const found: number[] = [];
  for await (const { entry: { at } } of entries) {
    found.push(Number(at));
    if (found.length === 1) seen();
    if (found.length === count) break;
  }
  return found;
}

Deno.test({
  name:
    "JournalReader reads and follows on over the nodes that live when another one of a cluster dies",
  ignore,
  fn: async () => {
    await using cluster = await NatsCluster.start();
    const leader = await (async () => {
      await using _transport = await open(cluster.url());
      return await cluster.leaderOf(JOURNAL_STREAM);
    })();
    await using transport = await open(cluster.url([(leader + 1) % 3, (leader + 2) % 3]));
    const signal = AbortSignal.timeout(WITHIN_MS);
    const writer = await transport.openWriter(SWEEP, { after: 0, signal });
    await writer.append(entry(1), { signal });
    const begun = Array.from({ length: READERS }, () => Promise.withResolvers<void>());
    const followed = Promise.all(
      begun.map(({ resolve }) =>
        firstOf(transport.journal.follow(SWEEP, { signal }), { count: 2, seen: resolve })
      ),
    );
    await Promise.all(begun.map(({ promise }) => promise));
    await cluster.nodes[leader]!.kill();
    await writer.append(entry(2), { signal });
    assert.deepEqual(await followed, begun.map(() => [1, 2]));
    const read = await Promise.all(
      begun.map(() => Array.fromAsync(transport.journal.read(SWEEP, { signal }))),
    );
    assert.deepEqual(
      read.map((entries) => entries.map((stored) => Number(stored.entry.at))),
      begun.map(() => [1, 2]),
    );
  },
});
