import assert from "node:assert/strict";
import { commandsFor, MOST_SHOWN } from "./commands.ts";
import { destinationsOf } from "./shortcuts.ts";

const sources = {
  sweep: "digits-1",
  destinations: destinationsOf("digits-1"),
  sweeps: [{ sweep: "cifar-2", name: "cifar" }, { sweep: "digits-1", name: "digits-1" }],
  own: [{ label: "Dark theme", kind: "theme", target: { run: () => {} } }] as const,
};
const labels = (typed: string): readonly string[] =>
  commandsFor(typed, sources).shown.map(({ label }) => label);

Deno.test("commandsFor() offers the pages first when nothing was typed", () => {
  assert.deepEqual(labels("").slice(0, 3), ["Sweeps", "Fleet", "Events of all sweeps"]);
  assert.deepEqual(labels("").slice(-2), ["cifar · cifar-2", "digits-1"]);
});

Deno.test("commandsFor() finds pages, sweeps, what the page can do, and a trial by its number", () => {
  assert.equal(labels("tri")[0], "Trials");
  assert.equal(labels("cif")[0], "cifar · cifar-2");
  assert.equal(labels("drk")[0], "Dark theme");
  for (const typed of ["17", "#17", "trial 17", " t17"]) {
    const [first] = commandsFor(typed, sources).shown;
    assert.deepEqual(first?.target, { href: "/s/digits-1/t/17" });
  }
  assert.deepEqual(commandsFor("17", { ...sources, sweep: null }).shown, []);
  assert.deepEqual(labels("qqq"), []);
});

Deno.test("commandsFor() leads to the same page of another sweep where it is to", () => {
  const picking = { ...sources, sweep: null, destinations: [], own: [], tab: "/curves" };
  const { shown } = commandsFor("", picking);
  assert.deepEqual(shown.map(({ target }) => target), [
    { href: "/s/cifar-2/curves" },
    { href: "/s/digits-1/curves" },
  ]);
});

Deno.test("commandsFor() says how many there are where not all are shown", () => {
  const sweeps = Array.from({ length: 500 }, (_, index) => ({
    sweep: `s-${index}`,
    name: "javascript:alert(1)",
  }));
  const { shown, total } = commandsFor("alert", { ...sources, sweeps });
  assert.equal(shown.length, MOST_SHOWN);
  assert.equal(total, 500);
  assert.deepEqual(shown[0]?.target, { href: "/s/s-0" });
});
