import assert from "node:assert/strict";
import { parseTrialFilter } from "../trials/trial_filter.ts";
import { parametersHref, trialsHref } from "./links.ts";

const value = (...values: readonly (string | number)[]) =>
  ({ label: "", holds: { kind: "values", values } }) as const;
const range = (min: number, max: number) =>
  ({ label: "", holds: { kind: "range", min, max } }) as const;

function filterOf(href: string | null): string {
  return new URL(href ?? "", "http://localhost").searchParams.get("q") ?? "";
}

Deno.test("trialsHref() asks the Trials page for what is in a cell, in words that it reads", () => {
  const hostile = 'a "b" <c>=1';
  const href = trialsHref("sweep-1", [
    { name: "lr", bin: range(0.01, 0.1), isLast: false },
    { name: "width", bin: range(8, 16), isLast: true },
    { name: hostile, bin: value(hostile), isLast: false },
    { name: "depth", bin: value(1, 2, 3), isLast: false },
  ]);
  assert.deepEqual(parseTrialFilter(filterOf(href), ["lr", "width", hostile, "depth"]), [
    { name: "lr", comparison: ">=", value: "0.01" },
    { name: "lr", comparison: "<", value: "0.1" },
    { name: "width", comparison: ">=", value: "8" },
    { name: "width", comparison: "<=", value: "16" },
    { name: hostile, comparison: "=", value: hostile },
    { name: "depth", comparison: ">=", value: "1" },
    { name: "depth", comparison: "<=", value: "3" },
  ]);
});

Deno.test("trialsHref() gives no link where several words share a cell", () => {
  assert.equal(trialsHref("s", [{ name: "kind", bin: value("a", "b"), isLast: true }]), null);
});

Deno.test("parametersHref() changes some of the query and keeps the rest", () => {
  const page = { sweep: "s-1", query: "min=1&is.kind=a&is.kind=b" };
  assert.equal(
    parametersHref(page, { x: "a&b" }),
    "/s/s-1/params?min=1&is.kind=a&is.kind=b&x=a%26b",
  );
  assert.equal(parametersHref({ sweep: "s-1", query: "min=1" }, { min: null }), "/s/s-1/params");
});
