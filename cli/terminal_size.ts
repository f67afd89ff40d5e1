/** How much room there is to write in. */

/** Wider than any table: a program that reads it wants its cells whole. */
const NO_LIMIT = 10_000;

/** Columns and rows of the terminal; no limit where the output is a file or a pipe. */
export function terminalSize(): { readonly columns: number; readonly rows: number } {
  if (!Deno.stdout.isTerminal()) return { columns: NO_LIMIT, rows: NO_LIMIT };
  try {
    return Deno.consoleSize();
  } catch {
    // A terminal that does not tell its size.
    return { columns: 80, rows: 24 };
  }
}
