/** What every page has: head, skip link, navigation, theme, connection, footer. */
import type { ComponentChildren, VNode } from "preact";
import { formatInstant } from "../client/parts/format.ts";
import { serverOption } from "../client/parts/empty_state.tsx";
import { LedgerPatterns } from "../client/overview/ledger_bar.tsx";
import { MainNavigation, type MainPage, type Whereabouts } from "../client/navigation.tsx";
import type { Role } from "../access/role.ts";
import type { ClientBundle } from "../client_bundle.ts";

/** What a page puts in the shell. */
export interface ShellProps {
  readonly title: string;
  readonly version: string;
  readonly clientBundle: ClientBundle;
  /** When the page was made, on the server's clock. */
  readonly now: number;
  /** What the script starts from; null: the page has nothing live. */
  readonly state: object | null;
  /** Where in the main navigation the page is; null: nowhere. */
  readonly current: Whereabouts<MainPage> | null;
  /** Who reads: what a viewer may not do is not offered. */
  readonly role: Role;
  /** Whether somebody signed in, and so can sign out; absent: no. */
  readonly isSignedIn?: boolean;
  /** Whether the reader has yet to sign in, and so can go nowhere; absent: no. */
  readonly isOutside?: boolean;
  /** What is the same of sweeps with the same parameters; null: the page is no sweep's. */
  readonly schema?: string | null;
  readonly children: ComponentChildren;
}

/** The whole document. */
export function Shell(props: ShellProps, context?: unknown): VNode {
  const { title, clientBundle, role, schema, children } = props;
  return (
    <html
      lang="en"
      data-server={serverOption(context) || undefined}
      data-schema={schema ?? undefined}
    >
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} · Trawl`}</title>
        <link rel="icon" type="image/svg+xml" href="/icon.svg" />
        <link rel="stylesheet" href={clientBundle.styles.path} />
        {clientBundle.theme && <script src={clientBundle.theme.path} />}
      </head>
      <body class={`role-${role}`}>
        <a class="skip" href="#main">Skip to content</a>
        <Header {...props} />
        <StillNotice {...props} />
        <p class="stale-note" aria-hidden="true">
          The server does not answer. This is what it said last; it is asked again by itself.
        </p>
        <main id="main" tabindex={-1}>
          <div id="island">{children}</div>
        </main>
        <Footer {...props} />
        <div id="announcements" class="visually-hidden" role="status" aria-live="polite" />
        <div id="spoken" class="visually-hidden" role="status" aria-live="polite" />
        <p id="toast" class="toast" aria-hidden="true" hidden />
        <LedgerPatterns />
        <Script {...props} />
      </body>
    </html>
  );
}

function Footer(props: ShellProps): VNode {
  const { version, role, now, clientBundle, isSignedIn = false } = props;
  return (
    <footer class="foot">
      <span>Trawl {version}</span> · <a href="/api/v1/sweeps">JSON</a>
      {clientBundle.script && (
        <span class="with-script">
          {" · "}
          <button id="keys" type="button" class="link-button">Keys of this page</button>
        </span>
      )}
      {isSignedIn && (
        <>
          {" · "}signed in as {role === "viewer" ? "a viewer" : "an operator"}
          {role === "operator" && (
            <>
              {" · "}
              <a href="/links">Share</a>
            </>
          )}
          <form method="post" action="/logout" class="for-all sign-out">
            <button type="submit" class="link-button">Sign out</button>
          </form>
        </>
      )}
      <p class="only-print">
        <span id="print-address" /> as of {formatInstant(now)}
      </p>
    </footer>
  );
}

function Header({ clientBundle, now, state, current, isOutside = false }: ShellProps): VNode {
  return (
    <header class="top">
      <a class="brand" href="/">
        <svg width="22" height="22" viewBox="0 0 32 32" aria-hidden="true">
          <path d="M3 24 11 14l7 6L29 6" />
        </svg>
        Trawl
      </a>
      {!isOutside && <MainNavigation current={current} />}
      <span class="spring" />
      {clientBundle.script && !isOutside && (
        <button id="find" type="button" class="find-button with-script" aria-label="Find Ctrl K">
          <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
            <circle cx="7" cy="7" r="4.6" />
            <path d="m10.5 10.5 4 4" />
          </svg>
          {/* The blank is for who reads the words: they must be those of the label. */}
          <span aria-hidden="true">Find</span> <kbd aria-hidden="true">Ctrl K</kbd>
        </button>
      )}
      <span id="connection">
        {state !== null && (
          <span class="connection connection-still">as of {formatInstant(now).slice(11)}</span>
        )}
      </span>
      {clientBundle.theme && (
        <button
          id="theme"
          type="button"
          class="icon-button with-script"
          aria-label="Theme: system. Change"
          data-choice="system"
        >
          <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
            <circle cx="9" cy="9" r="7" />
            <path d="M9 2a7 7 0 0 1 0 14z" />
          </svg>
        </button>
      )}
    </header>
  );
}

function StillNotice({ clientBundle, state }: ShellProps): VNode | null {
  if (state === null) return null;
  const notice = <p class="no-script">This page does not update by itself: reload it for news.</p>;
  return clientBundle.script === null ? notice : <noscript>{notice}</noscript>;
}

function Script({ clientBundle, state }: ShellProps): VNode | null {
  if (clientBundle.script === null) return null;
  return (
    <>
      {state !== null && (
        <script
          type="application/json"
          id="page-state"
          // deno-lint-ignore react-no-danger -- a script element is not unescaped: jsonForHtml() is its escape
          dangerouslySetInnerHTML={{ __html: jsonForHtml(state) }}
        />
      )}
      <script src={clientBundle.script.path} />
    </>
  );
}

/** JSON that cannot end the element it stands in. */
function jsonForHtml(value: object): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}
