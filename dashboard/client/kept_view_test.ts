import assert from "node:assert/strict";
import { layoutIn, parseKeptViews, placeOf, withLayout } from "./kept_view.ts";

Deno.test("placeOf() is for pages of a sweep that have a layout, whichever sweep it is", () => {
  assert.equal(placeOf("/s/one-1/trials", "abc"), "abc/trials");
  assert.equal(placeOf("/s/two-2/trials", "abc"), "abc/trials");
  assert.equal(placeOf("/s/one-1/trials", undefined), null);
  assert.equal(placeOf("/s/one-1", "abc"), null);
  assert.equal(placeOf("/s/one-1/t/3", "abc"), null);
  assert.equal(placeOf("/s/one-1/constructor", "abc"), null);
  assert.equal(placeOf("/", "abc"), null);
});

Deno.test("layoutIn() takes how a page is laid out, and not what it shows of this sweep", () => {
  const trials = "?q=lr%3E1&state=failed&col=trial&col=p.lr&t=3&base=4&page=2&sort=-objective";
  assert.equal(layoutIn("abc/trials", trials), "col=trial&col=p.lr&sort=-objective");
  const params = "?flip.lr=1&scale.a%20b=log&scale=log&min=0.3&p.lr=1&x=lr&order=b&order=a";
  assert.equal(
    layoutIn("abc/params", params),
    "flip.lr=1&scale.a+b=log&scale=log&x=lr&order=b&order=a",
  );
  assert.equal(layoutIn("abc/curves", "?t=3,4&from=2&logy=1&x=wall&metric=m"), "logy=1&x=wall");
});

Deno.test("withLayout() keeps the newest, forgets the usual one, and never grows without end", () => {
  const one = withLayout({}, "a/trials", "by=configuration");
  assert.deepEqual(withLayout(one, "a/trials", ""), {});
  let many = one;
  for (let sweep = 0; sweep < 100; sweep++) many = withLayout(many, `${sweep}x/trials`, "size=200");
  assert.equal(Object.keys(many).length, 40);
  assert.equal(many["a/trials"], undefined);
  assert.equal(many["99x/trials"], "size=200");
});

Deno.test("parseKeptViews() takes whatever a browser may have kept", () => {
  assert.deepEqual(parseKeptViews(JSON.stringify({ a: "x=1", b: 3 })), { a: "x=1" });
  for (const text of [null, "", "null", "[]", "{", "3"]) assert.deepEqual(parseKeptViews(text), {});
});
