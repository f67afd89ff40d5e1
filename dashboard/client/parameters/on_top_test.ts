import assert from "node:assert/strict";
import fc from "fast-check";
import { onTop } from "./on_top.ts";

const top = (shown: string, asked: string, chosen: string): string =>
  onTop({
    shown: new URLSearchParams(shown),
    asked: new URLSearchParams(asked),
    chosen: new URLSearchParams(chosen),
  }).toString();

Deno.test("onTop() keeps the choice before, whose answer has not come", () => {
  assert.equal(top("", "cell=best", "by=trial"), "cell=best&by=trial");
  assert.equal(top("x=lr", "x=lr&cell=best", "x=depth"), "cell=best&x=depth");
  assert.equal(
    top("order=a&order=b", "order=a&order=b&q=1", "order=b&order=a"),
    [
      "q=1",
      "order=b",
      "order=a",
    ].join("&"),
  );
});

Deno.test("onTop() takes back what the choice takes away, and the later of two of one kind holds", () => {
  assert.equal(top("min.lr=1&cell=best", "min.lr=1&cell=best&y=lr", "cell=best"), "cell=best&y=lr");
  assert.equal(top("", "cell=best", "cell=count"), "cell=count");
});

Deno.test("onTop() is the choice itself where the page shows what was asked for last", () => {
  const name = fc.constantFrom("a", "b", "c");
  const query = fc.array(fc.tuple(name, fc.string()), { maxLength: 6 })
    .map((pairs) => new URLSearchParams(pairs));
  const sorted = (params: URLSearchParams): string => {
    const copy = new URLSearchParams(params);
    copy.sort();
    return copy.toString();
  };
  fc.assert(fc.property(query, query, (shown, chosen) => {
    assert.equal(sorted(onTop({ shown, asked: shown, chosen })), sorted(chosen));
  }));
});
