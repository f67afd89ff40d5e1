import assert from "node:assert/strict";
import { instant } from "../../core/domain/units.ts";
import { type BoardModel, boardModel } from "./board_model.ts";
import { LiveBoard, type LiveBoardOptions } from "./live_board.ts";
import { BEGUN_AT, halfwaySweep } from "./sample_sweep_test_support.ts";

/** The few sequences that the board uses, obeyed as a terminal without reflow does. */
class Screen {
  columns: number;
  rows: number;
  isCursorVisible = true;
  writes = 0;
  lines: string[] = [""];
  #row = 0;

  constructor(columns: number, rows: number) {
    this.columns = columns;
    this.rows = rows;
  }

  readonly size = (): { columns: number; rows: number } => ({
    columns: this.columns,
    rows: this.rows,
  });

  readonly write = (text: string): void => {
    this.writes++;
    // deno-lint-ignore no-control-regex -- escape sequences begin with a control character
    for (const [token] of text.matchAll(/\x1b\[(?:\?)?\d+[A-Za-z]|\r|\n|[^\x1b\r\n]+/g)) {
      this.#obey(token);
    }
  };

  #obey(token: string): void {
    // deno-lint-ignore no-control-regex -- escape sequences begin with a control character
    const [, number = "", command = ""] = /^\x1b\[\??(\d+)([A-Za-z])$/.exec(token) ?? [];
    if (token === "\r") return;
    if (token === "\n") {
      this.#row++;
      if (this.#row === this.lines.length) this.lines.push("");
    } else if (command === "A") this.#row -= Number(number);
    else if (command === "M") this.lines.splice(this.#row, Number(number));
    else if (number === "25") this.isCursorVisible = command === "h";
    else if (command === "") this.lines[this.#row] = (this.lines[this.#row] ?? "") + token;
    while (this.lines.length <= this.#row) this.lines.push("");
    assert.ok(this.#row >= 0, "the cursor left the screen");
    const line = this.lines[this.#row] ?? "";
    assert.ok([...line].length < this.columns, `a line reaches the last cell: ${line}`);
  }
}

function openBoard(
  screen: Screen,
  model: () => BoardModel,
  options: Partial<LiveBoardOptions> = {},
): LiveBoard {
  return LiveBoard.open({
    terminal: screen,
    model,
    color: false,
    unicode: true,
    clock: () => 0,
    // The tests ask for each picture: none comes by itself.
    intervalMs: 1_000_000,
    ...options,
  });
}

function modelAt(atMs: number): BoardModel {
  return boardModel(halfwaySweep().view, { presences: [], now: instant(BEGUN_AT + atMs) });
}

Deno.test("LiveBoard paints over itself, and its last picture stays", () => {
  const screen = new Screen(80, 30);
  let atMs = 25_000;
  const board = openBoard(screen, () => modelAt(atMs));
  assert.equal(screen.isCursorVisible, false);
  const height = screen.lines.length;
  atMs = 31_000;
  board.refresh();
  assert.equal(screen.lines.length, height);
  assert.match(screen.lines[0] ?? "", /^digits {2}running +0:31/);
  board[Symbol.dispose]();
  assert.equal(screen.isCursorVisible, true);
  assert.match(screen.lines.join("\n"), /digits {2}running +0:31[^]*Ctrl-C/);
  const { writes } = screen;
  board.refresh();
  board.print(["late"]);
  board[Symbol.dispose]();
  assert.equal(screen.writes, writes, "a closed board writes nothing");
});

Deno.test("LiveBoard does not write what is on the screen already", () => {
  const screen = new Screen(80, 30);
  using board = openBoard(screen, () => modelAt(25_000));
  const { writes } = screen;
  board.refresh();
  assert.equal(screen.writes, writes);
});

Deno.test("LiveBoard.print() puts lines above the board", () => {
  const screen = new Screen(80, 30);
  using board = openBoard(screen, () => modelAt(25_000));
  board.print(["first", "second \x1b[2J"]);
  board.print(["third"]);
  assert.deepEqual(screen.lines.slice(0, 3), ["first", "second \ufffd[2J", "third"]);
  assert.match(screen.lines[3] ?? "", /^digits/);
  assert.equal(screen.lines.filter((line) => line.startsWith("digits")).length, 1);
});

Deno.test("LiveBoard follows the terminal's size", () => {
  const screen = new Screen(80, 30);
  using board = openBoard(screen, () => modelAt(25_000));
  screen.columns = 200;
  screen.rows = 8;
  board.refresh();
  assert.ok(screen.lines.length <= 8);
  assert.equal([...(screen.lines[1] ?? "")].length, 199);
});

Deno.test("LiveBoard stops when the terminal is gone, and the program does not", () => {
  const screen = new Screen(80, 30);
  let isGone = false;
  const write = (text: string): void => {
    if (isGone) throw new Error("EIO");
    screen.write(text);
  };
  let atMs = 25_000;
  using board = openBoard(screen, () => modelAt(atMs), {
    terminal: { ...screen, size: screen.size, write },
  });
  isGone = true;
  atMs = 30_000;
  board.refresh();
  isGone = false;
  const { writes } = screen;
  atMs = 35_000;
  board.refresh();
  assert.equal(screen.writes, writes);
});

Deno.test("LiveBoard paints by itself, and seldom where painting is slow", async () => {
  const painted = async (costMs: number): Promise<number> => {
    const screen = new Screen(80, 30);
    let now = 0;
    let pictures = 0;
    const enough = Promise.withResolvers<void>();
    const model = (): BoardModel => {
      pictures++;
      now += costMs;
      if (pictures === 3) enough.resolve();
      return modelAt(25_000 + 1000 * pictures);
    };
    const startedAt = performance.now();
    using _board = openBoard(screen, model, { clock: () => now, intervalMs: 1 });
    await enough.promise;
    return performance.now() - startedAt;
  };
  await painted(0);
  // Two pauses of ten times the cost.
  assert.ok(await painted(5) >= 95);
});
