import assert from "node:assert/strict";
import { type Pixels, recolour, resize } from "./pixels.ts";

const grey = (width: number, height: number, data: readonly number[]): Pixels => ({
  width,
  height,
  channels: 1,
  data,
});

Deno.test("resize() takes the mean of the area that a pixel covers", () => {
  const image = grey(4, 2, [0, 100, 10, 20, 200, 100, 30, 40]);
  assert.deepEqual([...resize(image, { width: 2, height: 1 }).data as Float64Array], [100, 25]);
  // Three old pixels for two new ones: each has one and a half of them.
  const uneven = resize(grey(3, 1, [0, 30, 60]), { width: 2, height: 1 });
  assert.deepEqual([...uneven.data as Float64Array], [10, 50]);
});

Deno.test("resize() blends neighbours where the image grows, and leaves equal sizes alone", () => {
  const grown = resize(grey(2, 1, [0, 100]), { width: 4, height: 2 });
  assert.deepEqual([...grown.data as Float64Array], [0, 25, 75, 100, 0, 25, 75, 100]);
  const same = grey(2, 1, [1, 2]);
  assert.equal(resize(same, { width: 2, height: 1 }), same);
});

Deno.test("resize() keeps an even image even, whatever the sizes", () => {
  for (const [from, to] of [[1, 28], [28, 1], [7, 5], [5, 7], [100, 28]] as const) {
    const image: Pixels = {
      width: from,
      height: 3,
      channels: 3,
      data: new Uint8Array(from * 9).fill(77),
    };
    const { data } = resize(image, { width: to, height: to });
    assert.ok(Array.from(data).every((value) => value === 77), `${from} → ${to}`);
  }
});

Deno.test("recolour() makes grey by brightness, and three equal colours of grey", () => {
  const colours: Pixels = {
    width: 3,
    height: 1,
    channels: 3,
    data: [255, 0, 0, 0, 255, 0, 0, 0, 255],
  };
  assert.deepEqual(Array.from(recolour(colours, 1).data), [76, 150, 29]);
  assert.deepEqual(Array.from(recolour(grey(2, 1, [7, 9]), 3).data), [7, 7, 7, 9, 9, 9]);
});
