import assert from "node:assert/strict";
import { Bell, pause } from "./waiting.ts";

const silent = (): AbortSignal => new AbortController().signal;

Deno.test("Bell wakes all who wait now, and nobody who comes later", async () => {
  const bell = new Bell();
  const ending = new AbortController();
  const woken: string[] = [];
  const first = ["a", "b"].map((name) =>
    bell.wait(null, ending.signal).then(() => woken.push(name))
  );
  bell.ring();
  const late = bell.wait(null, ending.signal).then(() => woken.push("late"));
  await Promise.all(first);
  assert.deepEqual(woken, ["a", "b"]);
  ending.abort();
  await late;
});

Deno.test("Bell lets go after a time, at the abort, and of whoever comes after it", async () => {
  const bell = new Bell();
  await bell.wait(1, silent());
  const ending = new AbortController();
  const waiting = bell.wait(null, ending.signal);
  ending.abort();
  await waiting;
  await bell.wait(null, ending.signal);
});

Deno.test("Bell leaves nothing with the signal of who waited", async () => {
  const { signal } = new AbortController();
  let listening = 0;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (...args: Parameters<typeof add>) => {
    listening++;
    add(...args);
  };
  signal.removeEventListener = (...args: Parameters<typeof remove>) => {
    listening--;
    remove(...args);
  };
  const bell = new Bell();
  const waiting = bell.wait(null, signal);
  assert.equal(listening, 1);
  bell.ring();
  await waiting;
  await bell.wait(1, signal);
  assert.equal(listening, 0);
});

Deno.test("pause ends after its time, or with the signal", async () => {
  await pause(1, silent());
  const ending = new AbortController();
  const forEver = pause(null, ending.signal);
  ending.abort();
  await forEver;
});
