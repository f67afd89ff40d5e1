import assert from "node:assert/strict";
import fc from "fast-check";
import { type BrushedAxis, brushedFields } from "./parameters_brush.ts";
import { isWithin } from "./instant_brush.ts";

const [TOP, BOTTOM] = [64, 336];
const yOf = (share: number): number => BOTTOM - share * (BOTTOM - TOP);
const shares = fc.tuple(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.double({ min: 0, max: 1, noNaN: true }),
);

Deno.test("isWithin() keeps the numbers that the brush's range has, on either scale and upside down", () => {
  const axes = fc.record({
    scale: fc.constantFrom("linear", "log"),
    isFlipped: fc.boolean(),
  });
  fc.assert(
    fc.property(
      axes,
      shares,
      fc.integer({ min: 0, max: 1000 }),
      ({ scale, isFlipped }, ends, n) => {
        const share = n / 1000;
        const axis: BrushedAxis = {
          axis: "lr",
          scale,
          flipped: isFlipped ? "" : undefined,
          min: "0.001",
          max: "0.5",
        };
        const fields = brushedFields(axis, ends);
        assert.ok(fields?.kind === "range");
        const at = isFlipped ? 1 - share : share;
        const value = scale === "log" ? 0.001 * 500 ** at : 0.001 + at * 0.499;
        const [min, max] = [Number(fields.min), Number(fields.max)];
        // The range is written with four digits: at its very ends both may be right.
        if ([min, max].some((end) => Math.abs(value - end) <= 2e-3 * end)) return;
        const points = `76,200 216,${yOf(share)} 356,100`;
        const crossed = { at: 1, top: TOP, bottom: BOTTOM, choices: null };
        assert.equal(isWithin(points, crossed, ends), value > min && value < max);
      },
    ),
  );
});

Deno.test("isWithin() takes a line for its choice, however far it is spread", () => {
  const values = ["relu", "sigmoid", "tanh"];
  const spread = fc.double({ min: -0.5, max: 0.5, noNaN: true });
  fc.assert(
    fc.property(
      shares,
      fc.nat({ max: 2 }),
      spread,
      fc.boolean(),
      (ends, choice, off, isFlipped) => {
        const flipped = isFlipped ? "" : undefined;
        const fields = brushedFields({ axis: "x", flipped, values: JSON.stringify(values) }, ends);
        const chosen = fields?.kind === "choices" ? fields.chosen : [];
        const along = (choice + 0.5) / 3 + off * 0.5 / 3;
        const crossed = { at: 0, top: TOP, bottom: BOTTOM, choices: 3 };
        const center = (choice + 0.5) / 3;
        if (ends.some((end) => Math.abs(end - (isFlipped ? 1 - center : center)) < 1e-9)) return;
        assert.equal(
          isWithin(`76,${yOf(isFlipped ? 1 - along : along)} 216,80`, crossed, ends),
          chosen.includes(values[choice] ?? ""),
        );
      },
    ),
  );
});

Deno.test("isWithin() has no line that lies beside the axis", () => {
  const crossed = { at: 1, top: TOP, bottom: BOTTOM, choices: null };
  assert.equal(isWithin(`76,80 216,${BOTTOM + 24}`, crossed, [0, 1]), false);
  assert.equal(isWithin("76,80", crossed, [0, 1]), false);
  assert.equal(isWithin(`76,80 216,${BOTTOM}`, crossed, [1, 0]), true);
});
