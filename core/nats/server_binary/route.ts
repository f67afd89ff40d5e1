/** The contract of one way to a `nats-server` binary, and what every way is given. */
import type { Bytes, Milliseconds } from "../../domain/units.ts";
import type { ServerPlatform } from "./server_platform.ts";
import type { ServerRelease } from "./server_release.ts";

/** A usable program: it ran, and told a version that Trawl can work with. */
export interface NatsServerBinary {
  /** Absolute path, or as the user gave it. */
  readonly path: string;
  /** Such as `2.12.15`. */
  readonly version: string;
  /** Where it came from, for a person: `found in PATH`, `release archive v2.12.15, …`. */
  readonly how: string;
}

/** What a route came to: a binary, or why there is none this way. */
export type RouteOutcome =
  | ({ readonly status: "found" } & NatsServerBinary)
  | { readonly status: "unavailable"; readonly reason: string };

/** What a route tells while it works. */
export type RouteProgress =
  | { readonly kind: "trying"; readonly route: string }
  | { readonly kind: "unavailable"; readonly route: string; readonly reason: string }
  | {
    readonly kind: "downloading";
    readonly url: string;
    readonly received: Bytes;
    /** Absent where the server does not tell. */
    readonly total: Bytes | undefined;
  }
  | { readonly kind: "running"; readonly command: string };

/** What every route is given. */
export interface RouteContext {
  /** The program the user named, such as by `NATS_SERVER_BIN`. */
  readonly explicitPath: string | undefined;
  /** The value of `PATH`. */
  readonly searchPath: string;
  /** Folders to look in after those of `searchPath`: ordinary users' PATH often lacks `/usr/sbin`. */
  readonly systemDirectories: readonly string[];
  /** Trawl's own folder for programs; made when something is put there. */
  readonly cacheDir: string;
  readonly platform: ServerPlatform;
  readonly release: ServerRelease;
  /** How long a download may take to begin. */
  readonly connectWithin: Milliseconds;
  /** How long a download may stay silent once begun. */
  readonly silenceWithin: Milliseconds;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: (progress: RouteProgress) => void;
}

/**
 * Looks for a binary one way. It answers `unavailable` for whatever can go wrong outside, and throws
 * only the signal's reason.
 */
export type Route = (context: RouteContext) => Promise<RouteOutcome>;
