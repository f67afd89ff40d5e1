/** The system that a binary must run on. */

/** An operating system and a processor, in Deno's words: `linux` and `x86_64`. */
export interface ServerPlatform {
  readonly os: string;
  readonly arch: string;
}

/** The program's file name on a platform. */
export function programName(name: string, platform: ServerPlatform): string {
  return platform.os === "windows" ? `${name}.exe` : name;
}
