/** What stands where nothing is: what it will be, why it is not there, and the next command. */
/// <reference lib="dom" />
import type { ComponentChildren, VNode } from "preact";

/** What is said. */
export interface EmptyStateProps {
  /** What is missing, in a short sentence. */
  readonly title: string;
  /** What makes it come, or how to see all again. */
  readonly children?: ComponentChildren;
  /** A command that does. */
  readonly command?: string | undefined;
  /** Whether it takes a worker: the command that starts one follows. */
  readonly needsWorker?: boolean;
}

/** The block. */
export function EmptyState({ title, children, command, needsWorker }: EmptyStateProps): VNode {
  return (
    <div class="empty empty-state">
      <p class="empty-title">{title}</p>
      {children && <p>{children}</p>}
      {command !== undefined && <Command text={command} />}
      {needsWorker && <WorkerHint />}
    </div>
  );
}

/** A command to copy: it scrolls in its own box where it is long. */
function Command({ text }: { readonly text: string }): VNode {
  return <pre class="command" tabIndex={0} aria-label="Command"><code>{text}</code></pre>;
}

/** How to start a worker for this server, here or on another machine. */
export function WorkerHint(_: Readonly<Record<never, never>>, context?: unknown): VNode {
  const address = addressFrom(context);
  const isLocal = serverOption(address) === "";
  return (
    <>
      <p>
        {isLocal
          ? "Workers do the training. Start one on this machine, with the --home or --nats of this page:"
          : "Workers do the training. Start one, here or on another machine:"}
      </p>
      <Command text={`deno task worker${serverOption(address)}`} />
      {isLocal && (
        <p>
          <code>deno task sweep FILE --listen 0.0.0.0:4222</code>{" "}
          lets other machines join; it prints what they need.
        </p>
      )}
    </>
  );
}

/** What a command needs to meet the server of this page. */
export function serverOption(address: string | null): string {
  // The own server wants a password that only its home directory knows.
  const isOwn = address !== null && /\/\/(?:127\.|localhost|\[::1\])/.test(address);
  return isOwn ? "" : ` --nats ${address ?? "nats://HOST:PORT"}`;
}

/** The server hands it to what it draws; in the browser the page itself has it. */
function addressFrom(context: unknown): string | null {
  const given = typeof context === "object" && context !== null && "natsAddress" in context
    ? context.natsAddress
    : globalThis.document?.documentElement.dataset["nats"];
  return typeof given === "string" ? given : null;
}
