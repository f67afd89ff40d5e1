/** Waits that an abort signal ends, rejecting with the signal's own reason. */

/**
 * The promise's outcome, or the signal's reason if that comes first. The work behind the promise
 * goes on; its late failure is ignored.
 */
export async function abortable<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (signal === undefined) return await promise;
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(signal.reason);
  if (signal.aborted) onAbort();
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
    // Whichever lost the race has nobody left to tell.
    promise.catch(() => {});
    aborted.catch(() => {});
  }
}

/** Resolves after `durationMs`, or rejects with the signal's reason. */
export async function pause(durationMs: number, signal?: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, durationMs);
  try {
    await abortable(promise, signal);
  } finally {
    clearTimeout(timer);
  }
}
