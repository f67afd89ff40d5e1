/** The official release that Trawl downloads: its version, its archives' names and their sums. */
import type { ServerPlatform } from "./server_platform.ts";

/** A release of nats-server. */
export interface ServerRelease {
  /** Such as `2.12.15`. */
  readonly version: string;
  /** Without the tag: `<baseUrl>/v<version>/<archive>` is an archive. */
  readonly baseUrl: string;
  /** SHA-256 of the archive in hex, by `<os>-<arch>` as the release names them. */
  readonly sha256: Readonly<Record<string, string>>;
}

/**
 * The pinned release. The sums are those in the build files of the official container image, which
 * come by another road than the archives. They have none for macOS.
 */
export const PINNED_RELEASE: ServerRelease = {
  version: "2.12.15",
  baseUrl: "https://github.com/nats-io/nats-server/releases/download",
  sha256: {
    "linux-amd64": "58ab8131f819263897e2fc38e503e1b755b63bcafeecc7d12582487df48ca15e",
    "linux-arm64": "b724db99fefbf8f5c808baa82819ee50350aee9734017e4a478f7e545cef3ab6",
    "linux-arm7": "72311fe4e14ce3ce22dc8e7ac02633e6f31a9bab4086c92a31fd040e59683c8a",
    "linux-386": "e20fd919512273ed8ee553f5076bd76b1fc5e78a3cf83eafed4e0b40582f9b87",
    "linux-s390x": "5db960be875da499f1354f41c0a7780303fb9644cf62d35022677e77b4178029",
    "linux-ppc64le": "56447e72ec0551fa27a4368388dee475e028d4d5de6d97a802d944c6f278cf1e",
    "windows-amd64": "ed2f6d265abb6c6b151b077d1b6810d006f6e01453d864104de5ce4dc6ee6c27",
  },
};

/** One downloadable archive. */
export interface ReleaseArchive {
  readonly name: string;
  readonly url: string;
  /** The release's list of its own sums. */
  readonly sumsUrl: string;
  /** The pinned sum, if there is one for the platform. */
  readonly sha256: string | undefined;
  readonly format: "tar.gz" | "zip";
}

const OS_NAMES: Readonly<Record<string, string>> = {
  linux: "linux",
  darwin: "darwin",
  windows: "windows",
  freebsd: "freebsd",
};
const ARCH_NAMES: Readonly<Record<string, string>> = { "x86_64": "amd64", aarch64: "arm64" };

/** The archive of a release for a platform, or undefined where the release has none. */
export function releaseArchive(
  release: ServerRelease,
  platform: ServerPlatform,
): ReleaseArchive | undefined {
  const os = OS_NAMES[platform.os];
  const arch = ARCH_NAMES[platform.arch];
  if (os === undefined || arch === undefined) return undefined;
  const format = os === "windows" ? "zip" : "tar.gz";
  const folder = `${release.baseUrl}/v${release.version}`;
  const name = `nats-server-v${release.version}-${os}-${arch}.${format}`;
  return {
    name,
    url: `${folder}/${name}`,
    sumsUrl: `${folder}/SHA256SUMS`,
    sha256: release.sha256[`${os}-${arch}`],
    format,
  };
}
