/** What computes tensors: a TensorFlow.js backend that was loaded, by name. */

/** Every backend that Trawl can load, in the order in which `auto` tries them. */
export const BACKEND_NAMES = ["tensorflow-gpu", "webgpu", "tensorflow", "wasm", "cpu"] as const;

/** One of them. */
export type BackendName = (typeof BACKEND_NAMES)[number];

/** A loaded backend. One is active in a thread at a time; a slot uses one for its whole life. */
export interface Backend {
  /** The name that `--backend` takes. */
  readonly name: BackendName;
  /** What it computes on, for people. */
  readonly device: string;
  /** Makes it the one that new tensors of this thread are made on. */
  readonly activate: () => Promise<void>;
}

/** A backend that may or may not work on this machine. */
export interface BackendLoader {
  /** The name that `--backend` takes. */
  readonly name: BackendName;
  /**
   * Loads it and makes it active.
   * @throws {BackendError} If it cannot be loaded here.
   */
  readonly load: () => Promise<Backend>;
  /** Why `auto` leaves it out although it may load, asked before loading; null if it does not. */
  readonly unfitForAuto?: () => Promise<string | null>;
}

/** A backend that cannot be used on this machine; the message says why. */
export class BackendError extends Error {
  /** Constant, so that it survives minifiers and subclasses. */
  override readonly name = "BackendError";
}
