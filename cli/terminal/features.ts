/** What the user's terminal can do, by the conventions of its environment. */

/** Reads an environment variable. */
export type Environment = (name: string) => string | undefined;

/** How to write to the terminal. */
export interface TerminalFeatures {
  /** A person may be watching: lines can be painted over. */
  readonly isInteractive: boolean;
  readonly color: boolean;
  readonly unicode: boolean;
}

/**
 * `NO_COLOR` (no-color.org) forbids colour; `TERM=dumb` and pipes get plain lines; a locale that
 * names another encoding than UTF-8 gets ASCII.
 */
export function terminalFeatures(
  env: Environment,
  { isTerminal }: { readonly isTerminal: boolean },
): TerminalFeatures {
  const term = env("TERM") ?? "";
  const isInteractive = isTerminal && term !== "dumb";
  const noColor = env("NO_COLOR") ?? "";
  return { isInteractive, color: isInteractive && noColor === "", unicode: hasUnicode(env, term) };
}

function hasUnicode(env: Environment, term: string): boolean {
  // The Linux console has glyphs for 256 or 512 characters only.
  if (term === "linux" || term === "dumb") return false;
  const locale = [env("LC_ALL"), env("LC_CTYPE"), env("LANG")]
    .find((value) => value !== undefined && value !== "");
  // Containers and Windows set none, and their terminals show UTF-8.
  return locale === undefined || /utf-?8/i.test(locale);
}
