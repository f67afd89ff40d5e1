/** The module that a training thread runs: the only place where tensors live. Puts a session together. */
import { instant } from "../core/domain/units.ts";
import type { ThreadMessage, ThreadRequest } from "./thread_messages.ts";
import { ThreadSession } from "./thread_session.ts";

/** What the global scope of a Deno `Worker` offers. */
interface ThreadScope {
  onmessage: ((event: MessageEvent<ThreadRequest>) => void) | null;
  readonly postMessage: (message: ThreadMessage, transfer: Transferable[]) => void;
}

declare const self: ThreadScope;

const session = new ThreadSession({
  post: (message, transfer = []) => self.postMessage(message, transfer),
  clock: () => instant(performance.now()),
});

// A rejection is left unhandled on purpose: it reaches the owner as an error of the thread.
self.onmessage = ({ data }) => void session.receive(data);
