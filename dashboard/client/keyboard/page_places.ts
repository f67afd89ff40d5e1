/** Where on the page a key leads: its filter, the rows of its tables, its charts. */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { Surroundings } from "./shortcuts.ts";

/** Fields that take letters, or choose by them. */
const FIELDS =
  "input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=submit]), " +
  "textarea, select, [contenteditable], [role=textbox], [role=combobox], [role=listbox], [role=slider]";

/** Whether the focus is where letters are typed. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(FIELDS) !== null;
}

function isSeen(element: Element): boolean {
  return element.checkVisibility({ visibilityProperty: true });
}

/** What says that it is the filter, though its bar be closed. */
const FILTER = "main [data-filter]";
/** Else the best first: what takes words, what takes anything. */
const FILTERS = [
  "main form[method=get] :is(input[type=search], input[type=text], input:not([type]))",
  "main form[method=get] :is(input:not([type=hidden]), select)",
];

/** The field that filters the page. */
export function filterField(): HTMLElement | null {
  const own = document.querySelector<HTMLElement>(FILTER);
  if (own !== null) return own;
  for (const kind of FILTERS) {
    const found = [...document.querySelectorAll<HTMLElement>(kind)].find(isSeen);
    if (found !== undefined) return found;
  }
  return null;
}

/** Goes to it; a bar that is closed opens. */
export function goToFilter(): void {
  const field = filterField();
  const bar = field?.closest("details");
  if (field && bar && !isSeen(field)) bar.open = true;
  field?.focus();
  field?.scrollIntoView({ block: "nearest" });
}

/** What stands for a row: the first link in it, which says where it leads. */
function rowLinks(): readonly HTMLElement[] {
  const here = document.activeElement?.closest("main table");
  const tables = here ? [here] : document.querySelectorAll("main table");
  for (const table of tables) {
    const rows = [...table.querySelectorAll("tbody tr")].flatMap((row) => {
      const link = row.querySelector<HTMLElement>("a[href]");
      return link !== null && isSeen(link) ? [link] : [];
    });
    if (rows.length > 0) return rows;
  }
  return [];
}

/** Moves the focus by a number of rows; from outside, to the first. */
export function moveRow(by: 1 | -1): void {
  const links = rowLinks();
  const row = document.activeElement?.closest("tr");
  const at = links.findIndex((link) => link.closest("tr") === row);
  const next = links[at < 0 ? 0 : Math.max(0, Math.min(links.length - 1, at + by))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

/** Whether the focus is on what stands for a row, so that arrow keys may go along the rows. */
export function isOnRow(): boolean {
  const { activeElement } = document;
  return activeElement !== null && activeElement.matches("main table :is(tr a)") &&
    activeElement === activeElement.closest("tr")?.querySelector("a[href]");
}

/** The chart that keys are for: the one with the focus, else under the pointer, else the first seen. */
export function currentChart(): HTMLElement | null {
  const focused = document.activeElement?.closest<HTMLElement>("section.chart");
  if (focused) return focused;
  const pointed = document.querySelector<HTMLElement>("section.chart:hover");
  if (pointed !== null) return pointed;
  const charts = [...document.querySelectorAll<HTMLElement>("main section.chart")].filter(isSeen);
  const isInView = (chart: HTMLElement): boolean => {
    const { top, bottom } = chart.getBoundingClientRect();
    return bottom > 80 && top < innerHeight - 80;
  };
  return charts.find(isInView) ?? charts[0] ?? null;
}

/** What the page has. */
export function surroundings(): Surroundings {
  return {
    hasFilter: filterField() !== null,
    hasRows: [...document.querySelectorAll("main table")].some((table) => {
      const link = table.querySelector("tbody tr a[href]");
      return link !== null && isSeen(link);
    }),
    hasCharts: currentChart() !== null,
  };
}
