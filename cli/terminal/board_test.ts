import assert from "node:assert/strict";
import fc from "fast-check";
import { parseWorkerId } from "../../core/domain/ids.ts";
import { instant } from "../../core/domain/units.ts";
import { renderBoard } from "./board.ts";
import { type BoardModel, boardModel } from "./board_model.ts";
import {
  BEGUN_AT,
  halfwaySweep,
  samplePresence,
  sampleSweep,
} from "../../tests/support/sample_sweep.ts";
import { displayWidth } from "./text.ts";

function halfwayModel(options: Parameters<typeof halfwaySweep>[0] = {}): BoardModel {
  return boardModel(halfwaySweep(options).view, {
    presences: [samplePresence("w-bob-2", [7]), samplePresence("w-ada-1", [6])],
    now: instant(BEGUN_AT + 25_000),
    lastEvent: "  0:21  trial 5 failed: outOfMemory",
    dashboardUrl: "http://127.0.0.1:4123/",
  });
}

const WIDE = { width: 120, height: 30, color: false, unicode: true };

Deno.test("renderBoard() looks right at every width", async (t) => {
  for (const width of [120, 80, 40]) {
    const lines = renderBoard(halfwayModel(), { ...WIDE, width });
    await t.assertSnapshot(lines.join("\n"));
  }
});

Deno.test("renderBoard() looks right in colour, in ASCII and on a low terminal", async (t) => {
  const narrow = { ...WIDE, width: 80 };
  await t.assertSnapshot(renderBoard(halfwayModel(), { ...narrow, color: true }).join("\n"));
  await t.assertSnapshot(renderBoard(halfwayModel(), { ...narrow, unicode: false }).join("\n"));
  await t.assertSnapshot(renderBoard(halfwayModel(), { ...narrow, height: 10 }).join("\n"));
});

Deno.test("renderBoard() shows a sweep that has just begun, and one that is over", async (t) => {
  const { view } = sampleSweep();
  const begun = boardModel(view, { presences: [], now: BEGUN_AT });
  await t.assertSnapshot(renderBoard(begun, WIDE).join("\n"));
  const sample = halfwaySweep();
  sample.complete(6, 26_000, 0.95);
  sample.complete(7, 27_000, 0.96);
  sample.append(28_000, { type: "sweepEnded", outcome: "cancelled", by: "user" });
  const over = boardModel(sample.view, { presences: [], now: instant(BEGUN_AT + 99_000) });
  await t.assertSnapshot(renderBoard(over, WIDE).join("\n"));
});

Deno.test("renderBoard() never leaves its bounds, whatever is in a name", () => {
  const name = fc.oneof(fc.string({ unit: "binary" }), fc.constant("日本語".repeat(30)));
  const size = fc.integer({ min: 1, max: 130 });
  const model = halfwayModel({ replicates: 2 });
  fc.assert(
    fc.property(
      name,
      size,
      fc.integer({ min: 1, max: 30 }),
      fc.boolean(),
      (text, width, height, unicode) => {
        const [worker] = model.workers;
        const hostile: BoardModel = {
          ...model,
          name: text,
          lastEvent: text,
          workers: worker === undefined
            ? []
            : Array(12).fill({ ...worker, host: text, backend: text }),
        };
        const lines = renderBoard(hostile, { width, height, color: false, unicode });
        assert.ok(lines.length <= height);
        for (const line of lines) {
          assert.ok(displayWidth(line) <= width, line);
          // deno-lint-ignore no-control-regex -- control characters are what must not be there
          assert.doesNotMatch(line, /[\u0000-\u001f\u007f-\u009f]/);
          // deno-lint-ignore no-control-regex -- "not ASCII" begins at 0
          if (!unicode) assert.doesNotMatch(line, /[^\u0000-\u007f]/);
        }
      },
    ),
  );
});

Deno.test("renderBoard() without colour carries the same text as with it", () => {
  for (const width of [120, 80, 40, 17]) {
    const plain = renderBoard(halfwayModel(), { ...WIDE, width });
    const colored = renderBoard(halfwayModel(), { ...WIDE, width, color: true });
    // deno-lint-ignore no-control-regex -- escape sequences begin with a control character
    assert.deepEqual(colored.map((line) => line.replaceAll(/\x1b\[\d+m/g, "").trimEnd()), plain);
  }
});

Deno.test("boardModel() estimates the end from the trials that ended", () => {
  const sample = sampleSweep();
  const eta = (atMs: number): number | null =>
    boardModel(sample.view, { presences: [], now: instant(BEGUN_AT + atMs) }).etaMs;
  assert.equal(eta(1000), null);
  sample.lease(0, 0, "w-1");
  sample.complete(0, 10_000, 0.9);
  assert.equal(eta(10_000), null, "one trial says nothing");
  sample.lease(1, 10_000, "w-1");
  sample.complete(1, 20_000, 0.9);
  assert.equal(eta(20_000), 10 * 10_000);
  assert.equal(eta(40_000), 10 * 20_000, "it grows while nothing ends");
});

Deno.test("boardModel() counts only what workers do for this sweep", () => {
  const { view } = halfwaySweep();
  const busyElsewhere = { ...samplePresence("w-x", [1, 2]) };
  const [first] = busyElsewhere.packs;
  assert.ok(first !== undefined);
  const other = halfwaySweep().view.id.replace("digits", "others");
  const packs = [first, { ...first, sweep: other as typeof first.sweep }];
  const model = boardModel(view, { presences: [{ ...busyElsewhere, packs }], now: BEGUN_AT });
  const [worker, ...gone] = model.workers;
  assert.equal(worker?.packs, 1);
  assert.equal(worker?.laneStepsPerSecond, 1_234.5);
  assert.deepEqual(gone.map(({ state }) => state), ["gone", "gone", "gone"]);
});

Deno.test("renderBoard() shows who is in quarantine, and why", () => {
  const sample = halfwaySweep();
  const worker = parseWorkerId("w-eve-4");
  const message = "5 attempts in a row failed on it while other workers got on";
  sample.append(22_000, { type: "workerQuarantined", worker, message });
  const model = boardModel(sample.view, {
    presences: [samplePresence("w-eve-4", []), samplePresence("w-ada-1", [6])],
    now: instant(BEGUN_AT + 25_000),
  });
  const lines = renderBoard(model, WIDE);
  assert.ok(lines.some((line) => /^w-eve-4 +wasm +quarantined/.test(line)), lines.join("\n"));
  assert.ok(lines.includes(`w-eve-4: ${message}`));
});
