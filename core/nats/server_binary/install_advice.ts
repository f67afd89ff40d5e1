/** The one command by which a person gets a `nats-server` on this system. */

const RELEASES_PAGE = "https://github.com/nats-io/nats-server/releases";

/** Package managers, the first that is present wins; `docker` is the last resort before the page. */
const COMMANDS: readonly (readonly [program: string, advice: string])[] = [
  ["apt-get", "sudo apt-get install nats-server"],
  ["brew", "brew install nats-server"],
  ["apk", "sudo apk add nats-server"],
  ["pacman", "sudo pacman -S nats-server"],
  ["choco", "choco install nats-server"],
  [
    "docker",
    "docker run -d -p 127.0.0.1:4222:4222 nats:2.12 -js, then --nats nats://127.0.0.1:4222",
  ],
];

/** What to tell the user, by which programs this system has. */
export function installAdvice(hasProgram: ReadonlySet<string>): string {
  const command = COMMANDS.find(([program]) => hasProgram.has(program))?.[1];
  return command ?? `download it from ${RELEASES_PAGE} and set NATS_SERVER_BIN to its path`;
}

/** The programs that `installAdvice` asks about. */
export const ADVICE_PROGRAMS: readonly string[] = COMMANDS.map(([program]) => program);
