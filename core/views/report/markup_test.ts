import assert from "node:assert/strict";
import fc from "fast-check";
import { html, plainMarkdown } from "./markup.ts";

Deno.test("html`` escapes what is inserted and keeps what is written", () => {
  const hostile = `"><script>alert('x')</script>&`;
  assert.equal(
    String(html`<a title="${hostile}">${[hostile, html`<b>${1}</b>`, null]}</a>`),
    `<a title="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;">` +
      `&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;<b>1</b></a>`,
  );
  assert.equal(String(html`${"a\u0000\u202eb"}`), "a\ufffd\ufffdb");
});

Deno.test("html`` leaves no character of any text that could begin markup or end an attribute", () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 0x10ffff })), (points) => {
    assert.doesNotMatch(
      String(html`${String.fromCodePoint(...points)}`),
      /[<>"'\u202e]|(?![\t\n\r])\p{Cc}/u,
    );
  }));
});

Deno.test("plainMarkdown() lets no text be formatting, nor end a table's cell", () => {
  assert.equal(plainMarkdown("a|b*c_d`e\n<i>[x](y)"), "a\\|b\\*c\\_d\\`e \\<i\\>\\[x\\](y)");
});
