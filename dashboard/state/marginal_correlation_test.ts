import assert from "node:assert/strict";
import type { ParameterAxis } from "../client/parameters/parameters_model.ts";
import { pointsOf } from "../../tests/support/parameter_points.ts";
import golden from "./testdata/kernel_surface.json" with { type: "json" };
import { marginalCorrelations } from "./marginal_correlation.ts";
import { ShownPoints } from "./shown_points.ts";

const AXES: readonly ParameterAxis[] = [
  { kind: "number", name: "lr", scale: "log", min: 0, max: 1, hasAbsent: false },
  { kind: "choices", name: "optimizer", values: ["a", "b", "c"], hasAbsent: false },
];

Deno.test("marginalCorrelations() are scipy's Spearman ρ with ties, and the correlation ratio", () => {
  const points = golden.values.map((value, at) =>
    [golden.ties[at]!, golden.groups[at]!, value] as const
  );
  const [lr, optimizer] = marginalCorrelations(ShownPoints.all(pointsOf(points)), AXES);
  assert.deepEqual([lr?.kind, lr?.n, optimizer?.kind], ["spearman", 60, "eta"]);
  assert.ok(Math.abs(lr!.value! - golden.spearman) < 1e-12, `${lr?.value}`);
  assert.ok(Math.abs(optimizer!.value! - golden.eta) < 1e-12, `${optimizer?.value}`);
});

Deno.test("marginalCorrelations() say nothing where nothing varies, and leave out what diverged", () => {
  const told = marginalCorrelations(
    ShownPoints.all(pointsOf([[0.1, "a", 0.5], [0.1, "a", 0.6], [0.2, "b", null]])),
    AXES,
  );
  assert.deepEqual(told, [
    { name: "lr", kind: "spearman", value: null, n: 2 },
    { name: "optimizer", kind: "eta", value: null, n: 2 },
  ]);
});
