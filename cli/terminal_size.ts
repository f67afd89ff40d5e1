/** How much room there is to write in. */

/** Columns and rows of the terminal; 100 columns where the output is a file or a pipe. */
export function terminalSize(): { readonly columns: number; readonly rows: number } {
  try {
    return Deno.consoleSize();
  } catch {
    return { columns: 100, rows: 40 };
  }
}
