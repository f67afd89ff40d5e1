import assert from "node:assert/strict";
import { unzlibSync } from "fflate";
import { encodePng, pngDataUri } from "./png.ts";

function image(width: number, height: number, channels: 1 | 3) {
  const bytes = Uint8Array.from({ length: width * height * channels }, (_, i) => (i * 31) % 256);
  return { width, height, channels, data: bytes.toBase64() };
}

Deno.test("encodePng() equals the smallest PNG there is, byte for byte", () => {
  // One grey pixel: the header's CRC is that of every 1 × 1 grey PNG, 3a7e9b55.
  const png = encodePng({ width: 1, height: 1, channels: 1, data: Uint8Array.of(0).toBase64() });
  assert.equal(
    png.subarray(0, 33).toHex(),
    "89504e470d0a1a0a" + "0000000d49484452" + "00000001000000010800000000" + "3a7e9b55",
  );
  // The CRC of the end, which is the same in every PNG.
  assert.equal(png.subarray(-12).toHex(), "0000000049454e44ae426082");
});

Deno.test("encodePng() holds the rows of a colour image, each after its filter", () => {
  const png = encodePng(image(2, 3, 3));
  const view = new DataView(png.buffer);
  const length = view.getUint32(33);
  const rows = unzlibSync(png.subarray(41, 41 + length));
  assert.equal(rows.length, 3 * 7);
  assert.deepEqual([...rows.subarray(7, 14)], [0, 186, 217, 248, 23, 54, 85]);
});

Deno.test("encodePng() refuses an image that contradicts itself", () => {
  assert.throws(() => encodePng({ ...image(2, 2, 1), width: 3 }), {
    name: "RangeError",
    message: "Cannot write an image of 3 × 2 × 1: it must have 6 bytes, and has 4",
  });
  assert.match(pngDataUri(image(4, 4, 1)), /^data:image\/png;base64,iVBOR/);
});
