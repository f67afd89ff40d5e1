/** Whether the process that started this one still lives, read off the pipe between them. */

/** Aborts when stdin ends: the kernel closes it however the parent ended, kill −9 included. */
export function parentGone(): AbortSignal {
  const gone = new AbortController();
  waitForEnd().finally(() => gone.abort(new ParentGone()));
  return gone.signal;
}

async function waitForEnd(): Promise<void> {
  const buffer = new Uint8Array(64);
  while (await Deno.stdin.read(buffer) !== null) { /* nothing is ever sent */ }
}

/** The reason for which a worker drains when its parent is gone. */
export class ParentGone extends Error {
  override readonly name = "ParentGone";

  constructor() {
    super("The process that started this worker is gone");
  }
}
