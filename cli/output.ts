/** The two streams of the process: results on stdout, everything else on stderr. */

const encoder = new TextEncoder();

/** Where a command writes. */
export interface Output {
  /** A line of results. */
  readonly line: (text: string) => void;
  /** A line about how it goes. */
  readonly note: (text: string) => void;
}

/** The process's own streams. A reader that closes its end (`| head`) ends the program, with code 141. */
export function processOutput(): Output {
  return {
    line: (text) => writeAll(Deno.stdout, `${text}\n`),
    note: (text) => writeAll(Deno.stderr, `${text}\n`),
  };
}

/** Writes all of a text, however little of it the stream takes at a time. */
export function writeAll(stream: { writeSync(data: Uint8Array): number }, text: string): void {
  let rest = encoder.encode(text);
  try {
    while (rest.length > 0) rest = rest.subarray(stream.writeSync(rest));
  } catch (error) {
    // What a shell reports of a program that SIGPIPE ended; a sweep that was cut off can be resumed.
    if (error instanceof Deno.errors.BrokenPipe) Deno.exit(141);
    throw error;
  }
}
