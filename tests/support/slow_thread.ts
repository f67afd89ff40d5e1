/** A training thread on a slow device: it trains as any other, and sleeps between minibatches. */
import { instant } from "../../core/domain/units.ts";
import type { ThreadMessage, ThreadRequest } from "../../worker/thread_messages.ts";
import { ThreadSession } from "../../worker/thread_session.ts";

interface Scope {
  onmessage: ((event: MessageEvent<ThreadRequest>) => void) | null;
  readonly postMessage: (message: ThreadMessage, transfer: Transferable[]) => void;
}

declare const self: Scope;

const SLEEP_MS = 60;
const nobody = new Int32Array(new SharedArrayBuffer(4));

const session = new ThreadSession({
  post: (message, transfer = []) => self.postMessage(message, transfer),
  // The clock is read at every minibatch.
  clock: () => {
    Atomics.wait(nobody, 0, 0, SLEEP_MS);
    return instant(performance.now());
  },
});

self.onmessage = ({ data }) => void session.receive(data);
