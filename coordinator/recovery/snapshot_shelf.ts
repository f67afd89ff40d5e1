/** Puts a sweep's snapshots away and finds them again: an artifact, and the index's word for it. */
import type { SweepId } from "../../core/domain/ids.ts";
import { type Bytes, bytes } from "../../core/domain/units.ts";
import { decode, encode } from "../../core/protocol/codec.ts";
import type { ArtifactStore, SweepIndex, Waiting } from "../../core/protocol/ports.ts";
import { snapshotArtifacts } from "../../core/protocol/subjects.ts";
import type { SnapshotRef, SweepRecord, SweepSnapshot } from "../../core/protocol/sweep_record.ts";
import { sweepSnapshotSchema } from "../../core/protocol/sweep_record_schema.ts";

/** The largest snapshot: about 500,000 trials. */
const SNAPSHOT_LIMIT: Bytes = bytes(2 ** 28);

/** Where snapshots are. */
export interface SnapshotPlace {
  readonly index: SweepIndex;
  readonly artifacts: ArtifactStore;
}

/** A snapshot that was found, or why there is none to start from. */
export type FoundSnapshot =
  | { readonly kind: "found"; readonly snapshot: SweepSnapshot }
  | { readonly kind: "unusable"; readonly reason: string };

/**
 * Stores a snapshot where the last one is not, so that a reader of that one is not disturbed.
 * @returns What the index has to say of it.
 */
export async function putSnapshot(
  snapshot: SweepSnapshot,
  artifacts: ArtifactStore,
  { previous }: { readonly previous: SnapshotRef | null },
): Promise<SnapshotRef> {
  const { sequence, ledger: { sweep } } = snapshot;
  const data = encode(snapshot, { limit: SNAPSHOT_LIMIT });
  const [first, second] = snapshotArtifacts(sweep);
  const artifact = previous?.artifact === first ? second : first;
  const ref = { sequence, artifact, digest: await digestOf(data) };
  await artifacts.put(artifact, data);
  return ref;
}

/** Removes the snapshot that nobody refers to any more. */
export async function removeOldSnapshot(
  sweep: SweepId,
  artifacts: ArtifactStore,
  { current }: { readonly current: SnapshotRef },
): Promise<void> {
  for (const artifact of snapshotArtifacts(sweep)) {
    if (artifact !== current.artifact) await artifacts.remove(artifact);
  }
}

/**
 * The snapshot of a record. Whatever is wrong with it is a reason, never an error: the journal has
 * all that it had.
 * @throws The signal's reason, if it aborts first.
 */
export async function findSnapshot(
  sweep: SweepId,
  { index, artifacts }: SnapshotPlace,
  { streamEpoch, signal }: Waiting & { readonly streamEpoch: string },
): Promise<FoundSnapshot> {
  try {
    const record = await index.get(sweep, signal === undefined ? {} : { signal });
    if (record === null) return unusable("the index has no record of it");
    return await load(record, artifacts, streamEpoch);
  } catch (error) {
    signal?.throwIfAborted();
    return unusable(error instanceof Error ? error.message : String(error));
  }
}

async function load(
  record: SweepRecord,
  artifacts: ArtifactStore,
  streamEpoch: string,
): Promise<FoundSnapshot> {
  const { sweep, snapshot: ref } = record;
  if (ref === null) return unusable("no snapshot was stored");
  if (record.streamEpoch !== streamEpoch) return unusable("it belongs to another journal");
  const data = await artifacts.get(ref.artifact, { limit: SNAPSHOT_LIMIT });
  if (data === null) return unusable("the snapshot is gone");
  if (await digestOf(data) !== ref.digest) return unusable("the snapshot's digest is another one");
  const subject = ref.artifact;
  const snapshot = decode(data, sweepSnapshotSchema, { subject, limit: SNAPSHOT_LIMIT });
  const isIt = snapshot.ledger.sweep === sweep && snapshot.sequence === ref.sequence &&
    snapshot.streamEpoch === streamEpoch;
  return isIt ? { kind: "found", snapshot } : unusable("the snapshot is another one's");
}

function unusable(reason: string): FoundSnapshot {
  return { kind: "unusable", reason };
}

async function digestOf(data: Uint8Array): Promise<string> {
  const view = new Uint8Array(data);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", view)).toHex();
}
