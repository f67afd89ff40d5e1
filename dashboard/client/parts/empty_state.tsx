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
  const option = serverOption(context);
  const isLocal = !option.includes("--nats");
  return (
    <>
      <p>
        Workers do the training. Start one{" "}
        {isLocal ? "on the machine of this dashboard:" : "wherever that server is reached:"}
      </p>
      <Command text={`deno task worker${option}`} />
      {isLocal && (
        <p>
          <code>deno task sweep FILE{option} --listen 0.0.0.0:4222</code>{" "}
          lets other machines join; it prints what they need.
        </p>
      )}
    </>
  );
}

/**
 * What a command needs to meet the server of this page, with a blank before it. The server hands it
 * to what it draws; in the browser the page itself has it.
 */
export function serverOption(context: unknown): string {
  const given = typeof context === "object" && context !== null && "serverOption" in context
    ? context.serverOption
    : globalThis.document?.documentElement.dataset["server"];
  return typeof given === "string" ? given : "";
}
