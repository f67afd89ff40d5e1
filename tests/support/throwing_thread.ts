/** A training thread that says that it is ready, and throws as soon as it is to train. */

interface Scope {
  onmessage: ((event: MessageEvent<{ readonly type: string }>) => void) | null;
  readonly postMessage: (message: unknown) => void;
}

declare const self: Scope;

self.onmessage = ({ data }) => {
  if (data.type === "train") throw new Error("the maths broke");
  const backend = { name: "cpu", reason: "a test wants it", refused: [] };
  self.postMessage({ type: "ready", backend });
};
