import assert from "node:assert/strict";
import fc from "fast-check";
import { fuzzyScore } from "./fuzzy.ts";
import {
  destinationsOf,
  type KeyPress,
  type KeyState,
  meaningOf,
  sweepOfPath,
} from "./shortcuts.ts";

const alone: KeyPress = { key: "j", isModified: false, isCommand: false, isTyping: false };
const everywhere: KeyState = {
  isOn: true,
  isGoing: false,
  destinations: destinationsOf("digits-1"),
  surroundings: { hasFilter: true, hasRows: true, hasCharts: true },
};

Deno.test("meaningOf() leaves keys with a modifier, and keys in a field, to the browser", () => {
  fc.assert(fc.property(
    fc.string({ minLength: 1, maxLength: 8 }),
    fc.boolean(),
    (key, isGoing) => {
      const state = { ...everywhere, isGoing };
      assert.equal(meaningOf({ ...alone, key, isModified: true }, state), null);
      assert.equal(meaningOf({ ...alone, key, isTyping: true }, state), null);
    },
  ));
  assert.deepEqual(meaningOf(alone, everywhere), { act: "nextRow" });
  const command = { ...alone, key: "K", isModified: true, isCommand: true, isTyping: true };
  assert.deepEqual(meaningOf(command, everywhere), { act: "palette" });
});

Deno.test("meaningOf() knows no single key where they are switched off, or have nothing to work on", () => {
  const off = { ...everywhere, isOn: false };
  for (const key of ["j", "?", "g", "t", "0"]) {
    assert.equal(meaningOf({ ...alone, key }, off), null);
  }
  assert.deepEqual(meaningOf({ ...alone, key: "Escape" }, off), { act: "escape" });
  const bare = {
    ...everywhere,
    surroundings: { hasFilter: false, hasRows: false, hasCharts: false },
  };
  for (const key of ["/", "j", "e", "d"]) assert.equal(meaningOf({ ...alone, key }, bare), null);
  assert.deepEqual(meaningOf({ ...alone, key: "?" }, bare), { act: "help" });
});

Deno.test("destinationsOf() gives each page a letter of its own, and g with it leads there", () => {
  const { destinations } = everywhere;
  assert.equal(new Set(destinations.map(({ key }) => key)).size, destinations.length);
  const going = { ...everywhere, isGoing: true };
  assert.deepEqual(meaningOf({ ...alone, key: "t" }, going), { go: "/s/digits-1/trials" });
  assert.equal(meaningOf({ ...alone, key: "z" }, going), null);
  assert.equal(meaningOf({ ...alone, key: "g" }, everywhere), "go");
  assert.ok(!destinationsOf(null).some(({ path }) => path.startsWith("/s/")));
});

Deno.test("sweepOfPath() takes the name of a sweep from an address, and nothing else", () => {
  assert.equal(sweepOfPath("/s/digits-1/trials"), "digits-1");
  assert.equal(sweepOfPath("/s/digits-1"), "digits-1");
  for (const path of ["/", "/fleet", "/s/", "/s/a%2fb", "/s/../x"]) {
    assert.equal(sweepOfPath(path), null);
  }
});

Deno.test("fuzzyScore() wants all letters in order, and prefers whole words and their starts", () => {
  const score = (text: string, typed: string): number => fuzzyScore(text, typed) ?? -Infinity;
  assert.equal(fuzzyScore("Timeline", "lit"), null);
  assert.ok(score("Trials of digits", "td") > score("Altitude", "td"));
  assert.ok(score("Trials", "tri") > score("The rest is", "tri"));
  assert.ok(score("Go to parallel", "para") > score("Part of a rally", "para"));
  fc.assert(fc.property(fc.string(), (text) => {
    assert.ok(fuzzyScore(text, "") !== null);
  }));
});
