import assert from "node:assert/strict";
import { estimateMean, estimateShare } from "../domain/statistics.ts";
import {
  clockTime,
  confidence,
  count,
  counted,
  metricValue,
  objective,
  parameterValue,
  rate,
  spokenTime,
} from "./quantities.ts";

Deno.test("clockTime() and spokenTime() say durations of every size", () => {
  const seconds = [0, 0.4, 42, 59.6, 65, 3600, 36_061];
  assert.deepEqual(
    seconds.map((each) => clockTime(each * 1000)),
    ["0:00", "0:00", "0:42", "1:00", "1:05", "1:00:00", "10:01:01"],
  );
  assert.deepEqual(
    seconds.map((each) => spokenTime(each * 1000)),
    ["0.0 s", "0.4 s", "42 s", "1 min 0 s", "1 min 5 s", "1 h 0 min", "10 h 1 min"],
  );
  assert.equal(clockTime(-5), "0:00");
});

Deno.test("count(), counted() and rate() keep numbers readable", () => {
  assert.deepEqual([0, 999, 1000, 1234567].map(count), ["0", "999", "1,000", "1,234,567"]);
  assert.equal(counted(1, "trial"), "1 trial");
  assert.equal(counted(0, "trial"), "0 trials");
  assert.deepEqual([0, 0.23571, 12.34, 999.4, 12340].map(rate), [
    "0",
    "0.236",
    "12.3",
    "999",
    "12,340",
  ]);
});

Deno.test("metricValue() and parameterValue() show what differs", () => {
  assert.deepEqual(
    [0, 0.93125, 1, -2.5, 0.00012346, 123456].map(metricValue),
    ["0.0000", "0.9313", "1.0000", "-2.5000", "1.235e-4", "1.235e+5"],
  );
  assert.deepEqual(
    [128, 0.05, 0.0012345678, "relu", true, undefined].map(parameterValue),
    ["128", "0.05", "0.001235", "relu", "true", ""],
  );
});

Deno.test("confidence() shows by its form how an interval was made", () => {
  assert.equal(confidence(estimateMean([0.8, 0.82, 0.81])), "± 0.0248");
  assert.equal(confidence(estimateShare(0.95, 1000)), "[0.9347, 0.9619]");
  assert.equal(confidence(estimateMean([0.8])), "");
  assert.equal(confidence(null), "");
  assert.equal(objective({ kind: "diverged" }), "diverged");
});
