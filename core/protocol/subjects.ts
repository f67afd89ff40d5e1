/** The names on the wire: every subject, stream, bucket and artifact is built and parsed here. */
import { type PackId, parseSweepId, type SweepId, type TrialId } from "../domain/ids.ts";
import type { Epoch } from "../domain/units.ts";
import { API_VERBS, type ApiVerb } from "./messages.ts";

/** The work queue of pack leases. */
export const PACKS_STREAM = "TRAWL_PACKS";
/** The durable consumer that all workers share. */
export const PACKS_CONSUMER = "workers";
/** The event log of all sweeps. */
export const JOURNAL_STREAM = "TRAWL_JOURNAL";
/** The bucket of worker presence; a key that is gone is a worker that is gone. */
export const WORKERS_BUCKET = "trawl_workers";
/** The index of sweeps: a key for each. */
export const SWEEPS_BUCKET = "trawl_sweeps";
/** The object store of checkpoints and results. */
export const ARTIFACTS_BUCKET = "trawl_artifacts";

const PREFIX = "trawl.v1";

/** All pack subjects, for the stream and its consumer. */
export const ALL_PACKS: string = `${PREFIX}.packs.*`;
/** All journal subjects, for the stream. */
export const ALL_JOURNALS: string = `${PREFIX}.journal.*`;

/** Where the pack leases of a sweep are published. */
export function packsSubject(sweep: SweepId): string {
  return `${PREFIX}.packs.${sweep}`;
}

/** Where the journal of a sweep is written. */
export function journalSubject(sweep: SweepId): string {
  return `${PREFIX}.journal.${sweep}`;
}

/** The sweep of a journal subject. @throws {SyntaxError} If it is no journal subject. */
export function parseJournalSubject(subject: string): SweepId {
  return parseSubject("journal", subject);
}

/** The sweep of a subject of pack leases. @throws {SyntaxError} If it is none. */
export function parsePacksSubject(subject: string): SweepId {
  return parseSubject("packs", subject);
}

function parseSubject(family: "journal" | "packs", subject: string): SweepId {
  const head = `${PREFIX}.${family}.`;
  if (!subject.startsWith(head)) {
    throw new SyntaxError(
      `Cannot parse ${family} subject "${subject}": it must begin with ${head}`,
    );
  }
  return parseSweepId(subject.slice(head.length));
}

/** Where a sweep's coordinator answers requests of one verb. */
export function apiSubject(sweep: SweepId, verb: ApiVerb): string {
  return `${PREFIX}.api.${sweep}.${verb}`;
}

/** Where a sweep's coordinator listens to all verbs. */
export function allApiSubjects(sweep: SweepId): string {
  return `${PREFIX}.api.${sweep}.*`;
}

/** The verb of an API subject. @throws {SyntaxError} If it is no API subject of a known verb. */
export function parseApiVerb(subject: string): ApiVerb {
  const token = subject.split(".")[4];
  const verb = API_VERBS.find((known) => known === token);
  if (!subject.startsWith(`${PREFIX}.api.`) || verb === undefined) {
    throw new SyntaxError(
      `Cannot parse API subject "${subject}": its verb must be one of ${API_VERBS.join(", ")}`,
    );
  }
  return verb;
}

/** The two artifacts of a sweep's snapshots: one is read while the other is written. */
export function snapshotArtifacts(sweep: SweepId): readonly [string, string] {
  return [`sweeps/${sweep}/snapshots/a.json`, `sweeps/${sweep}/snapshots/b.json`];
}

/** The artifact of lanes that left a pack after an epoch; a part is named by its first trial. */
export function detachedArtifact(
  sweep: SweepId,
  at: {
    readonly pack: PackId;
    readonly attempt: number;
    readonly epoch: Epoch;
    readonly first: TrialId;
  },
): string {
  const { pack, attempt, epoch, first } = at;
  return `sweeps/${sweep}/packs/${pack}/attempt-${attempt}/epoch-${epoch}-from-${first}.safetensors`;
}

/**
 * Whether nobody but this pack's lanes go on from the artifact: it is one of the pack's own
 * checkpoints, or of lanes that were detached into it.
 */
export function isOwnCheckpoint(sweep: SweepId, pack: PackId, artifact: string): boolean {
  if (artifact.startsWith(`sweeps/${sweep}/packs/${pack}/`)) return true;
  return /\/epoch-\d+-from-\d+\.safetensors$/.test(artifact);
}

/** The artifact of what a completed trial has to show. */
export function resultArtifact(sweep: SweepId, trial: TrialId): string {
  return `sweeps/${sweep}/trials/${trial}/result.json`;
}

/** The artifact of a completed trial's network. */
export function modelArtifact(sweep: SweepId, trial: TrialId): string {
  return `sweeps/${sweep}/trials/${trial}/model.safetensors`;
}

/** The artifact of the last lines about an attempt at a pack. */
export function logArtifact(
  sweep: SweepId,
  { pack, attempt }: { readonly pack: PackId; readonly attempt: number },
): string {
  return `sweeps/${sweep}/packs/${pack}/attempt-${attempt}/log.json`;
}

/** The artifact of a module of the user, bundled, by the SHA-256 of its text. */
export function moduleArtifact(digest: string): string {
  return `modules/${digest}.js`;
}

/** The artifact of a pack's checkpoint after an epoch. */
export function checkpointArtifact(
  sweep: SweepId,
  at: { readonly pack: PackId; readonly attempt: number; readonly epoch: Epoch },
): string {
  return `sweeps/${sweep}/packs/${at.pack}/attempt-${at.attempt}/epoch-${at.epoch}.safetensors`;
}
