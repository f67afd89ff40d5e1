import assert from "node:assert/strict";
import { RequestError } from "../problem.ts";
import { pointsOf, SPACE } from "../../tests/support/parameter_points.ts";
import {
  objectiveScale,
  objectiveShare,
  parameterAxes,
  scaledAxes,
  stepOf,
} from "./parameters_axes.ts";
import { axesView, contourPair, heatPair, objectiveIn, scaleIn } from "./parameters_view.ts";

const query = (text: string): URLSearchParams => new URLSearchParams(text);

Deno.test("axesView() puts the named first, each once, and forgets none", () => {
  const names = ["a", "b", "c"];
  assert.deepEqual(axesView(query(""), names).order, ["a", "b", "c"]);
  assert.deepEqual(axesView(query("order=c&order=c&order=x&order=a"), names).order, [
    "c",
    "a",
    "b",
  ]);
  const { flipped, isObjectiveFlipped } = axesView(query("flip.b=1&flip.x=1&flip.a=0"), names);
  assert.deepEqual([flipped, isObjectiveFlipped], [["b"], false]);
  assert.ok(axesView(query("flip=1"), names).isObjectiveFlipped);
});

Deno.test("scaleIn() is asked for by parameter, and refused where the axis has no logarithm", () => {
  assert.throws(() => scaleIn(query("scale.lr=cubic"), "lr"), RequestError);
  const [lr] = scaledAxes(
    parameterAxes(SPACE, []),
    (name) => scaleIn(query("scale.lr=linear"), name),
  );
  assert.ok(lr?.kind === "number" && lr.scale === "linear");
  const zero = { name: "z", domain: { kind: "float", scale: "linear", min: 0, max: 1 } } as const;
  const [z] = scaledAxes(parameterAxes([zero], []), () => "log");
  assert.ok(z?.kind === "number" && z.scale === "linear");
});

Deno.test("objectiveShare() follows the objective's scale, and ends where its axis does", () => {
  const metric = { name: "loss", goal: "minimize" } as const;
  const points = pointsOf([[0.1, 8, 0.01], [0.1, 8, 0.1], [0.1, 8, 1]]);
  const scale = objectiveScale(metric, points, "log");
  assert.equal(scale.scale, "log");
  assert.deepEqual([0.001, 0.01, 1, 7].map((value) => objectiveShare(scale, value)), [0, 0, 1, 1]);
  assert.ok(Math.abs(objectiveShare(scale, 0.1) - 0.5) < 1e-12);
  assert.deepEqual([stepOf(scale, 0.01), stepOf(scale, 1)], [9, 0]);
  assert.equal(objectiveScale(metric, pointsOf([[0.1, 8, -1]]), "log").scale, "linear");
});

Deno.test("heatPair() and contourPair() are the asked pair, else the usual one", () => {
  const words = { name: "act", domain: { kind: "values", values: ["relu", "tanh"] } } as const;
  const axes = parameterAxes([...SPACE, words], []);
  assert.deepEqual(heatPair(query("x=act"), axes, []), ["act", "width"]);
  assert.deepEqual(heatPair(query("y=lr"), axes, []), ["width", "lr"]);
  assert.deepEqual(contourPair(query("cx=act"), axes, ["act"]), ["lr", "width"]);
  assert.deepEqual(
    contourPair(query("cx=width"), axes, []),
    ["width", "lr"],
  );
  assert.equal(contourPair(query(""), axes.slice(0, 1), []), null);
});

Deno.test("objectiveIn() is the first unless another one of the sweep's is named", () => {
  const objectives = [{ name: "acc", goal: "maximize" }, {
    name: "loss",
    goal: "minimize",
  }] as const;
  assert.equal(objectiveIn(query(""), objectives).name, "acc");
  assert.equal(objectiveIn(query("objective=loss"), objectives).goal, "minimize");
  assert.throws(() => objectiveIn(query("objective=x"), objectives), /one of acc, loss/);
});
