/** The table of trials by keyboard: arrows go from row to row, x marks one, Enter opens it. */
/// <reference lib="dom" />

/** What a key does to a row. */
export type RowStep = "previous" | "next" | "first" | "last" | "mark" | "open";

/** What a key means in the table; null: nothing of ours. */
export function rowStep(key: string): RowStep | null {
  switch (key) {
    case "ArrowUp":
      return "previous";
    case "ArrowDown":
      return "next";
    case "Home":
      return "first";
    case "End":
      return "last";
    case "x":
      return "mark";
    case "Enter":
      return "open";
    default:
      return null;
  }
}

/** Answers a key that was pressed in the table. */
export function handleRowKey(event: KeyboardEvent, onMark: (trial: number) => void): void {
  const { target } = event;
  const step = event.ctrlKey || event.metaKey || event.altKey ? null : rowStep(event.key);
  if (step === null || !(target instanceof HTMLElement)) return;
  const row = target.closest("tr");
  const trial = row?.dataset["trial"];
  if (!row || trial === undefined) return;
  // Enter on a link inside of the row is the link's own.
  if (step === "open" && target !== row) return;
  event.preventDefault();
  if (step === "mark") onMark(Number(trial));
  else if (step === "open") row.querySelector<HTMLElement>("a[data-open]")?.click();
  else neighbour(row, step)?.focus();
}

function neighbour(row: HTMLTableRowElement, step: RowStep): HTMLElement | null {
  const of = (element: Element | null | undefined): HTMLElement | null =>
    element instanceof HTMLElement ? element : null;
  switch (step) {
    case "previous":
      return of(row.previousElementSibling);
    case "next":
      return of(row.nextElementSibling);
    case "first":
      return of(row.parentElement?.firstElementChild);
    default:
      return of(row.parentElement?.lastElementChild);
  }
}
