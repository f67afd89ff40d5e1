/**
 * What a user's module prints, on its way to the trial's log: at once as long as it is little, in
 * portions where it is much, of which the last lines are kept and the others counted.
 */
import { format } from "node:util";
import type { LogLevel } from "../../core/domain/attempt_log.ts";

/** Lines of a portion at most. */
export const LINES_A_PORTION = 200;
/** Longer texts are cut here already: they would be carried for nothing. */
export const LONGEST_PRINTED = 4_000;
const AT_ONCE = 50;
const PORTION_MS = 100;

/** A line that was printed. */
export interface PrintedLine {
  readonly level: LogLevel;
  readonly text: string;
}

/** Lines, oldest first, and how many were left out before them. */
export interface PrintedLines {
  readonly lines: readonly PrintedLine[];
  readonly skipped: number;
}

/** The methods of `console` that print, each with its level. */
const LEVELS = {
  debug: "debug",
  log: "info",
  info: "info",
  dir: "info",
  table: "info",
  warn: "warn",
  trace: "warn",
  error: "error",
} as const satisfies Readonly<Record<string, LogLevel>>;

/** Collects what is printed. */
export class ConsoleCapture {
  readonly #send: (printed: PrintedLines) => void;
  readonly #clock: () => number;
  #since = -Infinity;
  #sent = 0;
  #waiting: PrintedLine[] = [];
  #skipped = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(send: (printed: PrintedLines) => void, clock: () => number) {
    this.#send = send;
    this.#clock = clock;
  }

  /** Listens to a console, which goes on printing as it did. */
  listenTo(target: Console): void {
    for (const name of Object.keys(LEVELS)) {
      if (!isPrinting(name)) continue;
      const print: unknown = target[name];
      if (typeof print !== "function") continue;
      target[name] = (...args: unknown[]) => {
        Reflect.apply(print, target, args);
        this.print(LEVELS[name], args);
      };
    }
  }

  /** Takes a line. What cannot be told in words must not end the trial. */
  print(level: LogLevel, args: readonly unknown[]): void {
    const line = { level, text: wordsOf(args) };
    const now = this.#clock();
    if (now - this.#since >= PORTION_MS) {
      this.flush();
      this.#since = now;
      this.#sent = 0;
    }
    if (this.#sent < AT_ONCE) {
      this.#sent++;
      return this.#send({ lines: [line], skipped: 0 });
    }
    this.#waiting.push(line);
    if (this.#waiting.length > LINES_A_PORTION) {
      this.#waiting.shift();
      this.#skipped++;
    }
    this.#timer ??= setTimeout(() => this.flush(), PORTION_MS);
  }

  /** Sends what waits. */
  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#waiting.length === 0) return;
    const [lines, skipped] = [this.#waiting, this.#skipped];
    this.#waiting = [];
    this.#skipped = 0;
    this.#send({ lines, skipped });
  }
}

function isPrinting(name: string): name is keyof typeof LEVELS {
  return Object.hasOwn(LEVELS, name);
}

function wordsOf(args: readonly unknown[]): string {
  try {
    return format(...args).slice(0, LONGEST_PRINTED);
  } catch {
    return "(something that cannot be printed)";
  }
}
