/** Where somebody signs in, and where an operator makes a link for somebody else. */
import type { VNode } from "preact";
import { type Role, ROLES } from "../access/role.ts";
import type { ClientBundle } from "../client_bundle.ts";
import { Shell } from "./shell.tsx";

/** What both pages need. */
export interface LoginPageProps {
  /** What is to be said; null: nothing. */
  readonly words: string | null;
  readonly version: string;
  readonly clientBundle: ClientBundle;
  readonly now: number;
}

/** The page that asks for a token. */
export function LoginPage(
  { words, isTokenWrong = false, ...rest }: LoginPageProps & {
    /** Whether the words are about the token that was typed; absent: no. */
    readonly isTokenWrong?: boolean;
  },
): VNode {
  return (
    <Shell {...rest} title="Sign in" state={null} current={null} role="viewer" isOutside>
      <header class="sweep-head">
        <h1>Sign in</h1>
      </header>
      <section class="card login" aria-label="Sign in">
        {words && <p id="login-trouble" class="trouble" role="alert">{words}</p>}
        <form method="post" action="/login">
          <label for="token">Token</label>
          <input
            id="token"
            name="token"
            type="password"
            required
            autocomplete="current-password"
            spellcheck={false}
            aria-invalid={isTokenWrong ? "true" : undefined}
            aria-describedby={isTokenWrong ? "login-trouble" : undefined}
          />
          <button type="submit" class="button">Sign in</button>
        </form>
        <p class="note">
          The terminal that runs <code>deno task dashboard</code>{" "}
          prints a link that signs you in once. The token is what <code>--token</code>, or{" "}
          <code>TRAWL_DASHBOARD_TOKEN</code>, has said there.
        </p>
      </section>
    </Shell>
  );
}

/** The page with which an operator invites somebody. */
export function LinksPage(
  { link, ...rest }: Omit<LoginPageProps, "words"> & {
    /** The link just made, whole, and who it lets in; null: none yet. */
    readonly link: { readonly href: string; readonly role: Role } | null;
  },
): VNode {
  return (
    <Shell {...rest} title="Share" state={null} current={null} role="operator">
      <header class="sweep-head">
        <h1>Share this dashboard</h1>
      </header>
      <section class="card login" aria-label="Links">
        {link && (
          <>
            <p>
              This link signs one browser in as <strong>{link.role}</strong>, once, within a day:
            </p>
            <p>
              <code class="share-link">{link.href}</code>
            </p>
          </>
        )}
        <form method="post" action="/links">
          <fieldset>
            <legend>Who opens the link</legend>
            {ROLES.map((role) => (
              <label key={role}>
                <input type="radio" name="role" value={role} checked={role === "viewer"} />{" "}
                {role === "viewer" ? "A viewer: reads everything" : "An operator: changes sweeps"}
              </label>
            ))}
          </fieldset>
          <button type="submit" class="button">Make a link</button>
        </form>
      </section>
    </Shell>
  );
}
