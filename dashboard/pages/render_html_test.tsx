import assert from "node:assert/strict";
import type { VNode } from "preact";
import { Panel } from "../client/parts/panel.tsx";
import { renderHtml } from "./render_html.ts";

function Broken(): VNode {
  throw new TypeError("undefined has no secret");
}

const PAGE = (
  <>
    <Panel title="One & all">
      <p>
        <Broken />
      </p>
    </Panel>
    <Panel title="Two">
      <p>still here</p>
    </Panel>
  </>
);

Deno.test("renderHtml keeps a panel's failure in the panel, with a way to try again and the request's name", () => {
  const faults: Error[] = [];
  const html = renderHtml(PAGE, { requestId: "ab12", onFault: (fault) => faults.push(fault) });
  assert.match(html, /<section class="card" aria-label="One &amp; all" data-failed="">/);
  assert.match(html, /This panel cannot be drawn.*<a href="">Try again<\/a>.*<code>ab12<\/code>/);
  assert.match(html, /<p>still here<\/p>/);
  assert.doesNotMatch(html, /secret/);
  assert.equal(faults.length, 1);
  assert.equal(faults[0]?.message, 'Cannot draw the panel "One & all"');
  assert.ok(faults[0]?.cause instanceof TypeError);
});

Deno.test("renderHtml fails where a part fails that is no panel", () => {
  assert.throws(() => renderHtml(<Broken />), TypeError);
});
