/**
 * Where the lanes of an attempt start. They may come from several packs that stopped at one epoch,
 * and a lane may go on with the weights of another one.
 */
import { getLogger } from "@logtape/logtape";
import type { CheckpointRef } from "../core/domain/sweep_event.ts";
import type { AttemptRef, GrantedLane } from "../core/protocol/messages.ts";
import { isOwnCheckpoint } from "../core/protocol/subjects.ts";
import type { ResumePoint } from "./thread_messages.ts";
import { CheckpointError, decodeCheckpoint, encodeCheckpoint } from "./training/checkpoint.ts";
import type { LaneCheckpoint } from "./training/pack.ts";

const logger = getLogger(["trawl", "worker", "checkpoint"]);

/** Reads an artifact; null if it cannot be had. */
export type LoadArtifact = (artifact: string) => Promise<Uint8Array<ArrayBuffer> | null>;

/**
 * The lanes' common state, or null if they start over: lanes that are not all to be had at one epoch
 * do so together, because training is deterministic, and only time is lost.
 * @throws {Error} If they had to start over, and one of them cannot: it took over another's weights.
 */
export async function startingPoint(
  lanes: readonly GrantedLane[],
  load: LoadArtifact,
): Promise<ResumePoint | null> {
  const refs = lanes.map(({ checkpoint }) => checkpoint);
  const [first] = refs;
  if (refs.every((ref) => ref === null)) return null;
  const isCommon = first !== null && first !== undefined &&
    refs.every((ref) => ref?.epoch === first.epoch);
  if (!isCommon) return startOver(lanes, "its pack has lanes of several epochs");
  const artifacts = [...new Set(refs.flatMap((ref) => ref === null ? [] : [ref.artifact]))];
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const artifact of artifacts) {
    const bytes = await load(artifact);
    if (bytes === null) return startOver(lanes, `checkpoint ${artifact} is gone`);
    files.set(artifact, bytes);
  }
  const only = files.get(first.artifact);
  const isOne = files.size === 1 && refs.every((ref) => ref?.lane === undefined);
  if (isOne && only !== undefined) return { epoch: first.epoch, bytes: only };
  try {
    const merged = mergeLanes(lanes, files);
    return { epoch: first.epoch, bytes: encodeCheckpoint(merged) };
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error;
    return startOver(lanes, error.message);
  }
}

/** Each lane's own part of its file, under its own name. */
function mergeLanes(
  lanes: readonly GrantedLane[],
  files: ReadonlyMap<string, Uint8Array>,
): readonly LaneCheckpoint[] {
  const saved = new Map([...files].map(([name, bytes]) => [name, decodeCheckpoint(bytes)]));
  return lanes.map(({ trial, checkpoint }) => {
    const found = checkpoint === null
      ? undefined
      : partOf(saved, checkpoint, checkpoint.lane ?? trial);
    if (found === undefined) {
      throw new CheckpointError(`Cannot find trial ${trial} in its checkpoint`);
    }
    return { ...found, trial };
  });
}

function partOf(
  saved: ReadonlyMap<string, readonly LaneCheckpoint[]>,
  { artifact, epoch }: CheckpointRef,
  wanted: LaneCheckpoint["trial"],
): LaneCheckpoint | undefined {
  const lanes = saved.get(artifact) ?? [];
  return lanes.find((lane) => lane.trial === wanted && lane.epoch === epoch);
}

function startOver(lanes: readonly GrantedLane[], why: string): null {
  const bound = lanes.find(({ isExploited = false }) => isExploited);
  if (bound !== undefined) {
    throw new Error(
      `Cannot start trial ${bound.trial} over: it has taken over another trial's weights, and ${why}`,
    );
  }
  logger.warn("Trials {trials} start over: {why}", {
    trials: lanes.map(({ trial }) => trial),
    why,
  });
  return null;
}

/** The checkpoint that all lanes go on from, if they alone do: it goes when there is a newer one. */
export function ownCheckpoint(
  { sweep, pack }: Pick<AttemptRef, "sweep" | "pack">,
  lanes: readonly GrantedLane[],
): string | null {
  const first = lanes[0]?.checkpoint?.artifact ?? null;
  const isShared = lanes.every(({ checkpoint }) => checkpoint?.artifact === first);
  return first !== null && isShared && isOwnCheckpoint(sweep, pack, first) ? first : null;
}
