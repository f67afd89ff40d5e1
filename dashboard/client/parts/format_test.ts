import assert from "node:assert/strict";
import {
  formatAgo,
  formatDuration,
  formatNumber,
  formatRate,
  formatSetting,
  formatValue,
} from "./format.ts";

Deno.test("formatNumber keeps what can be compared and no more", () => {
  assert.equal(formatNumber(0.93456), "0.9346");
  assert.equal(formatNumber(12.3456), "12.35");
  assert.equal(formatNumber(0), "0.0000");
  assert.equal(formatNumber(1.234e-7), "1.23e-7");
});

Deno.test("formatDuration shows the two largest units", () => {
  assert.equal(formatDuration(9_400), "9 s");
  assert.equal(formatDuration(125_000), "2 m 05 s");
  assert.equal(formatDuration(4_020_000), "1 h 07 m");
  assert.equal(formatDuration(3 * 86_400_000), "3 d 00 h");
});

Deno.test("formatAgo never speaks of the future", () => {
  assert.equal(formatAgo(-5_000), "just now");
  assert.equal(formatAgo(125_000), "2 m ago");
});

Deno.test("formatValue writes numbers as somebody would type them", () => {
  assert.equal(formatValue(0.1 + 0.2), "0.3");
  assert.equal(formatValue(1e-7), "1e-7");
  assert.equal(formatValue("relu"), "relu");
  assert.equal(formatRate(12345.6), "12,346 /s");
});

Deno.test("formatSetting separates the thousands of what is only read", () => {
  assert.equal(formatSetting(50_000), "50,000");
  assert.equal(formatSetting(1024), "1024");
  assert.equal(formatSetting(0.05), "0.05");
  assert.equal(formatSetting("50000"), "50000");
});
