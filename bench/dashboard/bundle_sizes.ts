/** How large the client is: as it is, and as it goes over the wire. */
import { brotliCompressSync, gzipSync } from "node:zlib";
import { bundleClient } from "../../dashboard/client_bundle.ts";
import type { Finding } from "./finding.ts";
import { RIVAL_FIGURES } from "./rivals.ts";

/** The most that the script may weigh, in KB of 1,000 bytes, gzipped. */
const MOST_SCRIPT_KB = 80;

/** A line for each file. */
export async function bundleSizes(): Promise<readonly Finding[]> {
  const assets = Object.entries(await bundleClient());
  return assets.flatMap(([name, asset]): readonly Finding[] => {
    if (asset === null) return [];
    const { length } = asset.body;
    const [gzip, brotli] = [gzipSync(asset.body).length, brotliCompressSync(asset.body).length];
    return [{
      what: `${name}, gzipped`,
      seen: gzip / 1000,
      unit: "KB",
      most: name === "script" ? MOST_SCRIPT_KB : null,
      ...(name === "script" ? { rival: RIVAL_FIGURES.script } : {}),
      note: `${(length / 1000).toFixed(1)} KB as it is, ${(brotli / 1000).toFixed(1)} KB by brotli`,
    }];
  });
}
