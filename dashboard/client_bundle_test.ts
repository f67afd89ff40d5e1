import assert from "node:assert/strict";
import { bundleClient, STYLE_SHEETS } from "./client_bundle.ts";

async function gzipSize(body: Uint8Array<ArrayBuffer>): Promise<number> {
  const stream = new Blob([body]).stream().pipeThrough(new CompressionStream("gzip"));
  return (await new Response(stream).bytes()).length;
}

Deno.test("bundleClient makes a script of at most 80 KB gzipped that names no other host", async () => {
  const { script, theme, styles } = await bundleClient();
  assert.ok(script !== null && theme !== null);
  const size = await gzipSize(script.body);
  assert.ok(size > 10_000 && size <= 80_000, `${size} bytes`);
  const text = new TextDecoder().decode(script.body);
  assert.doesNotMatch(text, /React\.createElement/);
  for (const [url] of text.matchAll(/https?:\/\/[\w.-]+/g)) assert.equal(url, "http://www.w3.org");
  assert.match(styles.path, /^\/assets\/style-[0-9a-f]{12}\.css$/);
});

Deno.test("bundleClient takes no style by which one new element has all others styled anew", async () => {
  const sheets = STYLE_SHEETS.filter((name) => name !== "print");
  for (const name of sheets) {
    const text = await Deno.readTextFile(new URL(`client/styles/${name}.css`, import.meta.url));
    // What is looked for from everywhere makes every live update a matter of the whole page.
    assert.doesNotMatch(text, /:has\([^{},]*\)[^{},]*\*/, name);
  }
});

Deno.test("bundleClient leaves the page without a script when bundling fails", async () => {
  const dir = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${dir}/styles`);
    for (const name of STYLE_SHEETS) await Deno.writeTextFile(`${dir}/styles/${name}.css`, "");
    await Deno.writeTextFile(`${dir}/styles/base.css`, "main{}");
    await Deno.writeTextFile(`${dir}/main.tsx`, "this is no script");
    await Deno.writeTextFile(`${dir}/theme.ts`, "export {}");
    const bundle = await bundleClient({ directory: new URL(`file://${dir}/`) });
    assert.equal(bundle.script, null);
    assert.equal(bundle.theme, null);
    assert.equal(new TextDecoder().decode(bundle.styles.body).trim(), "main{}");
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
