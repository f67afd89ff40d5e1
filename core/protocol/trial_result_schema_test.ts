import assert from "node:assert/strict";
import { MISTAKES_KEPT, type TrialResult } from "../domain/trial_result.ts";
import { trialResultSchema } from "./trial_result_schema.ts";

const IMAGE = {
  width: 2,
  height: 2,
  channels: 1,
  data: Uint8Array.of(1, 2, 3, 4).toBase64(),
} as const;
const RESULT: TrialResult = {
  v: 1,
  kind: "binary",
  classes: ["0", "1"],
  confusions: { train: [[3, 1], [0, 4]], validation: [[1, 0], [0, 1]], test: [[2, 0], [1, 2]] },
  mistakes: [{ index: 2, actual: 1, predicted: 0, confidence: 0.75, loss: 1.4, image: IMAGE }],
  samples: [{ index: 9, label: 1, image: IMAGE }],
  picture: {
    kind: "surface",
    x: { min: 0, max: 1, count: 2 },
    y: { min: 0, max: 1, count: 2 },
    values: [0, 0.25, 0.5, 1],
    points: [{ x: 0, y: 1, label: 1 }],
    epoch: 20,
    snapshots: [{ epoch: 10, side: 2, values: [0.1, 0.2, 0.3, 0.4] }],
  },
};

Deno.test("trialResultSchema reads a result as it was written", () => {
  assert.deepEqual(trialResultSchema.parse(JSON.parse(JSON.stringify(RESULT))), RESULT);
});

Deno.test("trialResultSchema reads results of the time before there were samples", () => {
  const { samples: _, ...old } = RESULT;
  assert.deepEqual(trialResultSchema.parse(old), { ...RESULT, samples: [] });
});

Deno.test("trialResultSchema reads results of the time before losses and snapshots of surfaces", () => {
  const { picture, mistakes: [mistake] } = RESULT;
  assert.ok(picture?.kind === "surface" && mistake !== undefined);
  const { epoch: _epoch, snapshots: _snapshots, ...oldPicture } = picture;
  const { loss: _loss, ...oldMistake } = mistake;
  assert.deepEqual(
    trialResultSchema.parse({ ...RESULT, picture: oldPicture, mistakes: [oldMistake] }),
    {
      ...RESULT,
      picture: { ...oldPicture, epoch: null, snapshots: [] },
      mistakes: [{ ...oldMistake, loss: null }],
    },
  );
});

Deno.test("trialResultSchema refuses parts that do not fit each other", () => {
  const [mistake] = RESULT.mistakes;
  const { picture } = RESULT;
  const curve = { kind: "curve", x: [0, 1], truth: null, points: [], snapshots: [] };
  const wrong: readonly Partial<Record<keyof TrialResult, unknown>>[] = [
    { v: 2 },
    { classes: ["0", "1", "2"] },
    { confusions: { ...RESULT.confusions, test: [[2], [1]] } },
    { confusions: { ...RESULT.confusions, test: [[2, -1], [1, 0]] } },
    { mistakes: [{ ...mistake, image: { ...IMAGE, width: 3 } }] },
    { mistakes: [{ ...mistake, image: { ...IMAGE, data: "no base64" } }] },
    { mistakes: [{ ...mistake, confidence: 1.5 }] },
    { mistakes: new Array(MISTAKES_KEPT + 1).fill(mistake) },
    { samples: [{ index: 0, label: 2, image: IMAGE }] },
    { samples: [{ index: 0, label: 0, image: null }] },
    { samples: new Array(101).fill(RESULT.samples[0]) },
    { mistakes: [{ ...mistake, loss: -1 }] },
    { picture: { ...picture, values: [0, 1] } },
    { picture: { ...picture, snapshots: [{ epoch: 1, side: 2, values: [0] }] } },
    { picture: { ...curve, truth: [0] } },
    { picture: { ...curve, snapshots: [{ epoch: 1, y: [0] }] } },
  ];
  for (const change of wrong) {
    const found = trialResultSchema.safeParse({ ...RESULT, ...change });
    assert.ok(!found.success, JSON.stringify(change));
  }
});
