/** What the user is told while NATS is away or takes no writes: since when, and what mends it. */
import type { NatsLinkStatus } from "../core/nats/connect.ts";
import type { Clock, Instant } from "../core/domain/units.ts";

/** What keeps a command from its server; trials that run go on all the same. */
export interface LinkTrouble {
  /** `lost`: no connection; `full`: no room to write; `stalled`: connected, but writes stay unanswered. */
  readonly kind: "lost" | "full" | "stalled";
  readonly since: Instant;
}

/** A change that is worth a line. */
export interface LinkChange {
  readonly state: LinkTrouble["kind"] | "restored";
  /** How long the trouble has lasted by now. */
  readonly seconds: number;
  readonly message: string;
}

/** Writes that stay unanswered for less are an election or a slow disk. */
const STALLED_AFTER_MS = 5_000;

const ADVICE: Readonly<Record<LinkTrouble["kind"], string>> = {
  lost: "connecting again; what runs goes on, and is reported afterwards",
  full: "nothing is written until there is room: free disk space there or raise max_file_store, " +
    "and restart a server that hangs on a full disk",
  stalled: "waiting; JetStream must be enabled there, and its disk must have room",
};

/** Folds the link's changes into the one trouble there is. */
export class LinkMonitor {
  readonly #clock: Clock;
  readonly #listeners = new Set<(change: LinkChange) => void>();
  #server = "";
  #lostSince: Instant | null = null;
  #refusedSince: Instant | null = null;
  #isFull = false;
  #told: LinkTrouble | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** What is wrong at present. A lost connection comes before what was wrong with the server. */
  get trouble(): LinkTrouble | null {
    if (this.#lostSince !== null) return { kind: "lost", since: this.#lostSince };
    if (this.#refusedSince === null) return null;
    if (this.#isFull) return { kind: "full", since: this.#refusedSince };
    const isLong = this.#clock() - this.#refusedSince >= STALLED_AFTER_MS;
    return isLong ? { kind: "stalled", since: this.#refusedSince } : null;
  }

  /** One line about it for a board or a page; null while all is well. */
  describe(): string | null {
    const { trouble } = this;
    return trouble === null ? null : `${this.#state(trouble)}: ${ADVICE[trouble.kind]}`;
  }

  /** Calls with every change that is worth a line, until disposed. */
  listen(listener: (change: LinkChange) => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => this.#listeners.delete(listener) };
  }

  /** Takes a change of the link. */
  apply(status: NatsLinkStatus): void {
    const now = this.#clock();
    switch (status.kind) {
      case "disconnected":
        this.#server = status.server;
        this.#lostSince ??= now;
        break;
      case "reconnected":
        this.#server = status.server;
        this.#lostSince = null;
        // Whoever writes says soon how that goes.
        this.#refusedSince = null;
        break;
      case "writesRefused":
        // Without a connection nothing can be written: that is told already.
        if (this.#lostSince === null) this.#refusedSince ??= now;
        this.#isFull = status.isFull;
        break;
      case "writesTaken":
        this.#refusedSince = null;
        break;
      case "error":
      case "reconnecting":
      case "closed":
        return;
      default:
        status satisfies never;
    }
    this.#tell();
  }

  #tell(): void {
    const { trouble } = this;
    const told = this.#told;
    if (trouble?.kind === told?.kind) return;
    this.#told = trouble;
    const since = trouble?.since ?? told?.since ?? this.#clock();
    const seconds = Math.round((this.#clock() - since) / 1000);
    const change: LinkChange = trouble === null
      ? { state: "restored", seconds, message: this.#restored(told, seconds) }
      : { state: trouble.kind, seconds, message: this.describe() ?? "" };
    for (const listener of this.#listeners) listener(change);
  }

  #state({ kind, since }: LinkTrouble): string {
    const seconds = Math.round((this.#clock() - since) / 1000);
    const ago = seconds < 1 ? "" : ` ${seconds} s ago`;
    switch (kind) {
      case "lost":
        return `Lost the NATS server at ${this.#server}${ago}`;
      case "full":
        return `The NATS server's store is full${seconds < 1 ? "" : ` for ${seconds} s`}`;
      case "stalled":
        return `The NATS server has taken no write for ${seconds} s`;
      default:
        return kind satisfies never;
    }
  }

  #restored(told: LinkTrouble | null, seconds: number): string {
    return told?.kind === "lost"
      ? `Connected to the NATS server at ${this.#server} again after ${seconds} s`
      : `The NATS server takes writes again after ${seconds} s`;
  }
}
