import assert from "node:assert/strict";
import { abortable, pause } from "./waiting.ts";

Deno.test("abortable() gives the promise's own outcome when nothing aborts", async () => {
  const { signal } = new AbortController();
  assert.equal(await abortable(Promise.resolve(1), signal), 1);
  assert.equal(await abortable(Promise.resolve(2)), 2);
  const error = new Error("its own");
  await assert.rejects(abortable(Promise.reject(error), signal), error);
});

Deno.test("abortable() rejects with the signal's reason, before and while it waits", async () => {
  const reason = new Error("enough");
  const never = new Promise<void>(() => {});
  await assert.rejects(abortable(never, AbortSignal.abort(reason)), reason);
  const controller = new AbortController();
  const waiting = abortable(never, controller.signal);
  controller.abort(reason);
  await assert.rejects(waiting, reason);
});

Deno.test("abortable() ignores a failure that comes after the abort", async () => {
  const { promise, reject } = Promise.withResolvers<void>();
  const reason = new Error("enough");
  await assert.rejects(abortable(promise, AbortSignal.abort(reason)), reason);
  reject(new Error("late"));
  // An unhandled rejection would fail the test run here.
  await new Promise((resolve) => setTimeout(resolve, 0));
});

Deno.test("pause() leaves no timer behind when it is aborted", async () => {
  const reason = new Error("enough");
  await assert.rejects(pause(60_000, AbortSignal.abort(reason)), reason);
  await pause(1);
});
