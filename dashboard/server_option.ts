/** What a command needs to meet the very server that a dashboard reads. */

/**
 * With a blank before it. The own server of a home wants a password that only the directory knows;
 * any other is named by its address, to which whoever copies the command adds what is secret.
 */
export function serverOptionFor(
  { natsAddress, home }: { readonly natsAddress: string | null; readonly home: string | null },
): string {
  if (home !== null) return ` --home ${quoted(home)}`;
  return ` --nats ${natsAddress ?? "nats://HOST:PORT"}`;
}

/** As a shell takes it for one word. */
export function quoted(path: string): string {
  return /^[\w./~@%+=:,\\-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
