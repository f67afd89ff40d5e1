/** What the palette offers: pages, trials, sweeps and what the page itself can do. Pure. */
import { fuzzyScore } from "./fuzzy.ts";
import type { Destination } from "./shortcuts.ts";

/** One line of the palette: it leads somewhere, or does something on the page. */
export interface Command {
  readonly label: string;
  /** What kind of line it is, in a word. */
  readonly kind: "page" | "trial" | "sweep" | "action" | "theme" | "export" | "help";
  readonly target: { readonly href: string } | { readonly run: () => void };
}

/** A sweep by its address and its name. */
export interface NamedSweep {
  readonly sweep: string;
  readonly name: string;
}

/** What there is to choose from. */
export interface CommandSources {
  readonly sweep: string | null;
  readonly destinations: readonly Destination[];
  readonly sweeps: readonly NamedSweep[];
  /** The page of a sweep that its line leads to, as a path below the sweep's own; absent: the first. */
  readonly tab?: string;
  /** What the page can do. */
  readonly own: readonly Command[];
}

/** Lines that are shown at once; more letters find the others. */
export const MOST_SHOWN = 12;

/** The lines that fit what was typed, the best first, and how many there are. */
export function commandsFor(
  typed: string,
  sources: CommandSources,
): { readonly shown: readonly Command[]; readonly total: number } {
  const { sweep, destinations, sweeps, tab = "", own } = sources;
  const all: readonly Command[] = [
    ...destinations.map(({ label, path }): Command => ({
      label,
      kind: "page",
      target: { href: path },
    })),
    ...own,
    ...sweeps.map(({ sweep: id, name }): Command => ({
      label: name === id ? id : `${name} · ${id}`,
      kind: "sweep",
      target: { href: `/s/${encodeURIComponent(id)}${tab}` },
    })),
  ];
  const scored = all.flatMap((command, place) => {
    const score = fuzzyScore(command.label, typed);
    return score === null ? [] : [{ command, score: typed === "" ? -place : score }];
  });
  const found = scored.sort((a, b) => b.score - a.score).map(({ command }) => command);
  const matches = [...trialCommands(typed, sweep), ...found];
  return { shown: matches.slice(0, MOST_SHOWN), total: matches.length };
}

/** `12`, `#12`, `trial 12`. */
function trialCommands(typed: string, sweep: string | null): readonly Command[] {
  const number = /^\s*(?:t|trial)?\s*#?\s*(\d{1,7})\s*$/i.exec(typed)?.[1];
  if (number === undefined || sweep === null) return [];
  const trial = Number(number);
  return [{ label: `Trial ${trial}`, kind: "trial", target: { href: `/s/${sweep}/t/${trial}` } }];
}
