/**
 * L-BFGS (Nocedal and Wright, 2006, algorithms 7.4 and 7.5) with backtracking: climbs a smooth
 * function of some dozen variables.
 */
import type { Evaluation } from "./log_posterior.ts";

/** How far to climb. */
export interface ClimbOptions {
  readonly start: readonly number[];
  /** Steps at most. */
  readonly steps: number;
  /** No variable leaves [−bound, bound]: beyond it exponentials say nothing. */
  readonly bound: number;
}

/** Where a climb ended. */
export interface Summit extends Evaluation {
  readonly point: readonly number[];
}

/** Pairs of steps and changes of the gradient that are kept. */
const MEMORY = 8;
/** A step must gain this share of what the gradient promises (Armijo). */
const ARMIJO = 1e-4;
const HALVINGS = 12;
/** A gradient this small is flat, and a gain this small an end: data never say more about a scale. */
const FLAT = 1e-3;

interface Pair {
  readonly step: readonly number[];
  readonly change: readonly number[];
  /** 1/(change · step). */
  readonly rho: number;
}

/** A local maximum of the function. */
export function climb(
  evaluate: (point: readonly number[]) => Evaluation,
  { start, steps, bound }: ClimbOptions,
): Summit {
  const at = (point: readonly number[]): Summit => {
    const { value, gradient } = evaluate(point);
    // What pushes against the bound leads nowhere.
    const free = gradient.map((slope, i) => (point[i] ?? 0) * Math.sign(slope) < bound ? slope : 0);
    return { point, value, gradient: free };
  };
  let here = at(start);
  let pairs: readonly Pair[] = [];
  for (let step = 0; step < steps; step++) {
    if (here.gradient.every((slope) => Math.abs(slope) < FLAT)) break;
    const next = search(at, { here, bound, direction: directionOf(here.gradient, pairs) }) ??
      // What was learned of the curvature misled: from here on it is learned anew.
      search(at, { here, bound, direction: directionOf(here.gradient, []) });
    if (next === null) break;
    pairs = remember(pairs, here, next);
    const gain = next.value - here.value;
    here = next;
    if (gain < FLAT) break;
  }
  return here;
}

/** The gradient times an estimate of the inverse curvature: the two-loop recursion. */
function directionOf(gradient: readonly number[], pairs: readonly Pair[]): readonly number[] {
  let direction = gradient;
  const shares: number[] = [];
  for (const { step, change, rho } of pairs.toReversed()) {
    const share = rho * dot(step, direction);
    shares.push(share);
    direction = add(direction, change, -share);
  }
  const last = pairs.at(-1);
  const scale = last === undefined
    // Nothing is known of the curvature: the first step is one long at most.
    ? 1 / Math.max(1, Math.sqrt(dot(gradient, gradient)))
    : 1 / (last.rho * dot(last.change, last.change));
  direction = direction.map((x) => scale * x);
  for (const { step, change, rho } of pairs) {
    direction = add(direction, step, (shares.pop() ?? 0) - rho * dot(change, direction));
  }
  return direction;
}

/** The first of ever smaller steps that gains enough; null if none does. */
function search(
  at: (point: readonly number[]) => Summit,
  { here, direction, bound }: {
    readonly here: Summit;
    readonly direction: readonly number[];
    readonly bound: number;
  },
): Summit | null {
  const promise = dot(here.gradient, direction);
  if (!(promise > 0)) return null;
  for (let halving = 0; halving < HALVINGS; halving++) {
    const length = 2 ** -halving;
    const point = add(here.point, direction, length)
      .map((x) => Math.min(bound, Math.max(-bound, x)));
    const next = at(point);
    if (next.value >= here.value + ARMIJO * length * promise) return next;
  }
  return null;
}

function remember(pairs: readonly Pair[], from: Summit, to: Summit): readonly Pair[] {
  const step = add(to.point, from.point, -1);
  // Of the function turned upside down, which is what has a positive curvature at its end.
  const change = add(from.gradient, to.gradient, -1);
  const curvature = dot(change, step);
  if (!(curvature > 1e-12)) return pairs;
  return [...pairs, { step, change, rho: 1 / curvature }].slice(-MEMORY);
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);
}

/** a + factor · b. */
function add(a: readonly number[], b: readonly number[], factor: number): readonly number[] {
  return a.map((x, i) => x + factor * (b[i] ?? 0));
}
