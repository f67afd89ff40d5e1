/** How a process of the benchmark tells what it has found. */

/** Prints a value as a line of JSON; all of it, however slowly a full pipe is emptied. */
export async function say(value: object): Promise<void> {
  const writer = Deno.stdout.writable.getWriter();
  await writer.write(new TextEncoder().encode(`${JSON.stringify(value)}\n`));
  writer.releaseLock();
}
