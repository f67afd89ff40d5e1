/** A training thread that says that it is ready, and never answers anything else. */

interface Scope {
  readonly postMessage: (message: unknown) => void;
}

declare const self: Scope;

self.postMessage({ type: "ready", backend: { name: "cpu", reason: "a test", refused: [] } });
