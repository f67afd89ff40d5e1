/** What a worker process may touch: its home, its data, its server, and nothing it was not told of. */
import { resolve } from "node:path";
import { CIFAR100_URL } from "../../worker/datasets/cifar100_archive.ts";
import { type ModulePermissions, NO_PERMISSIONS } from "../../core/domain/user_module.ts";
import { type AddonBackend, addonFolder } from "../../worker/engine/addon_installation.ts";
import type { Confinement } from "./permission_flags.ts";
import { programFiles } from "./program_files.ts";
import { serverAddresses, type ServerPlace } from "./server_place.ts";

/** What a worker is about to be started with. */
export interface WorkerPlaces {
  /** Absolute. */
  readonly home: string;
  /** The folder of `--data-dir`. */
  readonly dataDir: string | undefined;
  /** Folders of data besides. */
  readonly folders?: readonly string[];
  /** What a module is granted that the worker is to run: it cannot give what it has not. */
  readonly granted?: ModulePermissions;
  readonly server: ServerPlace;
  /** The folder of installed native addons. */
  readonly addonsDir: string;
  /** The native addon that it will load, or null. */
  readonly addon: AddonBackend | null;
  /** The program that tells of GPUs, absolute; null where there is none. */
  readonly nvidiaSmi?: string | null;
}

/** The confinement of a worker and all of its threads. */
export function confineWorker(places: WorkerPlaces): Confinement {
  const { home, dataDir, folders = [], server, addonsDir, addon } = places;
  const { granted = NO_PERMISSIONS, nvidiaSmi = null } = places;
  const addresses = serverAddresses(server);
  return {
    set: "worker",
    read: [
      ...programFiles(),
      home,
      ...(dataDir === undefined ? [] : [resolve(dataDir)]),
      ...folders,
      ...granted.read,
      addonsDir,
      ...server.files,
    ],
    write: [home, ...granted.write],
    net: addresses === "any" || granted.net === "any"
      ? "any"
      : [...addresses, new URL(CIFAR100_URL).host, ...granted.net],
    env: granted.env,
    sys: granted.sys,
    run: nvidiaSmi === null ? [] : [nvidiaSmi],
    ffi: addon === null ? [] : [addonFolder(addonsDir, addon)],
  };
}
