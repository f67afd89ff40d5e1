/** A user's own training function as a sweep's task: its file, and what it may touch. */

/** What a module may touch; what is not named here it may not. */
export interface ModulePermissions {
  /** `host` or `host:port`; "any": every address. */
  readonly net: readonly string[] | "any";
  /** Files and folders, absolute or relative to the sweep file's folder. */
  readonly read: readonly string[];
  /** Likewise. */
  readonly write: readonly string[];
  /** Names of environment variables. */
  readonly env: readonly string[];
  /** What of the machine it may ask for, in Deno's words: `hostname`, `cpus`, … */
  readonly sys: readonly string[];
}

/**
 * A TypeScript or JavaScript module that trains one trial. Its text, bundled, is an artifact; the
 * SHA-256 of that is the digest of the sweep's data.
 */
export interface ModuleTask {
  /** The folder of the sweep file, absolute: relative paths start there. */
  readonly folder: string;
  /** As the sweep file has it. */
  readonly path: string;
  readonly permissions: ModulePermissions;
}

/** What Deno can be asked about the machine, all of it by name. */
export const SYS_PERMISSIONS: readonly string[] = [
  "hostname",
  "osRelease",
  "osUptime",
  "loadavg",
  "networkInterfaces",
  "systemMemoryInfo",
  "uid",
  "gid",
  "cpus",
  "homedir",
  "statfs",
  "getPriority",
  "setPriority",
];

/** No permission at all. */
export const NO_PERMISSIONS: ModulePermissions = {
  net: [],
  read: [],
  write: [],
  env: [],
  sys: [],
};

/** Variables that hold logins of the worker itself: no module gets them. */
export function isReservedVariable(name: string): boolean {
  return /^(?:NATS_|TRAWL_)/i.test(name) || name.includes("*");
}

/** Bytes of a bundled module at most. */
export const MAX_MODULE_BYTES: number = 32 * 2 ** 20;

/** Bytes of a module's checkpoint at most: each is sent to the artifact store and kept there. */
export const MAX_MODULE_CHECKPOINT_BYTES: number = 256 * 2 ** 20;

/**
 * What a bundled text ends with: its source map in base64, by a name that no JavaScript engine knows.
 * Deno would apply it to the lines of a stack and not to the names of files, which says nothing.
 */
export const MODULE_MAP_MARK = "\n//# trawlSourceMap=";

/** Extensions of files that can be a module. */
export const MODULE_FILE_REGEXP: RegExp = /\.(?:ts|mts|js|mjs)$/;

/**
 * Names that every object answers to, whether it was given a value for them or not. As a parameter or
 * metric that some trials lack, each would be a function in their records.
 */
export const OBJECT_NAME_REGEXP: RegExp =
  /^(?:__\w+__|constructor|hasOwnProperty|isPrototypeOf|propertyIsEnumerable|toLocaleString|toString|valueOf)$/;

/** Names of metrics that a module may report: they become columns, and parts of messages. */
export const METRIC_NAME_REGEXP: RegExp = new RegExp(
  `^(?!${OBJECT_NAME_REGEXP.source.slice(1)})[\\x21-\\x7e][\\x20-\\x7e]{0,63}$`,
);

/** Metrics of one report of a module at most. */
export const MAX_MODULE_METRICS = 64;
