import assert from "node:assert/strict";
import fc from "fast-check";
import { parsePublished } from "./published.ts";

Deno.test("parsePublished() reads parameters apart from numbers", () => {
  const text = JSON.stringify({
    source: "s",
    support: { train: 1500 },
    experiments: [{ name: "a", lr: 0.1, depth: null, testAccuracy: 0.5, testF1: [0.1, 0.2] }],
  });
  assert.deepEqual(parsePublished(text), {
    source: "s",
    support: { train: 1500, test: null },
    experiments: [{
      name: "a",
      parameters: { lr: 0.1, depth: null },
      trainAccuracy: null,
      testAccuracy: 0.5,
      testF1: [0.1, 0.2],
    }],
  });
});

Deno.test("parsePublished() says where a file is something else", () => {
  const experiment = (entry: object): string =>
    JSON.stringify({ source: "s", experiments: [{ name: "a", ...entry }] });
  const refusals: readonly (readonly [string, RegExp])[] = [
    ["{", /it is no JSON text/],
    ["[]", /the file: .*expected object/],
    [JSON.stringify({ source: "s", experiments: [] }), /^SyntaxError: experiments: /],
    [experiment({ testAccuracy: 81 }), /experiments\.0\.testAccuracy: /],
    [experiment({ widht: 3 }), /experiment "a" has "widht": it must be one of .*hidden_width/],
    [experiment({ __proto__: 1, constructor: 1 }), /experiment "a" has "constructor"/],
  ];
  for (const [text, message] of refusals) {
    assert.throws(() => parsePublished(text), (error: Error) => {
      assert.match(`${error.name}: ${error.message}`, message);
      return error.name === "SyntaxError";
    });
  }
});

Deno.test("parsePublished() throws nothing but SyntaxError, whatever the file", () => {
  fc.assert(fc.property(fc.json(), (text) => {
    try {
      parsePublished(text);
    } catch (error) {
      assert.ok(error instanceof SyntaxError);
    }
  }));
});
