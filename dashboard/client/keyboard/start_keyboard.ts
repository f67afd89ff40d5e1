/** Listens for keys on every page, and does what they mean. */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { openMenu, pickSweep, toggleHelp, togglePalette } from "./dialogs.tsx";
import {
  currentChart,
  goToFilter,
  isOnRow,
  isTyping,
  moveRow,
  surroundings,
} from "./page_places.ts";
import { say } from "./say.ts";
import { type Act, destinationsOf, meaningOf, sweepOfPath } from "./shortcuts.ts";
import { areSingleKeysOn } from "./single_keys.ts";

/** After `g`, the letter must come within this time. */
const GO_WITHIN_MS = 1_500;

/** Begins to listen. */
export function startKeyboard(): void {
  let goneAt = -Infinity;
  addEventListener("keydown", (event) => {
    if (!(event instanceof KeyboardEvent)) return;
    // Whoever has handled a key before us wanted it; a dialog has its own keys.
    if (event.defaultPrevented || event.isComposing) return;
    const isInDialog = document.querySelector("dialog[open]") !== null;
    if (!isInDialog && walkRows(event)) return event.preventDefault();
    const meaning = meaningOf({
      key: event.key,
      isModified: event.ctrlKey || event.metaKey || event.altKey,
      isCommand: event.ctrlKey !== event.metaKey && !event.altKey && !event.shiftKey,
      isTyping: isTyping(event.target) || isInDialog,
    }, {
      isOn: areSingleKeysOn(),
      isGoing: event.timeStamp - goneAt < GO_WITHIN_MS,
      destinations: destinationsOf(sweepOfPath(location.pathname)),
      surroundings: surroundings(),
    });
    goneAt = meaning === "go" ? event.timeStamp : -Infinity;
    if (meaning === null || meaning === "go") return;
    if ("go" in meaning) return location.assign(meaning.go);
    // Esc stays the browser's too: it also leaves a full screen.
    if (meaning.act !== "escape") event.preventDefault();
    ACTS[meaning.act]();
  });
  document.getElementById("find")?.addEventListener("click", togglePalette);
  document.addEventListener("click", (event) => {
    const { target, ctrlKey, metaKey, shiftKey } = event;
    if (ctrlKey || metaKey || shiftKey || !(target instanceof Element)) return;
    if (target.closest("[data-pick]") === null) return;
    event.preventDefault();
    pickSweep();
  });
  document.getElementById("keys")?.addEventListener("click", toggleHelp);
}

function walkRows({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (shiftKey || ctrlKey || metaKey || altKey || !isOnRow()) return false;
  if (key !== "ArrowDown" && key !== "ArrowUp") return false;
  moveRow(key === "ArrowDown" ? 1 : -1);
  return true;
}

const ACTS: { readonly [Name in Act]: () => void } = {
  palette: togglePalette,
  help: toggleHelp,
  filter: goToFilter,
  nextRow: () => moveRow(1),
  previousRow: () => moveRow(-1),
  theme: () => {
    document.dispatchEvent(new CustomEvent("trawl:theme", { detail: "next" }));
    say(document.getElementById("theme")?.title ?? "");
  },
  escape: () => {
    for (const menu of document.querySelectorAll<HTMLDetailsElement>(".chart-menu[open]")) {
      const hadFocus = menu.contains(document.activeElement);
      menu.open = false;
      if (hadFocus) menu.querySelector("summary")?.focus();
    }
    document.dispatchEvent(new CustomEvent("trawl:clear"));
  },
  fullScreen: () => {
    const chart = currentChart();
    if (document.fullscreenElement !== null) document.exitFullscreen();
    else chart?.requestFullscreen().catch(() => say("This browser shows no full screen here"));
  },
  dataTable: () => {
    const table = currentChart()?.querySelector<HTMLDetailsElement>("details.as-table");
    if (!table) return say("This chart has no table: its numbers stand in it");
    table.open = !table.open;
    if (table.open) table.scrollIntoView({ block: "nearest" });
  },
  export: () => {
    const menu = currentChart()?.querySelector<HTMLDetailsElement>(".chart-menu");
    if (menu) openMenu(menu);
    else say("This chart cannot be exported");
  },
  // The script that draws a chart listens to it, if the chart can be zoomed at all.
  resetZoom: () => {
    currentChart()?.dispatchEvent(new CustomEvent("trawl:reset-zoom", { bubbles: true }));
  },
};
