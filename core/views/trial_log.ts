/** The last lines about a trial out of the logs of its attempts. */
import type { AttemptLog, LogLine } from "../domain/attempt_log.ts";
import type { Attempt, PackId, SweepId, TrialId, WorkerId } from "../domain/ids.ts";
import { attemptLogSchema, LOG_LIMIT } from "../protocol/attempt_log_schema.ts";
import { decode } from "../protocol/codec.ts";
import type { ArtifactStore } from "../protocol/ports.ts";
import { logArtifact } from "../protocol/subjects.ts";

/** Attempts whose logs are read, the last ones. */
const ATTEMPTS_READ = 8;

/** An attempt at a pack that a trial was in. */
export interface LoggedAttempt {
  readonly pack: PackId;
  readonly attempt: Attempt;
  readonly worker: WorkerId;
}

/** The lines about a trial. */
export interface TrialLines {
  /** Oldest first. */
  readonly lines: readonly (LogLine & LoggedAttempt)[];
  /** How many there were in the attempts that have a log. */
  readonly total: number;
  /** Attempts of which there is no log: of workers that keep none, or that were cut off early. */
  readonly silent: number;
  /** Attempts before those that were read. */
  readonly unread: number;
}

/** Reads the logs. One that cannot be read counts as silent: they are for people, and may be lost. */
export async function readTrialLines(
  artifacts: Pick<ArtifactStore, "get">,
  { sweep, trial, attempts }: {
    readonly sweep: SweepId;
    readonly trial: TrialId;
    /** Oldest first. */
    readonly attempts: readonly LoggedAttempt[];
  },
): Promise<TrialLines> {
  const read = attempts.slice(-ATTEMPTS_READ);
  const logs = await Promise.all(read.map(async (at) => await readLog(artifacts, { sweep, at })));
  const isAbout = (one: { readonly trial: TrialId | null }): boolean =>
    one.trial === null || one.trial === trial;
  return {
    lines: logs.flatMap((log, i) => {
      const at = read[i];
      return at === undefined ? [] : (log?.lines ?? []).filter(isAbout)
        .map((line) => ({ ...line, ...at }));
    }),
    total: logs.flatMap((log) => log?.counts ?? []).filter(isAbout)
      .reduce((sum, { lines }) => sum + lines, 0),
    silent: logs.filter((log) => log === null).length,
    unread: attempts.length - read.length,
  };
}

async function readLog(
  artifacts: Pick<ArtifactStore, "get">,
  { sweep, at }: { readonly sweep: SweepId; readonly at: LoggedAttempt },
): Promise<AttemptLog | null> {
  const subject = logArtifact(sweep, at);
  try {
    const data = await artifacts.get(subject, { limit: LOG_LIMIT });
    return data === null ? null : decode(data, attemptLogSchema, { subject, limit: LOG_LIMIT });
  } catch {
    return null;
  }
}
