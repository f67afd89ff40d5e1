/** Ports of this machine that stay free until a test's own server listens there. */

/**
 * Below what the kernel gives to connections and to port 0 (Linux from 32,768, others from 49,152):
 * one of those may be taken by any test beside this one between here and the server's own start, and
 * between its end and its restart.
 */
const [FIRST, LAST] = [12_000, 32_000];

/** A port on which nobody listens, and that nobody is given by chance. */
export function freePort(): number {
  for (let tried = 0; tried < 100; tried++) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST));
    try {
      using _listener = Deno.listen({ hostname: "127.0.0.1", port });
      return port;
    } catch (error) {
      if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    }
  }
  throw new Error(`Cannot find a free port from ${FIRST} to ${LAST}`);
}
