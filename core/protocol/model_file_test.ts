import assert from "node:assert/strict";
import fc from "fast-check";
import type { ModelCard } from "../domain/model_card.ts";
import { decodeModel, encodeModel, ModelFileError, type StoredModel } from "./model_file.ts";
import { encodeSafetensors } from "./safetensors.ts";

const CARD: ModelCard = {
  v: 1,
  kind: "classification",
  inputs: { kind: "image", width: 2, height: 1, planes: [{ mean: 0.5, std: 0.25 }] },
  widths: [2, 3],
  activation: "relu",
  classes: ["a", "ß", "猫"],
  targetScale: null,
  sweep: "s-1",
  trial: 4,
};
const MODEL: StoredModel = {
  card: CARD,
  layers: [{
    inputs: 2,
    outputs: 3,
    weights: Float32Array.of(1, 2, 3, 4, 5, 6),
    bias: Float32Array.of(-1, 0, 1),
  }],
};

function fileOf(card: unknown, bias: readonly number[] = [0, 0, 0], extra = false): Uint8Array {
  return encodeSafetensors({
    metadata: { card: JSON.stringify(card) },
    tensors: [
      { name: "layer0.weight", shape: [2, 3], values: new Float32Array(6) },
      { name: "layer0.bias", shape: [bias.length], values: Float32Array.from(bias) },
      ...(extra ? [{ name: "more", shape: [1], values: new Float32Array(1) }] : []),
    ],
  });
}

Deno.test("decodeModel() reads back what encodeModel() wrote, card and numbers", () => {
  assert.deepEqual(decodeModel(encodeModel(MODEL)), MODEL);
});

Deno.test("encodeModel() writes safetensors whose metadata hold the card", () => {
  const bytes = encodeModel(MODEL);
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  assert.equal(length % 8, 0);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  assert.deepEqual(header["layer0.weight"], { dtype: "F32", shape: [2, 3], data_offsets: [0, 24] });
  assert.deepEqual(JSON.parse(header.__metadata__.card), CARD);
});

Deno.test("decodeModel() refuses models that contradict their cards", () => {
  assert.equal(decodeModel(fileOf(CARD)).layers.length, 1);
  const wrong: readonly unknown[] = [
    { ...CARD, v: 2 },
    { ...CARD, classes: ["a", "b"] },
    { ...CARD, kind: "binary" },
    { ...CARD, widths: [2, 4] },
    { ...CARD, widths: [3, 3] },
    { ...CARD, inputs: { kind: "columns", columns: [] } },
    { ...CARD, targetScale: { mean: 0, std: 0 } },
    null,
  ];
  for (const card of wrong) assert.throws(() => decodeModel(fileOf(card)), ModelFileError);
  assert.throws(() => decodeModel(fileOf(CARD, [0, 0])), /layer 0 is not as its card says/);
  assert.throws(() => decodeModel(fileOf(CARD, [0, 0, 0], true)), /does not tell of/);
});

Deno.test("decodeModel() throws nothing but ModelFileError, whatever the bytes", () => {
  const encoded = encodeModel(MODEL);
  const damage = fc.array(fc.tuple(fc.nat({ max: encoded.length - 1 }), fc.nat({ max: 255 })));
  const damaged = damage.map((changes) => {
    const bytes = encoded.slice();
    for (const [position, value] of changes) bytes[position] = value;
    return bytes;
  });
  fc.assert(fc.property(fc.oneof(fc.uint8Array(), damaged), (bytes) => {
    try {
      decodeModel(bytes);
    } catch (error) {
      assert.ok(error instanceof ModelFileError, String(error));
    }
  }));
});
