/** The keys of the dashboard: what each does, where it works, and which of them a key press is. Pure. */
import { MAIN_PAGES, SWEEP_PAGES } from "../navigation.tsx";

/** What a key can do. */
export type Act =
  | "palette"
  | "help"
  | "filter"
  | "nextRow"
  | "previousRow"
  | "theme"
  | "escape"
  | "fullScreen"
  | "dataTable"
  | "export"
  | "resetZoom";

/** What a page has for keys to work on. */
export interface Surroundings {
  readonly hasFilter: boolean;
  readonly hasRows: boolean;
  readonly hasCharts: boolean;
}

/** A key and what it does. */
export interface Shortcut {
  readonly keys: readonly string[];
  readonly act: Act;
  readonly words: string;
  readonly needs?: keyof Surroundings;
}

/** Keys that work alone, without a modifier; they can be switched off (WCAG 2.1.4). */
export const SHORTCUTS: readonly Shortcut[] = [
  { keys: ["?"], act: "help", words: "this list" },
  { keys: ["/"], act: "filter", words: "go to the filter", needs: "hasFilter" },
  { keys: ["j"], act: "nextRow", words: "next row of the table", needs: "hasRows" },
  { keys: ["k"], act: "previousRow", words: "previous row of the table", needs: "hasRows" },
  {
    keys: ["f"],
    act: "fullScreen",
    words: "the chart in full screen, and back",
    needs: "hasCharts",
  },
  { keys: ["d"], act: "dataTable", words: "the chart’s numbers as a table", needs: "hasCharts" },
  { keys: ["e"], act: "export", words: "export the chart", needs: "hasCharts" },
  { keys: ["0"], act: "resetZoom", words: "the whole chart again", needs: "hasCharts" },
  { keys: ["t"], act: "theme", words: "next theme: light, dark, the system’s" },
];

/** A page that `g` and a letter lead to. */
export interface Destination {
  readonly key: string;
  readonly label: string;
  readonly path: string;
}

/** The sweep in an address; null: the page is no sweep's. */
export function sweepOfPath(path: string): string | null {
  return /^\/s\/([A-Za-z0-9_-]+)(?:\/|$)/.exec(path)?.[1] ?? null;
}

/** Every page in reach, each with the first letter of its name that is still free. */
export function destinationsOf(sweep: string | null): readonly Destination[] {
  const pages: readonly { readonly label: string; readonly path: string }[] = [
    // A sweep has Events of its own.
    ...MAIN_PAGES.map(({ id, label, path }) => ({
      label: id === "events" && sweep !== null ? "Events of all sweeps" : label,
      path,
    })),
    ...(sweep === null ? [] : SWEEP_PAGES).map(({ label, path }) => ({
      label,
      path: `/s/${sweep}${path}`,
    })),
  ];
  const taken = new Set<string>();
  return pages.map(({ label, path }) => {
    const key = [...label.toLowerCase()].find((letter) => !taken.has(letter)) ?? "";
    taken.add(key);
    return { key, label, path };
  });
}

/** A key press, as far as it matters here. */
export interface KeyPress {
  readonly key: string;
  readonly isModified: boolean;
  /** Ctrl, or Cmd where there is one, and nothing else. */
  readonly isCommand: boolean;
  /** Whether what has the focus takes text, or chooses by letters. */
  readonly isTyping: boolean;
}

/** How the keys stand. */
export interface KeyState {
  /** Whether single keys are switched on. */
  readonly isOn: boolean;
  /** Whether `g` was the key before. */
  readonly isGoing: boolean;
  readonly destinations: readonly Destination[];
  readonly surroundings: Surroundings;
}

/** What a key press asks for; null: nothing of ours, the browser has it. */
export function meaningOf(
  press: KeyPress,
  state: KeyState,
): { readonly act: Act } | { readonly go: string } | "go" | null {
  if (press.isCommand && press.key.toLowerCase() === "k") return { act: "palette" };
  if (press.isModified || press.isTyping) return null;
  if (press.key === "Escape") return { act: "escape" };
  if (!state.isOn) return null;
  if (state.isGoing) {
    const to = state.destinations.find(({ key }) => key === press.key);
    return to === undefined ? null : { go: to.path };
  }
  if (press.key === "g") return "go";
  const found = SHORTCUTS.find(({ keys }) => keys.includes(press.key));
  if (found === undefined || !worksOn(state.surroundings, found)) return null;
  return { act: found.act };
}

/** Whether a page has what a key is for. */
export function worksOn(surroundings: Surroundings, { needs }: Shortcut): boolean {
  return needs === undefined || surroundings[needs];
}
