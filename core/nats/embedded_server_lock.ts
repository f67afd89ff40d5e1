/** Locks between processes: files locked by the system, so that a killed holder lets go by itself. */
import { pause } from "./waiting.ts";

const POLL_MS = 20;

/**
 * Takes the file's lock exclusively, making the file if it is missing. Disposing lets go.
 *
 * @throws {Deno.errors.PermissionDenied} And its kin, if the file cannot be opened for writing.
 * @throws The signal's reason, if it aborts first.
 */
export async function lockFile(path: string, signal?: AbortSignal): Promise<Disposable> {
  const file = await openForLock(path);
  try {
    // Polled, since a lock that blocks could not be given up on a signal.
    while (!await file.tryLock(true)) {
      await pause(POLL_MS, signal);
    }
    return new HeldLock(file);
  } catch (error) {
    file.close();
    throw error;
  }
}

/** Joins the file's sharers. Disposing leaves. @throws As `lockFile`; also if it is held exclusively. */
export async function shareFile(path: string): Promise<Disposable> {
  const file = await openForLock(path);
  if (await file.tryLock(false)) return new HeldLock(file);
  file.close();
  throw new Error(`Cannot share "${path}": another process holds it alone`);
}

/** Whether nobody, in any process, shares the file at this moment. */
export async function isUnshared(path: string): Promise<boolean> {
  const file = await openForLock(path);
  if (await file.tryLock(true)) {
    new HeldLock(file)[Symbol.dispose]();
    return true;
  }
  file.close();
  return false;
}

/**
 * A lock and its open file. Unlocked before it is closed, since the lock belongs to the open file
 * and not to us: a child process that is just being started has a copy of it until its program
 * runs, and would hold the lock for that moment after we closed ours.
 */
class HeldLock implements Disposable {
  readonly #file: Deno.FsFile;

  constructor(file: Deno.FsFile) {
    this.#file = file;
  }

  [Symbol.dispose](): void {
    this.#file.unlockSync();
    this.#file.close();
  }
}

function openForLock(path: string): Promise<Deno.FsFile> {
  return Deno.open(path, { create: true, read: true, write: true, mode: 0o600 });
}
