import assert from "node:assert/strict";
import type { FleetRow } from "./fleet_model.ts";
import { fleetLink, inOrder } from "./fleet_order.ts";

function row(worker: string, rest: Pick<FleetRow, "activity" | "lastSeenAt">): FleetRow {
  return { worker, ...rest } as FleetRow;
}

const ACTIVE = { minutes: 10, shares: [] };
const ROWS = [
  row("a", { activity: null, lastSeenAt: 3 }),
  row("b", { activity: { ...ACTIVE, busyShare: 0, trialsPerHour: 7 }, lastSeenAt: 2 }),
  row("c", { activity: { ...ACTIVE, busyShare: 0.5, trialsPerHour: null }, lastSeenAt: 4 }),
  row("d", { activity: { ...ACTIVE, busyShare: 0.5, trialsPerHour: 9 }, lastSeenAt: 1 }),
];

Deno.test("inOrder() has the busiest, the fastest or the longest silent first, and the unknown last", () => {
  const names = (order: Parameters<typeof inOrder>[1]) =>
    inOrder(ROWS, order).map(({ worker }) => worker).join("");
  assert.equal(names("host"), "abcd");
  assert.equal(names("busy"), "cdba");
  assert.equal(names("trials"), "dbac");
  assert.equal(names("heartbeat"), "dbac");
});

Deno.test("fleetLink() says what differs from the usual view", () => {
  assert.equal(fleetLink({ state: null, order: "host" }), "/fleet");
  assert.equal(fleetLink({ state: "stale", order: "busy" }), "/fleet?state=stale&sort=busy");
});
