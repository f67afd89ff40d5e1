/** Clients that stay and do not read: whoever takes nothing for half a minute is gone. */

/** When a client is given up. */
export interface StallOptions {
  /** Called when a text was not taken for `stallMs`: nobody reads any more. */
  readonly onStall: () => void;
  /** Half a minute unless told. */
  readonly stallMs?: number | undefined;
}

/** Resolves as a text was taken; where it is not in time, `onStall` may end the wait. */
export async function orStall(
  taken: Promise<void>,
  { onStall, stallMs = 30_000 }: StallOptions,
): Promise<void> {
  const timer = setTimeout(onStall, stallMs);
  try {
    await taken;
  } finally {
    clearTimeout(timer);
  }
}
