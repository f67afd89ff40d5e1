/** The contract of one way to a native addon, and what every way is given. */
import type { AddonBackend } from "../../worker/engine/addon_installation.ts";

/** What a route is given. */
export interface InstallContext {
  readonly backend: AddonBackend;
  /** The npm package whose kernels drive the addon. */
  readonly package: string;
  /** Where the installation grows, until it is moved to its place whole. */
  readonly staging: string;
  /** What was downloaded, kept until an installation succeeds. */
  readonly downloads: string;
  /** A TensorFlow C library that the user points at. */
  readonly libtensorflow?: string;
  /** The version of TensorFlow to fetch. */
  readonly tensorflow: string;
  readonly note: (text: string) => void;
  readonly signal?: AbortSignal;
}

/** What a route made inside the staging folder. */
export interface BuiltAddon {
  /** The `.node` file, relative to the staging folder. */
  readonly addon: string;
  /** How it was made, for people. */
  readonly how: string;
}

/** A way to an addon. It throws what stood in its way, in one message. */
export interface InstallRoute {
  readonly name: string;
  readonly make: (context: InstallContext) => Promise<BuiltAddon>;
}
