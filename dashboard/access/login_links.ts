/** Links that sign one browser in, once: what the terminal prints and an operator passes on. */
import { milliseconds } from "../../core/domain/units.ts";
import type { Clock, Milliseconds } from "../../core/domain/units.ts";
import type { Role } from "./role.ts";

/** How long an unused link is good for. */
export const LINK_LIFETIME: Milliseconds = milliseconds(24 * 3_600_000);

/** Unused links at most: a program that asks for more displaces the oldest. */
const MAX_LINKS = 100;

/** What links are made with. */
export interface LoginLinksOptions {
  readonly clock: Clock;
  /** A text that nobody can guess. */
  readonly newSecret: () => string;
}

/** Kept in memory alone, so a restarted dashboard honours none of them. */
export class LoginLinks {
  readonly #options: LoginLinksOptions;
  readonly #unused = new Map<string, { readonly role: Role; readonly until: number }>();

  constructor(options: LoginLinksOptions) {
    this.#options = options;
  }

  /** A new link's path and query. */
  issue(role: Role): string {
    const { clock, newSecret } = this.#options;
    const secret = newSecret();
    this.#unused.set(secret, { role, until: clock() + LINK_LIFETIME });
    for (const oldest of this.#unused.keys()) {
      if (this.#unused.size <= MAX_LINKS) break;
      this.#unused.delete(oldest);
    }
    return `/login?link=${secret}`;
  }

  /** Uses a link up. Null: it was used before, has lapsed, or never was. */
  redeem(secret: string): Role | null {
    const link = this.#unused.get(secret);
    this.#unused.delete(secret);
    return link !== undefined && this.#options.clock() < link.until ? link.role : null;
  }
}
