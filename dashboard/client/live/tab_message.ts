/** What the tabs of a browser say to each other, and what they need for it. */
import type { Batch } from "./batch.ts";
import type { Connection } from "./live_stream.ts";

/** What the server says of itself. */
export interface Hello {
  readonly version: string;
  /** The script that its pages load now; null: none. */
  readonly script: string | null;
}

/** What tabs say to each other. */
export type TabMessage =
  /** A tab wants a topic, from an id on. `isKnown`: it has it, and only says that it lives. */
  | {
    readonly kind: "ask";
    readonly tab: string;
    readonly topic: string;
    readonly after: string | null;
    readonly isKnown: boolean;
  }
  | { readonly kind: "leave"; readonly tab: string }
  /** A tab leads. Whoever did not know must ask it. */
  | {
    readonly kind: "lead";
    readonly leader: string;
    readonly connection: Connection;
    readonly hello: Hello | null;
  }
  /** News: for one tab, or for all (null). A tab that was not yet served ignores what is for all. */
  | {
    readonly kind: "news";
    readonly leader: string;
    readonly to: string | null;
    readonly topic: string;
    readonly batches: readonly Batch[];
  };

/** The part of a BroadcastChannel that is needed. */
export interface TabChannel {
  readonly post: (message: TabMessage) => void;
  readonly close: () => void;
}

/**
 * Waits for the leadership and has `hold` called with it, until what that returns resolves. Resolves
 * when it is over or was taken away. `steal`: takes it from whoever has it.
 */
export type TakeLead = (
  hold: () => Promise<void>,
  options: { readonly steal: boolean; readonly signal: AbortSignal },
) => Promise<void>;
