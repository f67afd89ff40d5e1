/** What the machine itself must offer: Deno, folders that can be written, room on the disk. */
import { statfs } from "node:fs/promises";
import { isAtLeast } from "../../core/nats/server_binary/server_version.ts";
import { openHome } from "../home.ts";
import type { Check } from "./check.ts";

/** The oldest Deno that Trawl is tested with. */
const OLDEST_DENO = "2.9.0";
/** CIFAR-100 takes 0.35 GB unpacked; journals and checkpoints of a long sweep as much again. */
const LEAST_FREE_BYTES = 2e9;

/** Deno's version. */
export function checkDeno(version: string): Check {
  const isNewEnough = isAtLeast(version, OLDEST_DENO);
  return {
    name: "deno",
    status: isNewEnough ? "ok" : "problem",
    found: isNewEnough ? version : `${version}; it must be >= ${OLDEST_DENO}`,
    fix: isNewEnough ? null : "deno upgrade",
  };
}

/** Whether a folder can be made and written. */
export async function checkFolder(
  name: string,
  path: string,
  { fix }: { readonly fix: string },
): Promise<Check> {
  try {
    const { path: absolute } = await openHome(path);
    return { name, status: "ok", found: `${absolute} can be written`, fix: null };
  } catch (error) {
    const reason = error instanceof Error ? error.cause ?? error : error;
    const why = reason instanceof Error ? reason.message : String(reason);
    return { name, status: "problem", found: `${path} cannot be written: ${why}`, fix };
  }
}

/** The room on the disk that holds a folder. */
export async function checkDisk(path: string): Promise<Check> {
  const name = "disk";
  try {
    const { bavail, bsize } = await statfs(path);
    return judgeDisk(bavail * bsize, path);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { name, status: "warning", found: `free space is not known: ${why}`, fix: null };
  }
}

/** What so many free bytes mean. */
export function judgeDisk(freeBytes: number, path: string): Check {
  const found = `${(freeBytes / 1e9).toFixed(1)} GB free for ${path}`;
  return freeBytes >= LEAST_FREE_BYTES
    ? { name: "disk", status: "ok", found, fix: null }
    : { name: "disk", status: "warning", found, fix: "free some space, or name another --home" };
}
