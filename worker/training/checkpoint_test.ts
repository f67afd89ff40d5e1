import assert from "node:assert/strict";
import fc from "fast-check";
import { parseTrialId } from "../../core/domain/ids.ts";
import { epoch } from "../../core/domain/units.ts";
import { CheckpointError, decodeCheckpoint, encodeCheckpoint } from "./checkpoint.ts";
import type { HostLayer } from "./layer.ts";
import type { SlotName } from "./optimizers/optimizer.ts";
import type { LaneCheckpoint } from "./pack.ts";

function layersOf(widths: readonly number[], phase: number): HostLayer[] {
  return widths.slice(1).map((outputs, i) => {
    const inputs = widths[i]!;
    const numbers = (n: number) =>
      Float32Array.from({ length: n }, (_, k) => Math.sin(n + k + phase));
    return { inputs, outputs, weights: numbers(inputs * outputs), bias: numbers(outputs) };
  });
}

const laneArbitrary: fc.Arbitrary<LaneCheckpoint> = fc.record({
  trial: fc.nat({ max: 1e6 }).map(parseTrialId),
  epoch: fc.nat({ max: 1000 }).map(epoch),
  step: fc.nat(),
  widths: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 5 }),
  slots: fc.subarray<SlotName>(["velocity", "first_moment", "second_moment"]),
}).map(({ widths, slots, ...lane }) => ({
  ...lane,
  layers: layersOf(widths, 0),
  slots: Object.fromEntries(slots.map((slot, i) => [slot, layersOf(widths, i + 1)])),
}));
const lanesArbitrary = fc.uniqueArray(laneArbitrary, { maxLength: 4, selector: (l) => l.trial });

const LANE: LaneCheckpoint = {
  trial: parseTrialId(17),
  epoch: epoch(3),
  step: 36,
  layers: [{
    inputs: 2,
    outputs: 3,
    weights: Float32Array.of(1, 2, 3, 4, 5, 6),
    bias: Float32Array.of(7, 8, 9),
  }],
  slots: {},
};

/** A file with this header and these many bytes of numbers. */
function fileOf(header: unknown, dataBytes: number): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  return bytes;
}

const METADATA = { format: "trawl-checkpoint-1", trial1: '{"epoch":1,"step":2}' };
const WEIGHTS = { dtype: "F32", shape: [2, 1], "data_offsets": [0, 8] };
const BIAS = { dtype: "F32", shape: [1], "data_offsets": [8, 12] };
const WHOLE = {
  __metadata__: METADATA,
  "trial1/layer0/weights": WEIGHTS,
  "trial1/layer0/bias": BIAS,
};

function assertRefused(bytes: Uint8Array, message: RegExp): void {
  assert.throws(() => decodeCheckpoint(bytes), (error: unknown) => {
    assert(error instanceof CheckpointError);
    assert.match(error.message, message);
    return true;
  });
}

Deno.test("decodeCheckpoint() reads back what encodeCheckpoint() wrote, bit by bit", () => {
  fc.assert(fc.property(lanesArbitrary, (lanes) => {
    assert.deepEqual(decodeCheckpoint(encodeCheckpoint(lanes)), lanes);
  }));
});

Deno.test("decodeCheckpoint() reads a file that does not begin at the start of its buffer", () => {
  const encoded = encodeCheckpoint([LANE]);
  const shifted = new Uint8Array(encoded.length + 3);
  shifted.set(encoded, 3);
  assert.deepEqual(decodeCheckpoint(shifted.subarray(3)), [LANE]);
});

Deno.test("encodeCheckpoint() writes the safetensors format", () => {
  const bytes = encodeCheckpoint([LANE]);
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  assert.equal(length % 8, 0);
  assert.deepEqual(JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))), {
    __metadata__: { format: "trawl-checkpoint-1", trial17: '{"epoch":3,"step":36}' },
    "trial17/layer0/weights": { dtype: "F32", shape: [2, 3], "data_offsets": [0, 24] },
    "trial17/layer0/bias": { dtype: "F32", shape: [3], "data_offsets": [24, 36] },
  });
  assert.deepEqual([...bytes.subarray(8 + length, 12 + length)], [0, 0, 128, 63]); // 1.0
});

Deno.test("decodeCheckpoint() accepts the hand-made file that the other tests damage", () => {
  assert.equal(decodeCheckpoint(fileOf(WHOLE, 12)).length, 1);
});

Deno.test("decodeCheckpoint() refuses every cut of a file", () => {
  const bytes = encodeCheckpoint([LANE]);
  for (let length = 0; length < bytes.length; length++) {
    assertRefused(bytes.subarray(0, length), /^Cannot read checkpoint: /);
  }
  assertRefused(Uint8Array.of(...bytes, 0), /bytes of numbers/);
});

Deno.test("decodeCheckpoint() throws nothing but CheckpointError, whatever the bytes", () => {
  const encoded = encodeCheckpoint([LANE]);
  const damage = fc.array(fc.tuple(fc.nat({ max: encoded.length - 1 }), fc.nat({ max: 255 })), {
    minLength: 1,
    maxLength: 4,
  });
  const damaged = damage.map((changes) => {
    const bytes = encoded.slice();
    for (const [position, value] of changes) bytes[position] = value;
    return bytes;
  });
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), damaged), (bytes) => {
      try {
        decodeCheckpoint(bytes);
      } catch (error) {
        assert(error instanceof CheckpointError, String(error));
      }
    }),
    { numRuns: 2000 },
  );
});

Deno.test("decodeCheckpoint() refuses a header that claims more than there is", () => {
  const bytes = new Uint8Array(16);
  new DataView(bytes.buffer).setBigUint64(0, 2n ** 63n, true);
  assertRefused(bytes, /header is said to have 9223372036854775808 bytes/);
});

Deno.test("decodeCheckpoint() refuses tensors that overlap, leave gaps or lie about their size", () => {
  const withWeights = (weights: object) => ({ ...WHOLE, "trial1/layer0/weights": weights });
  const withBias = (bias: object) => ({ ...WHOLE, "trial1/layer0/bias": bias });
  assertRefused(fileOf(withBias({ ...BIAS, "data_offsets": [4, 8] }), 8), /begins at 4, not 8/);
  assertRefused(fileOf(withBias({ ...BIAS, "data_offsets": [12, 16] }), 16), /begins at 12, not 8/);
  assertRefused(fileOf(withWeights({ ...WEIGHTS, shape: [2 ** 30, 2 ** 22] }), 12), /shape says/);
  assertRefused(fileOf(withWeights({ ...WEIGHTS, shape: [-2, -1] }), 12), /float32 tensors/);
  assertRefused(fileOf(withWeights({ ...WEIGHTS, dtype: "F64" }), 12), /float32 tensors/);
  assertRefused(fileOf(withWeights({ ...WEIGHTS, shape: [1, 2] }), 12), /shapes of layer 0/);
});

Deno.test("encodeCheckpoint() names what an optimizer remembers after its parameter", () => {
  const bytes = encodeCheckpoint([{ ...LANE, slots: { velocity: LANE.layers } }]);
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const names = Object.keys(JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))));
  assert.deepEqual(names.slice(3), [
    "trial17/layer0/weights/velocity",
    "trial17/layer0/bias/velocity",
  ]);
});

Deno.test("decodeCheckpoint() refuses slots that are unknown or of other shapes", () => {
  const velocity = {
    "trial1/layer0/weights/velocity": { ...WEIGHTS, "data_offsets": [12, 20] },
    "trial1/layer0/bias/velocity": { ...BIAS, "data_offsets": [20, 24] },
  };
  assert.equal(decodeCheckpoint(fileOf({ ...WHOLE, ...velocity }, 24)).length, 1);
  const turned = { ...velocity["trial1/layer0/weights/velocity"], shape: [1, 2] };
  const bias = { ...velocity["trial1/layer0/bias/velocity"], shape: [2], "data_offsets": [20, 28] };
  const header = {
    ...WHOLE,
    "trial1/layer0/weights/velocity": turned,
    "trial1/layer0/bias/velocity": bias,
  };
  assertRefused(fileOf(header, 28), /the velocity of trial 1 are not those of its layers/);
  assertRefused(
    fileOf({ ...WHOLE, "trial1/layer0/bias/speed": { ...BIAS, "data_offsets": [12, 16] } }, 16),
    /tensor "trial1\/layer0\/bias\/speed"/,
  );
});

Deno.test("decodeCheckpoint() refuses foreign names, lost parts and unknown progress", () => {
  const { "trial1/layer0/bias": bias, ...rest } = WHOLE;
  assertRefused(
    fileOf({ ...rest, "trial1/layer0/gamma": bias }, 12),
    /tensor "trial1\/layer0\/gamma"/,
  );
  assertRefused(fileOf({ ...rest, "trial1/layer1/bias": bias }, 12), /lacks a part of layer 0/);
  assertRefused(fileOf(rest, 8), /lacks a part of layer 0/);
  const withMetadata = (metadata: object) => fileOf({ ...WHOLE, __metadata__: metadata }, 12);
  assertRefused(withMetadata({ ...METADATA, format: "pt" }), /format is not/);
  assertRefused(
    withMetadata({ format: METADATA.format }),
    /notes 0 trials and has the tensors of 1/,
  );
  assertRefused(
    withMetadata({ ...METADATA, trial1: '{"epoch":-1,"step":2}' }),
    /how far trial 1 is/,
  );
});
