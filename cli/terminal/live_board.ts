/** Keeps the board painted in its place at the end of a terminal's output. */
import { renderBoard } from "./board.ts";
import type { BoardModel } from "./board_model.ts";
import { displayWidth, printable } from "./text.ts";

/** A terminal to paint on. */
export interface BoardTerminal {
  readonly write: (text: string) => void;
  /** Its size at present, in cells. */
  readonly size: () => { readonly columns: number; readonly rows: number };
}

/** What a live board needs. */
export interface LiveBoardOptions {
  readonly terminal: BoardTerminal;
  /** Derives what to show, each time anew. */
  readonly model: () => BoardModel;
  readonly color: boolean;
  readonly unicode: boolean;
  /** Milliseconds on any clock: measures how long painting takes. */
  readonly clock: () => number;
  /** Milliseconds between two pictures at least. */
  readonly intervalMs?: number;
}

const HIDE_CURSOR = "\x1b[?25l";
const SHOW_CURSOR = "\x1b[?25h";
/** Terminals that know synchronized updates show a picture as a whole; others ignore these. */
const BEGIN_UPDATE = "\x1b[?2026h";
const END_UPDATE = "\x1b[?2026l";
const INTERVAL_MS = 200;
/** Deriving a large sweep's board must not take more than this share of the process's time. */
const MAX_LOAD = 0.1;

/** A board on a terminal. The last picture stays when it is closed. */
export class LiveBoard implements Disposable {
  readonly #options: LiveBoardOptions;
  #painted: readonly string[] = [];
  #paintedColumns = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #isOpen = true;
  /** Also on an exit that skips us: a terminal without its cursor is a broken one. */
  readonly #onUnload = (): void => this.#write(SHOW_CURSOR);

  private constructor(options: LiveBoardOptions) {
    this.#options = options;
  }

  /** Paints the first picture and goes on painting until it is closed. */
  static open(options: LiveBoardOptions): LiveBoard {
    const board = new LiveBoard(options);
    globalThis.addEventListener("unload", board.#onUnload);
    board.#write(HIDE_CURSOR);
    board.#tick();
    return board;
  }

  /** Paints now. */
  refresh(): void {
    if (this.#isOpen) this.#paint([]);
  }

  /** Puts lines above the board; they scroll away like any output. */
  print(lines: readonly string[]): void {
    if (this.#isOpen) this.#paint(lines.map(printable));
  }

  /** Paints the last picture, gives the cursor back and stops. */
  [Symbol.dispose](): void {
    if (!this.#isOpen) return;
    this.#paint([]);
    this.#write(SHOW_CURSOR);
    this.#close();
  }

  #tick(): void {
    const { clock, intervalMs = INTERVAL_MS } = this.#options;
    const begunAt = clock();
    this.#paint([]);
    const pauseMs = Math.max(intervalMs, (clock() - begunAt) / MAX_LOAD);
    if (this.#isOpen) this.#timer = setTimeout(() => this.#tick(), pauseMs);
  }

  #paint(above: readonly string[]): void {
    const { terminal, model, color, unicode } = this.#options;
    const { columns, rows } = terminal.size();
    // The last cell of a line stays free: some terminals wrap as soon as it is written. The last
    // line stays free for the cursor.
    const width = Math.max(1, columns - 1);
    const lines = renderBoard(model(), { width, height: Math.max(1, rows - 1), color, unicode });
    const isSame = above.length === 0 && columns === this.#paintedColumns &&
      lines.length === this.#painted.length &&
      lines.every((line, index) => line === this.#painted[index]);
    if (isSame) return;
    const body = [...above, ...lines].map((line) => `${line}\n`).join("");
    this.#write(`${BEGIN_UPDATE}${this.#erasure(columns)}${body}${END_UPDATE}`);
    this.#painted = lines;
    this.#paintedColumns = columns;
  }

  /**
   * Takes the present picture away, by its rows on a terminal that may have folded it since.
   *
   * Its rows are deleted, not cleared: tmux counts cells that were cleared behind a line's end as
   * text when it folds that line, and keeps a screen that is cleared as a whole in its history. All
   * goes out in one write, so that the empty place is never seen.
   */
  #erasure(columns: number): string {
    const rows = this.#painted.reduce(
      (sum, line) => sum + Math.max(1, Math.ceil(visibleWidth(line) / Math.max(1, columns))),
      0,
    );
    return rows === 0 ? "\r" : `\r\x1b[${rows}A\x1b[${rows}M`;
  }

  #write(text: string): void {
    try {
      this.#options.terminal.write(text);
    } catch (error) {
      // The window was closed: nobody is looking, and the sweep goes on.
      if (!(error instanceof Error)) throw error;
      this.#close();
    }
  }

  #close(): void {
    this.#isOpen = false;
    globalThis.removeEventListener("unload", this.#onUnload);
    if (this.#timer !== null) clearTimeout(this.#timer);
  }
}

function visibleWidth(line: string): number {
  // deno-lint-ignore no-control-regex -- escape sequences begin with a control character
  return displayWidth(line.replaceAll(/\x1b\[\d+m/g, ""));
}
