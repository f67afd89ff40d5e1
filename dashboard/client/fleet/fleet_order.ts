/** The orders in which workers can be listed, and links that keep the rest of the view. */
import type { FleetRow, FleetState } from "./fleet_model.ts";

/** By host and name; the busiest first; most trials per hour first; the longest silent first. */
export const FLEET_ORDERS = ["host", "busy", "trials", "heartbeat"] as const;

/** One of them. */
export type FleetOrder = (typeof FLEET_ORDERS)[number];

/** Which workers are listed, and how; it is in the address. */
export interface FleetView {
  /** Null: all. */
  readonly state: FleetState | null;
  readonly order: FleetOrder;
}

/** The rows, which come by host and name, in an order; what nobody knows is last. */
export function inOrder(rows: readonly FleetRow[], order: FleetOrder): readonly FleetRow[] {
  if (order === "host") return rows;
  return rows.toSorted((a, b) => rankOf(a, order) - rankOf(b, order));
}

/** The page with this view. */
export function fleetLink({ state, order }: FleetView): string {
  const query = new URLSearchParams();
  if (state !== null) query.set("state", state);
  if (order !== "host") query.set("sort", order);
  return query.size === 0 ? "/fleet" : `/fleet?${query}`;
}

function rankOf(
  { activity, lastSeenAt }: FleetRow,
  order: Exclude<FleetOrder, "host">,
): number {
  switch (order) {
    case "busy":
      return -(activity?.busyShare ?? -1);
    case "trials":
      return -(activity?.trialsPerHour ?? -1);
    case "heartbeat":
      return lastSeenAt;
    default:
      return order satisfies never;
  }
}
