import assert from "node:assert/strict";
import { instant } from "../core/domain/units.ts";
import { type LinkChange, LinkMonitor } from "./link_monitor.ts";

const SERVER = "127.0.0.1:4222";

function monitored(): {
  readonly monitor: LinkMonitor;
  readonly changes: LinkChange[];
  readonly at: (seconds: number) => void;
} {
  let now = instant(0);
  const monitor = new LinkMonitor(() => now);
  const changes: LinkChange[] = [];
  monitor.listen((change) => changes.push(change));
  return { monitor, changes, at: (seconds) => now = instant(1000 * seconds) };
}

Deno.test("LinkMonitor tells of a lost connection once, of its age on demand, and of its return", () => {
  const { monitor, changes, at } = monitored();
  monitor.apply({ kind: "disconnected", server: SERVER });
  monitor.apply({ kind: "reconnecting", server: SERVER });
  monitor.apply({ kind: "disconnected", server: SERVER });
  at(12);
  assert.match(monitor.describe() ?? "", /^Lost the NATS server at 127.0.0.1:4222 12 s ago: /);
  monitor.apply({ kind: "reconnected", server: SERVER });
  assert.equal(monitor.describe(), null);
  assert.deepEqual(changes.map(({ state, seconds }) => [state, seconds]), [["lost", 0], [
    "restored",
    12,
  ]]);
});

Deno.test("LinkMonitor tells of a full store at once, with what mends it, until writes are taken", () => {
  const { monitor, changes, at } = monitored();
  monitor.apply({ kind: "writesRefused", isFull: true });
  assert.match(monitor.describe() ?? "", /store is full: .*free disk space/);
  at(40);
  monitor.apply({ kind: "writesRefused", isFull: true });
  monitor.apply({ kind: "writesTaken" });
  assert.deepEqual(changes.map(({ state, seconds }) => [state, seconds]), [["full", 0], [
    "restored",
    40,
  ]]);
  assert.equal(changes[1]?.message, "The NATS server takes writes again after 40 s");
});

Deno.test("LinkMonitor is silent about writes that wait for an election, and tells of those that stay", () => {
  const { monitor, changes, at } = monitored();
  monitor.apply({ kind: "writesRefused", isFull: false });
  at(3);
  monitor.apply({ kind: "writesTaken" });
  assert.deepEqual(changes, []);
  monitor.apply({ kind: "writesRefused", isFull: false });
  at(9);
  monitor.apply({ kind: "writesRefused", isFull: false });
  assert.deepEqual(changes.map(({ state }) => state), ["stalled"]);
});

Deno.test("LinkMonitor counts refused writes of a lost connection as that loss alone", () => {
  const { monitor, changes, at } = monitored();
  monitor.apply({ kind: "disconnected", server: SERVER });
  at(20);
  monitor.apply({ kind: "writesRefused", isFull: false });
  monitor.apply({ kind: "reconnected", server: SERVER });
  monitor.apply({ kind: "writesTaken" });
  assert.deepEqual(changes.map(({ state }) => state), ["lost", "restored"]);
});
