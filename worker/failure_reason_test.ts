import assert from "node:assert/strict";
import { DatasetError } from "./datasets/dataset.ts";
import { datasetFailure, failureReason } from "./failure_reason.ts";

Deno.test("failureReason() knows how backends say that memory is at its end", () => {
  const told = [
    "Array buffer allocation failed",
    "Cannot enlarge memory arrays to size 2147483648 bytes",
    "OOM when allocating tensor with shape[16,784,4096]",
    "RuntimeError: memory access out of bounds",
    "JavaScript heap out of memory",
    "Failed to allocate 3.2 GiB on the device",
  ];
  for (const message of told) {
    assert.deepEqual(failureReason(new Error(message)), { kind: "outOfMemory", message });
  }
});

Deno.test("failureReason() takes everything else for an exception, whatever is thrown", () => {
  assert.deepEqual(failureReason(new TypeError("x is not a function")), {
    kind: "exception",
    message: "x is not a function",
  });
  assert.deepEqual(failureReason("text"), { kind: "exception", message: "text" });
  assert.deepEqual(failureReason(undefined), { kind: "exception", message: "undefined" });
  assert.equal(failureReason(new Error("the ROOM is dark")).kind, "exception");
});

Deno.test("failureReason() names a dataset's trouble by its kind, with the worker's own words", () => {
  const message = 'Cannot read "points.csv": out of memory, said the disk';
  const reason = failureReason(new DatasetError(message));
  assert.deepEqual(reason, { kind: "datasetUnavailable", message });
});

Deno.test("datasetFailure() blames the data for whatever opening them threw, but not for lack of memory", () => {
  const denied = new Deno.errors.NotCapable("Requires read access to /data");
  assert.deepEqual(datasetFailure(denied), {
    kind: "datasetUnavailable",
    message: "Requires read access to /data",
  });
  assert.equal(
    datasetFailure(new RangeError("Array buffer allocation failed")).kind,
    "outOfMemory",
  );
});
