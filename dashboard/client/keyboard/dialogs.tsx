/** The palette and the list of keys, in the browser's own modal dialogs. */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { render, type VNode } from "preact";
import { getJson } from "../live/get_json.ts";
import type { SweepsSnapshot } from "../model.ts";
import { SWEEP_PAGES } from "../navigation.tsx";
import type { Command, CommandSources, NamedSweep } from "./commands.ts";
import { Help } from "./help.tsx";
import { Palette } from "./palette.tsx";
import { surroundings } from "./page_places.ts";
import { destinationsOf, sweepOfPath } from "./shortcuts.ts";
import { areSingleKeysOn, switchSingleKeys } from "./single_keys.ts";

let sweeps: Promise<readonly NamedSweep[]> | null = null;

/** Fetched at first use, once for a page. */
function namedSweeps(): Promise<readonly NamedSweep[]> {
  sweeps ??= getJson<SweepsSnapshot>("/api/v1/sweeps").then(
    (answer) =>
      answer.sweeps.map((row) => ({
        sweep: row.sweep,
        name: row.kind === "readable" ? row.name : row.sweep,
      })),
    () => {
      sweeps = null; // the next time it may answer
      return [];
    },
  );
  return sweeps;
}

function dialog(id: string, label: Readonly<Record<string, string>>): HTMLDialogElement {
  const known = document.getElementById(id);
  if (known instanceof HTMLDialogElement) return known;
  const made = document.createElement("dialog");
  made.id = id;
  for (const [name, value] of Object.entries(label)) made.setAttribute(name, value);
  // A click on what is around the dialog closes it, as Esc does.
  made.addEventListener("click", (event) => event.target === made && made.close());
  made.addEventListener("close", () => render(null, made));
  document.body.append(made);
  return made;
}

/** Opens the palette, or closes it. */
export function togglePalette(): void {
  openPalette((sweeps) => {
    const sweep = sweepOfPath(location.pathname);
    return { sweep, destinations: destinationsOf(sweep), sweeps, own: ownCommands() };
  });
}

/** Opens the palette with the other sweeps alone; each leads to its page of the same kind. */
export function pickSweep(): void {
  openPalette((sweeps) => {
    const here = sweepOfPath(location.pathname);
    const tab = SWEEP_PAGES.find(({ path }) => location.pathname === `/s/${here}${path}`)?.path;
    const others = sweeps.filter(({ sweep }) => sweep !== here);
    return { sweep: null, destinations: [], sweeps: others, tab: tab ?? "", own: [] };
  });
}

function openPalette(sourcesOf: (sweeps: readonly NamedSweep[]) => CommandSources): void {
  const host = dialog("palette", { "aria-label": "Find and go" });
  if (host.open) return host.close();
  document.querySelectorAll("dialog").forEach((other) => other.close());
  const draw = (found: readonly NamedSweep[]): void => {
    render(
      <Palette sources={sourcesOf(found)} onChoose={(command) => follow(host, command)} />,
      host,
    );
  };
  draw([]);
  host.showModal();
  host.querySelector("input")?.focus();
  namedSweeps().then((found) => host.open && draw(found));
}

function follow(host: HTMLDialogElement, { target }: Command): void {
  host.close();
  if ("href" in target) location.assign(target.href);
  else target.run();
}

/** Opens the list of keys, or closes it. */
export function toggleHelp(): void {
  const host = dialog("help", { "aria-labelledby": "help-title" });
  if (host.open) return host.close();
  const content: VNode = (
    <Help
      surroundings={surroundings()}
      destinations={destinationsOf(sweepOfPath(location.pathname))}
      isOn={areSingleKeysOn()}
      onSwitch={switchSingleKeys}
      onClose={() => host.close()}
    />
  );
  render(content, host);
  host.showModal();
}

/** What the page itself offers: its buttons and forms, the exports of its charts, themes, the keys. */
function ownCommands(): readonly Command[] {
  const charts = [...document.querySelectorAll<HTMLDetailsElement>("main .chart-menu")];
  return [
    ...pageActions(),
    ...charts.map((menu): Command => ({
      label: `Export ${menu.closest("section")?.querySelector("h2")?.textContent ?? "chart"}`,
      kind: "export",
      target: { run: () => openMenu(menu) },
    })),
    ...["Light", "Dark", "System"].map((name): Command => ({
      label: `${name} theme`,
      kind: "theme",
      target: {
        run: () =>
          document.dispatchEvent(new CustomEvent("trawl:theme", { detail: name.toLowerCase() })),
      },
    })),
    { label: "Keys of this page", kind: "help", target: { run: toggleHelp } },
  ];
}

/** Each leads to its button and leaves pressing it to the reader: some cannot be undone. */
function pageActions(): readonly Command[] {
  const buttons = document.querySelectorAll<HTMLElement>(
    "main form[method=post] button, main [data-command]",
  );
  return [...buttons].slice(0, 40).map((button): Command => ({
    label: button.dataset["command"] || button.getAttribute("aria-label") ||
      button.textContent?.trim() || "Button",
    kind: "action",
    target: {
      run: () => {
        // What is folded away is unfolded first.
        for (let at = button.closest("details"); at !== null;) {
          at.open = true;
          at = at.parentElement?.closest("details") ?? null;
        }
        button.scrollIntoView({ block: "center" });
        button.focus();
      },
    },
  }));
}

/** Opens the export menu of a chart. */
export function openMenu(menu: HTMLDetailsElement): void {
  menu.open = true;
  menu.scrollIntoView({ block: "nearest" });
  menu.querySelector("button")?.focus();
}
