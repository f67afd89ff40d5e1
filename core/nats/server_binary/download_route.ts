/** The official release archive: downloaded, its sum checked, the one program taken out. */
import { join } from "node:path";
import { installInCache } from "./cache_route.ts";
import { downloadFile } from "./download_file.ts";
import type { RouteContext, RouteOutcome } from "./route.ts";
import { programName } from "./server_platform.ts";
import { type ReleaseArchive, releaseArchive } from "./server_release.ts";
import { unpackProgram } from "./unpack_program.ts";

const PROGRAM_MODE = 0o755;

/** Downloads the pinned release's archive for this platform. */
export async function downloadRoute(context: RouteContext): Promise<RouteOutcome> {
  const { release, platform } = context;
  const archive = releaseArchive(release, platform);
  if (archive === undefined) {
    const reason = `release v${release.version} has no archive for ${platform.os} ${platform.arch}`;
    return { status: "unavailable", reason };
  }
  const checkedBy = archive.sha256 === undefined ? "the release's own SHA256SUMS" : "a pinned sum";
  const how = `release archive v${release.version}, checked against ${checkedBy}`;
  return await installInCache(context, how, async (folder) => {
    const sum = archive.sha256 ?? await publishedSum(archive, context);
    const bytes = await downloadFile(archive.url, context);
    await checkSum(bytes, sum, archive.name);
    const name = programName("nats-server", platform);
    const program = await unpackProgram(bytes, archive.format, name);
    const path = join(folder, name);
    await Deno.writeFile(path, program, { mode: PROGRAM_MODE, createNew: true });
    return path;
  });
}

async function publishedSum(archive: ReleaseArchive, context: RouteContext): Promise<string> {
  const text = new TextDecoder().decode(await downloadFile(archive.sumsUrl, context));
  for (const line of text.split("\n")) {
    const [sum, name] = line.trim().split(/\s+\*?/, 2);
    if (name === archive.name && sum !== undefined && /^[0-9a-f]{64}$/.test(sum)) return sum;
  }
  throw new Error(`${archive.sumsUrl} has no sum for ${archive.name}`);
}

async function checkSum(
  bytes: Uint8Array<ArrayBuffer>,
  expected: string,
  name: string,
): Promise<void> {
  const actual = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
  if (actual !== expected) {
    throw new Error(
      `${name} (${bytes.length} bytes) has SHA-256 ${actual}; it must be ${expected}`,
    );
  }
}
