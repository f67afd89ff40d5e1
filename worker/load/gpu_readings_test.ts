import assert from "node:assert/strict";
import { MOST_GPUS } from "../../core/protocol/worker_load.ts";
import { boundGpus, parseGpuReadings } from "./gpu_readings.ts";

const TWO = `0, GPU-5fd4c0f2-1, NVIDIA H100 80GB HBM3, 97, 2048, 81559, 46, 312.41
1, GPU-a81b33e7-2, NVIDIA H100 80GB HBM3, 0, 4, 81559, 31, 69.85
`;

Deno.test("parseGpuReadings() reads shares, bytes, °C and watts of each GPU", () => {
  assert.deepEqual(parseGpuReadings(TWO).map(({ load }) => load), [
    {
      index: 0,
      name: "NVIDIA H100 80GB HBM3",
      busyShare: 0.97,
      usedBytes: 2_147_483_648,
      totalBytes: 85_520_809_984,
      celsius: 46,
      watts: 312.41,
    },
    {
      index: 1,
      name: "NVIDIA H100 80GB HBM3",
      busyShare: 0,
      usedBytes: 4_194_304,
      totalBytes: 85_520_809_984,
      celsius: 31,
      watts: 69.85,
    },
  ]);
});

Deno.test("parseGpuReadings() has null for what a driver does not tell, whatever it writes then", () => {
  const output = [
    // With MIG on, a whole GPU has no utilisation.
    "0, GPU-1, NVIDIA A100-SXM4-40GB, [N/A], 1024, 40960, 33, 57.10",
    "1, GPU-2, NVIDIA GeForce GT 710, [Not Supported], 300, 2001, 41, [Not Supported]",
    "2, GPU-3, NVIDIA GB10, 12, [N/A], [N/A], [Unknown Error], [Insufficient Permissions]",
  ].join("\r\n");
  const told = parseGpuReadings(output).map(({ load }) => [
    load.busyShare,
    load.usedBytes === null ? null : load.usedBytes / 2 ** 20,
    load.totalBytes === null ? null : load.totalBytes / 2 ** 20,
    load.celsius,
    load.watts,
  ]);
  assert.deepEqual(told, [
    [null, 1024, 40960, 33, 57.1],
    [null, 300, 2001, 41, null],
    [0.12, null, null, null, null],
  ]);
});

Deno.test("parseGpuReadings() keeps commas of a name, and leaves out lines that are none of a GPU", () => {
  const output = `No devices were found
Échec : bibliothèque introuvable, erreur, 1, 2, 3, 4, 5, 6

0, GPU-1, Card, rev. 2, 130, 1, 2, 3, -4
1, GPU-2, 1, 2
`;
  const [only, ...others] = parseGpuReadings(output);
  assert.deepEqual(others, []);
  assert.equal(only?.load.name, "Card, rev. 2");
  assert.equal(only?.load.busyShare, 1, "more than all of the time is all of it");
  assert.equal(only?.load.watts, null, "no card makes power");
  const many = Array.from({ length: 999 }, (_, i) => `${i}, GPU-${i}, C, 1, 2, 3, 4, 5`).join("\n");
  assert.equal(parseGpuReadings(many).length, MOST_GPUS);
  assert.deepEqual(parseGpuReadings(""), []);
});

Deno.test("boundGpus() knows GPUs by number, by the beginning of a UUID, and has all where none is bound", () => {
  const readings = parseGpuReadings(TWO);
  const indices = (bound?: string) => boundGpus(readings, bound).map(({ index }) => index);
  assert.deepEqual(indices(), [0, 1]);
  assert.deepEqual(indices("1"), [1]);
  assert.deepEqual(indices("1, 0"), [0, 1]);
  assert.deepEqual(indices("GPU-a81b"), [1]);
  assert.deepEqual(indices("MIG-c6d4f1ef"), [], "a slice is none of them");
  assert.deepEqual(indices("-1"), []);
});
