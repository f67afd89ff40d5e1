/** A program run to its end while its lines are shown. */

/** How to run it. */
export interface StepOptions {
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly signal?: AbortSignal;
  /** Shown what it prints, line by line. */
  readonly note?: (text: string) => void;
}

const KEPT_LINES = 6;

/**
 * Runs a program; resolves with what it printed on stdout.
 * @throws {Error} If it cannot be started or fails; the message has its last words.
 */
export async function runStep(program: string, options: StepOptions): Promise<string> {
  const { args, cwd, signal, note = () => {} } = options;
  const child = new Deno.Command(program, {
    args: [...args],
    ...(cwd === undefined ? {} : { cwd }),
    ...(signal === undefined ? {} : { signal }),
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const last: string[] = [];
  const hear = (line: string): void => {
    note(line);
    last.push(line);
    if (last.length > KEPT_LINES) last.shift();
  };
  const [stdout, , status] = await Promise.all([
    readLines(child.stdout, hear),
    readLines(child.stderr, hear),
    child.status,
  ]);
  signal?.throwIfAborted();
  if (!status.success) {
    const words = last.length === 0 ? "it said nothing" : last.join(" / ");
    throw new Error(`"${program} ${args[0] ?? ""}" ended with code ${status.code}: ${words}`);
  }
  return stdout.join("\n");
}

async function readLines(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  hear: (line: string) => void,
): Promise<readonly string[]> {
  const lines: string[] = [];
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + text).split(/\r?\n/);
    rest = parts.pop() ?? "";
    for (const line of parts.filter((part) => part.trim() !== "")) {
      hear(line);
      lines.push(line);
    }
  }
  if (rest.trim() !== "") {
    hear(rest);
    lines.push(rest);
  }
  return lines;
}
