import assert from "node:assert/strict";
import { encode as encodePng, type ImageData } from "fast-png";
import { encode as encodeJpeg } from "jpeg-js";
import fc from "fast-check";
import { UserError } from "../exit_code.ts";
import { readImage } from "./image_file.ts";

const png = (image: ImageData): Uint8Array => encodePng(image);
const read = (bytes: Uint8Array) => readImage(bytes, { file: "a.png" });

Deno.test("readImage() reads grey and coloured PNG files as they are", () => {
  const grey = read(png({ width: 2, height: 2, channels: 1, data: Uint8Array.of(0, 9, 200, 255) }));
  assert.deepEqual({ ...grey, data: Array.from(grey.data) }, {
    width: 2,
    height: 2,
    channels: 1,
    data: [0, 9, 200, 255],
  });
  const rgb = read(
    png({ width: 1, height: 2, channels: 3, data: Uint8Array.of(1, 2, 3, 4, 5, 6) }),
  );
  assert.deepEqual([rgb.channels, ...Array.from(rgb.data)], [3, 1, 2, 3, 4, 5, 6]);
});

Deno.test("readImage() shows what is transparent on white, and the upper half of 16 bits", () => {
  const rgba = Uint8Array.of(10, 20, 30, 255, 10, 20, 30, 0, 0, 0, 0, 128);
  const seen = read(png({ width: 3, height: 1, channels: 4, data: rgba }));
  assert.deepEqual(Array.from(seen.data), [10, 20, 30, 255, 255, 255, 127, 127, 127]);
  const deep = png({
    width: 2,
    height: 1,
    channels: 1,
    depth: 16,
    data: Uint16Array.of(0x1234, 0xffff),
  });
  assert.deepEqual(Array.from(read(deep).data), [0x12, 0xff]);
});

Deno.test("readImage() reads JPEG files nearly as they were", () => {
  const data = new Uint8Array(16 * 16 * 4).fill(180);
  const { data: bytes } = encodeJpeg({ width: 16, height: 16, data }, 95);
  const image = readImage(new Uint8Array(bytes), { file: "a.jpg" });
  assert.deepEqual([image.width, image.height, image.channels], [16, 16, 3]);
  assert.ok(Array.from(image.data).every((value) => Math.abs(value - 180) < 4));
});

Deno.test("readImage() refuses what is no image, and what is huge, by the file's name", () => {
  assert.throws(() => read(new TextEncoder().encode("a,b\n1,2\n")), {
    name: "UserError",
    message: 'Cannot read image "a.png": it must be a PNG or a JPEG file',
  });
  const whole = png({ width: 2, height: 2, channels: 1, data: new Uint8Array(4) });
  const huge = whole.slice();
  new DataView(huge.buffer).setUint32(16, 2 ** 30);
  assert.throws(() => read(huge), /"a.png": it is 1073741824 × 2; it must have at most/);
});

Deno.test("readImage() throws nothing but UserError, whatever is wrong with a file", () => {
  const whole = png({ width: 5, height: 4, channels: 3, data: new Uint8Array(60).fill(9) });
  const { data } = encodeJpeg({ width: 8, height: 8, data: new Uint8Array(256).fill(90) }, 80);
  const files = [whole, new Uint8Array(data)];
  fc.assert(
    fc.property(
      fc.constantFrom(...files),
      fc.nat(),
      fc.nat(255),
      fc.boolean(),
      (file, at, byte, cut) => {
        const bytes = cut ? file.slice(0, at % file.length) : file.slice();
        // The sizes are left alone: a larger image is no error.
        if (!cut && at % file.length > 24) bytes[at % file.length] = byte;
        try {
          read(bytes);
        } catch (error) {
          assert.ok(error instanceof UserError, String(error));
        }
      },
    ),
    { numRuns: 300 },
  );
});
