/**
 * Ctrl-C and SIGTERM: the first asks for a good end, the second for an end at once, and the third is
 * the system's own: it ends the process whatever that waits for.
 */

/** The user, or the system, wants the process to end. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/** Two signals in a row. */
export interface Interruption extends Disposable {
  /** Aborts at the first Ctrl-C: finish what must be finished, then end. */
  readonly drain: AbortSignal;
  /** Aborts at the second: end now. */
  readonly stop: AbortSignal;
}

const SIGNALS: readonly Deno.Signal[] = Deno.build.os === "windows"
  ? ["SIGINT", "SIGBREAK"]
  : ["SIGINT", "SIGTERM", "SIGHUP"];

/** Listens until disposed. */
export function listenForInterruption(onFirst: () => void = () => {}): Interruption {
  const drain = new AbortController();
  const stop = new AbortController();
  function onSignal(): void {
    if (!drain.signal.aborted) {
      drain.abort(new Interrupted("Interrupted"));
      onFirst();
    } else {
      ignore();
      stop.abort(new Interrupted("Interrupted twice"));
    }
  }
  function ignore(): void {
    for (const signal of SIGNALS) Deno.removeSignalListener(signal, onSignal);
  }
  for (const signal of SIGNALS) Deno.addSignalListener(signal, onSignal);
  return {
    drain: drain.signal,
    stop: stop.signal,
    [Symbol.dispose]: ignore,
  };
}
