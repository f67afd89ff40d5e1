/** The machine's clock and timers, handed to everything that waits. */
import { instant } from "../core/domain/units.ts";
import type { Timers } from "../core/protocol/ports.ts";

/** Real time. `sleep` rejects with the signal's own reason. */
export const systemTimers: Timers = {
  now: () => instant(Date.now()),
  sleep: (duration, options) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const signal = options?.signal;
    if (signal?.aborted) return Promise.reject(signal.reason);
    function onAbort(): void {
      clearTimeout(timer);
      reject(signal?.reason);
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    }, duration);
    signal?.addEventListener("abort", onAbort, { once: true });
    return promise;
  },
};
