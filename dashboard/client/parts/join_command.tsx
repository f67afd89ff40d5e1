/** The command by which a worker joins, with the address where there is one that others can use. */
import type { VNode } from "preact";

/** The command and where it works; `address` is the server's, null: nobody told. */
export function JoinCommand({ address }: { readonly address: string | null }): VNode {
  // The own server wants a password that only its home directory knows.
  const isLocal = address !== null && isLoopback(address);
  return (
    <>
      <p>
        {isLocal
          ? "Start one on this machine, with the --home or --nats of this page:"
          : "Start one, here or on another machine:"}
      </p>
      <pre class="command" tabIndex={0}>
        <code>deno task worker{isLocal ? "" : ` --nats ${address ?? "nats://HOST:PORT"}`}</code>
      </pre>
      {isLocal && (
        <p>
          <code>deno task sweep FILE --listen 0.0.0.0:4222</code>{" "}
          lets other machines join; it prints what they need.
        </p>
      )}
    </>
  );
}

/** Whether an address means this machine alone. */
export function isLoopback(address: string): boolean {
  return /\/\/(?:127\.|localhost|\[::1\])/.test(address);
}
