import assert from "node:assert/strict";
import type { Split } from "../datasets/dataset.ts";
import { createNormalisation } from "../datasets/normalisation.ts";
import { writeTransposedRows } from "./example_rows.ts";
import { PaddedRows, writePlaced } from "./padded_rows.ts";

/** More examples than are normalised at a time, of 33 features: three zeros fill a row up. */
const [COUNT, FEATURES, COLUMNS] = [1500, 33, 36];

const SPLIT: Split = {
  count: COUNT,
  features: FEATURES,
  inputs: {
    kind: "bytes",
    bytes: Uint8Array.from({ length: COUNT * FEATURES }, (_, i) => (i * 7 + i % 13) % 256),
  },
  targets: { kind: "classes", labels: new Uint16Array(COUNT) },
};
const NORMALISATION = createNormalisation([{ mean: 0.5, std: 0.25 }]);
const INDICES = Uint32Array.of(1499, 0, 7, 1030, 7, 3, 2, 1, 900, 11, 12);

function dueRow(index: number): number[] {
  assert(SPLIT.inputs.kind === "bytes");
  const bytes = SPLIT.inputs.bytes.subarray(index * FEATURES, (index + 1) * FEATURES);
  return [...Float32Array.from(bytes, (byte) => (byte / 255 - 0.5) / 0.25), 1, 0, 0];
}

for (const residentBytes of [0, 2 ** 30]) {
  const how = residentBytes === 0 ? "made when asked for" : "held";
  Deno.test(`PaddedRows are inputs, a one and zeros, ${how}`, () => {
    const rows = new PaddedRows(SPLIT, { normalisation: NORMALISATION, residentBytes });
    for (const indices of [INDICES, INDICES.subarray(0, 2)]) {
      const placed = rows.at(indices);
      const x = new Float32Array(indices.length * COLUMNS).fill(NaN);
      writePlaced(x, placed);
      assert.deepEqual([...x], [...indices].flatMap(dueRow));
      const xT = new Float32Array(x.length).fill(NaN);
      writeTransposedRows(xT, placed);
      const turned = Float32Array.from(x, (_, i) => {
        const [column, row] = [Math.floor(i / indices.length), i % indices.length];
        return x[row * COLUMNS + column]!;
      });
      assert.deepEqual(xT, turned);
    }
  });
}

Deno.test("PaddedRows of a split are held once, whoever asks, for each normalisation", () => {
  const options = { normalisation: NORMALISATION, residentBytes: 2 ** 30 };
  const { source } = new PaddedRows(SPLIT, options).at(INDICES);
  assert.equal(new PaddedRows(SPLIT, options).at(INDICES).source, source);
  const other = createNormalisation([{ mean: 0, std: 1 }]);
  const found = new PaddedRows(SPLIT, { ...options, normalisation: other }).at(INDICES);
  assert.notEqual(found.source, source);
  assert.equal(found.source[1], Math.fround(8 / 255));
});
