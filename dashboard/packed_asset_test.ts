import assert from "node:assert/strict";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { openDashboard, startJournalServer, STILL_BUNDLE } from "../tests/support/dashboards.ts";
import { journalOf } from "../tests/support/journals.ts";
import { parseSweepId } from "../core/domain/ids.ts";
import { PackedAsset } from "./packed_asset.ts";

const text = "main { color: red } ".repeat(200);
const asset = new PackedAsset({
  path: "/assets/style-0.css",
  contentType: "text/css; charset=utf-8",
  body: new TextEncoder().encode(text),
});

Deno.test("PackedAsset.bodyFor gives what the client takes, and the same bytes whatever it takes", async () => {
  const encodings: [string | undefined, string | null][] = [
    ["gzip, deflate, br, zstd", "br"],
    ["gzip", "gzip"],
    ["br;q=0, gzip", "gzip"],
    ["*", "br"],
    ["zstd", null],
    ["", null],
    [undefined, null],
  ];
  for (const [accepted, expected] of encodings) {
    const { body, encoding } = await asset.bodyFor(accepted);
    assert.equal(encoding, expected, accepted);
    const plain = encoding === "br"
      ? brotliDecompressSync(body)
      : encoding === "gzip"
      ? gunzipSync(body)
      : body;
    assert.equal(new TextDecoder().decode(plain), text);
  }
});

Deno.test("createDashboard packs pages and JSON for who takes it, and never live events", async () => {
  await using server = await startJournalServer();
  await server.write(parseSweepId("grown-1"), [...journalOf()].slice(0, 6));
  using dashboard = openDashboard(server);
  const ask = (path: string, accepted: string) =>
    dashboard.app.request(path, { headers: { "accept-encoding": accepted } });
  for (const path of ["/s/grown-1", "/api/v1/sweeps/grown-1/snapshot"]) {
    const [packed, plain] = [await ask(path, "gzip"), await ask(path, "identity")];
    assert.equal(packed.headers.get("content-encoding"), "gzip");
    assert.equal(plain.headers.get("content-encoding"), null);
    const unpacked = gunzipSync(new Uint8Array(await packed.arrayBuffer())).toString("utf8");
    assert.equal(unpacked.length > 1_000, true);
    assert.equal(unpacked.slice(0, 15), (await plain.text()).slice(0, 15));
  }
  const events = await ask("/api/v1/stream?sweep=grown-1", "gzip");
  assert.equal(events.headers.get("content-type"), "text/event-stream");
  assert.equal(events.headers.get("content-encoding"), null);
  await events.body?.cancel();
  const styles = await ask(STILL_BUNDLE.styles.path, "gzip");
  assert.equal(styles.headers.get("vary"), "accept-encoding");
});
