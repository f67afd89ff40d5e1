/** A matrix by keyboard: arrows go from cell to cell, Enter follows the cell's link. */
/// <reference lib="dom" />

/** By how many rows and columns an arrow moves; null: the key is none. */
export function arrowOf(key: string): readonly [rows: number, columns: number] | null {
  switch (key) {
    case "ArrowUp":
      return [-1, 0];
    case "ArrowDown":
      return [1, 0];
    case "ArrowLeft":
      return [0, -1];
    case "ArrowRight":
      return [0, 1];
    default:
      return null;
  }
}

/** Answers a key that was pressed in a matrix. */
export function handleCellKey(event: KeyboardEvent): void {
  const { target } = event;
  const cell = target instanceof Element ? target.closest<HTMLElement>("table.confusion td") : null;
  const row = cell?.closest("tr");
  if (!cell || !row) return;
  if (event.key === "Enter" && target === cell) return cell.querySelector("a")?.click();
  const arrow = arrowOf(event.key);
  if (arrow === null) return;
  event.preventDefault();
  const rows = row.parentElement?.children;
  const place = [...row.children].indexOf(cell);
  const at = rows === undefined ? -1 : [...rows].indexOf(row);
  const next = rows?.[at + arrow[0]]?.children[place + arrow[1]];
  if (next instanceof HTMLTableCellElement && next.tagName === "TD") next.focus();
}

/** Makes the matrices of a page go by keyboard: the tab key stops once, arrows reach every cell. */
export function prepareCells(root: Element): void {
  for (const table of root.querySelectorAll("table.confusion")) {
    table.setAttribute("role", "grid");
    const cells = [...table.querySelectorAll<HTMLElement>("tbody td")];
    const isReached = cells.some((cell) => cell.tabIndex === 0);
    cells.forEach((cell, index) => {
      if (!cell.hasAttribute("tabindex")) cell.tabIndex = index === 0 && !isReached ? 0 : -1;
      if (cell.classList.contains("chosen")) cell.setAttribute("aria-selected", "true");
      else cell.removeAttribute("aria-selected");
      for (const link of cell.querySelectorAll("a")) link.tabIndex = -1;
    });
  }
}
