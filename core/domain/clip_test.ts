import assert from "node:assert/strict";
import fc from "fast-check";
import { clip } from "./clip.ts";

Deno.test("clip() keeps what is short, and the two ends of what is long", () => {
  assert.equal(clip("boom", 4), "boom");
  assert.equal(clip(`first ${"x".repeat(5_000)} last`, 64).slice(0, 6), "first ");
  assert.match(clip(`first ${"x".repeat(5_000)} last`, 64), / … 5011 characters … .* last$/);
});

Deno.test("clip() never gives more than the limit, nor half a character", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), fc.nat(80), (text, limit) => {
    const long = text.repeat(20);
    const clipped = clip(long, limit);
    assert.ok(clipped.length <= limit);
    assert.ok(clipped.isWellFormed());
  }));
});
