import assert from "node:assert/strict";
import { formatBytes, linePath } from "./load_meters.tsx";

Deno.test("linePath() has gaps where nothing was measured, and a short line for a lone point", () => {
  assert.equal(linePath([null, 0.5, null], 1), "M24.0 11.0h24.0");
  assert.equal(linePath([1, 0, null], 1), "M0.0 2.0h24.0L48.0 20.0");
  assert.equal(linePath([null, null], 1), "");
});

Deno.test("linePath() is as high as the highest point where nothing says what is most, or less is said", () => {
  assert.equal(linePath([50, 100], null), "M0.0 11.0h36.0L72.0 2.0");
  assert.equal(linePath([50, 100], 80), "M0.0 11.0h36.0L72.0 2.0");
  assert.equal(linePath([0], null), "M0.0 20.0h72.0", "nothing of nothing is a line at the bottom");
});

Deno.test("formatBytes() has two digits or more, in the largest unit that fits", () => {
  const told = [0, 5.25, 512, 1024, 2.55 * 1024, 80 * 1024].map((mib) =>
    formatBytes(mib * 2 ** 20)
  );
  assert.deepEqual(told, ["0.0 MiB", "5.3 MiB", "512 MiB", "1.0 GiB", "2.5 GiB", "80 GiB"]);
});
