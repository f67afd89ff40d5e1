/** The progress of a download on stderr: a bar on a terminal, a line each tenth elsewhere. */
import type { CliContext } from "./context.ts";

/** Told of received and expected bytes; `total` is null where the server does not say. */
export type OnProgress = (receivedBytes: number, totalBytes: number | null) => void;

const WIDTH = 30;

/** A progress listener for one download. */
export function downloadBar(what: string, { output }: CliContext): OnProgress {
  const isTerminal = Deno.stderr.isTerminal();
  let lastTenth = -1;
  return (received, total) => {
    const share = total === null || total === 0 ? null : received / total;
    const tenth = share === null ? Math.floor(received / 10e6) : Math.floor(10 * share);
    if (isTerminal) {
      Deno.stderr.writeSync(new TextEncoder().encode(`\r${barOf(what, received, total)}\x1b[K`));
      if (share !== null && share >= 1) output.note("");
    } else if (tenth !== lastTenth) {
      output.note(barOf(what, received, total));
    }
    lastTenth = tenth;
  };
}

function barOf(what: string, received: number, total: number | null): string {
  const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
  if (total === null || total === 0) return `${what} ${megabytes(received)} MB`;
  const filled = Math.min(WIDTH, Math.round(WIDTH * received / total));
  const bar = "#".repeat(filled) + "-".repeat(WIDTH - filled);
  return `${what} [${bar}] ${megabytes(received)} of ${megabytes(total)} MB`;
}
