/** Doing something when a signal aborts, for as long as a scope lasts. */

/** Calls `act` once when the signal aborts, or at once if it has; until the result is disposed. */
export function onAbort(signal: AbortSignal, act: () => void): Disposable {
  if (signal.aborted) act();
  else signal.addEventListener("abort", act, { once: true });
  return { [Symbol.dispose]: () => signal.removeEventListener("abort", act) };
}
