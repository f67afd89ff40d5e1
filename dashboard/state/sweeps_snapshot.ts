/** A page of the list of sweeps. */
import type { SweepRow, SweepsSnapshot } from "../client/model.ts";
import { RequestError } from "../problem.ts";

/** Rows on a page. */
export const SWEEPS_A_PAGE = 50;

/** The page of an address, from 1; null: all sweeps at once. @throws {RequestError} */
export function pageOf(text: string | undefined): number | null {
  if (text === undefined || text === "") return null;
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new RequestError(
    `Cannot show page "${text.slice(0, 80)}": it must be an integer from 1 to 999999`,
  );
}

/** One page of rows, the newest first. A page behind the last one is the last one. */
export function sweepsSnapshot(
  rows: readonly SweepRow[],
  { now, page, address }: {
    readonly now: number;
    readonly page: number | null;
    readonly address: string | null;
  },
): SweepsSnapshot {
  const pages = page === null ? 1 : Math.max(1, Math.ceil(rows.length / SWEEPS_A_PAGE));
  const shown = Math.min(page ?? 1, pages);
  const first = (shown - 1) * SWEEPS_A_PAGE;
  return {
    now,
    sweeps: page === null ? rows : rows.slice(first, first + SWEEPS_A_PAGE),
    first: rows.length === 0 ? 0 : first + 1,
    total: rows.length,
    page: shown,
    pages,
    address,
  };
}
