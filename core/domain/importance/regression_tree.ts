/**
 * A regression tree of boxes: every leaf is a range of each numeric axis and a set of choices of
 * each categorical one (CART: Breiman et al., 1984). A parameter is only split where it is active in
 * every point: below the splits on which that depends.
 */
import { bestChoices, bestCut, type Division } from "./tree_split.ts";

/** What a tree is grown from, by columns. */
export interface TreeData {
  readonly axes: readonly TreeAxis[];
  /** What is explained, one value for each point. */
  readonly values: Float64Array;
}

/** One varied parameter. */
export interface TreeAxis {
  /** Choices of a categorical axis; null: numbers in [0, 1]. */
  readonly choices: number | null;
  /** A number or the place of a choice for each point; NaN where the parameter is inactive. */
  readonly positions: Float64Array;
  /** All points by their positions, inactive ones last. */
  readonly order: Uint32Array;
}

/** How a tree is grown. */
export interface TreeOptions {
  /** How often each point counts. */
  readonly counts: Uint16Array;
  /** Which axis wins where splits are equally good. */
  readonly precedence: readonly number[];
  readonly maxDepth: number;
}

/** A grown tree. */
export interface Tree {
  /** The mean of each leaf. */
  readonly leafValues: readonly number[];
  /** For leaf × axis: the cut where its range begins and ends; -1: at the bound of the axis. */
  readonly lowerCuts: Int32Array;
  readonly upperCuts: Int32Array;
  /** For leaf × axis: the choices in it, marked by 1; null: all, or a numeric axis. */
  readonly choices: readonly (Uint8Array | null)[];
  /** For each axis: where it was cut, in the order of growth. */
  readonly cuts: readonly (readonly number[])[];
}

/** The points of an axis by their positions, inactive ones last. */
export function orderByPosition(positions: Float64Array): Uint32Array {
  const order = new Uint32Array(positions.length);
  order.forEach((_, place) => order[place] = place);
  const at = (point: number): number => {
    const position = positions[point] ?? NaN;
    return Number.isNaN(position) ? Infinity : position;
  };
  return order.sort((a, b) => at(a) === at(b) ? a - b : at(a) - at(b));
}

/** Grows a tree until its leaves are pure, cannot be split or are as deep as may be. */
export function growTree(data: TreeData, options: TreeOptions): Tree {
  return new TreeGrower(data, options).grow();
}

/** The points [start, end) of every order. */
interface Node {
  readonly start: number;
  readonly end: number;
  readonly depth: number;
}

/** How a node is divided. */
interface Split extends Division {
  readonly axis: number;
}

interface Sums {
  readonly weight: number;
  readonly sum: number;
  readonly isPure: boolean;
}

class TreeGrower {
  readonly #data: TreeData;
  readonly #options: TreeOptions;
  readonly #orders: readonly Uint32Array[];
  readonly #goesLeft: Uint8Array;
  readonly #spare: Uint32Array;
  readonly #cuts: number[][];
  readonly #leafValues: number[] = [];
  readonly #choices: (Uint8Array | null)[] = [];
  readonly #lowerCuts: Int32Array;
  readonly #upperCuts: Int32Array;
  /** The box of the present node. */
  readonly #lower: Int32Array;
  readonly #upper: Int32Array;
  readonly #sets: (Uint8Array | null)[];

  constructor(data: TreeData, options: TreeOptions) {
    this.#data = data;
    this.#options = options;
    const { counts } = options;
    const { axes } = data;
    this.#orders = axes.map(({ order }) => order.filter((point) => (counts[point] ?? 0) > 0));
    this.#goesLeft = new Uint8Array(counts.length);
    const size = this.#orders[0]?.length ?? 0;
    this.#spare = new Uint32Array(size);
    this.#cuts = axes.map(() => []);
    this.#lowerCuts = new Int32Array(size * axes.length);
    this.#upperCuts = new Int32Array(size * axes.length);
    this.#lower = new Int32Array(axes.length).fill(-1);
    this.#upper = new Int32Array(axes.length).fill(-1);
    this.#sets = axes.map(() => null);
  }

  grow(): Tree {
    this.#grow({ start: 0, end: this.#spare.length, depth: 0 });
    return {
      leafValues: this.#leafValues,
      lowerCuts: this.#lowerCuts,
      upperCuts: this.#upperCuts,
      choices: this.#choices,
      cuts: this.#cuts,
    };
  }

  #grow(node: Node): void {
    const sums = this.#sums(node);
    const isEnd = sums.isPure || node.depth >= this.#options.maxDepth;
    const split = isEnd ? null : this.#bestSplit(node, sums);
    if (split === null) this.#addLeaf(sums.sum / sums.weight);
    else if (typeof split.left === "number") {
      this.#splitRange(node, { axis: split.axis, cut: split.left });
    } else this.#splitChoices(node, { axis: split.axis, left: split.left });
  }

  #addLeaf(value: number): void {
    const offset = this.#leafValues.length * this.#sets.length;
    this.#lowerCuts.set(this.#lower, offset);
    this.#upperCuts.set(this.#upper, offset);
    for (const set of this.#sets) this.#choices.push(set);
    this.#leafValues.push(value);
  }

  #splitRange(
    { start, end, depth }: Node,
    { axis, cut }: { readonly axis: number; readonly cut: number },
  ): void {
    const { positions } = this.#data.axes[axis] ?? EMPTY_AXIS;
    const middle = this.#partition({ start, end, depth }, (point) => (positions[point] ?? 0) < cut);
    const cuts = this.#cuts[axis] ?? [];
    const place = cuts.push(cut) - 1;
    const [lower, upper] = [this.#lower[axis] ?? -1, this.#upper[axis] ?? -1];
    this.#upper[axis] = place;
    this.#grow({ start, end: middle, depth: depth + 1 });
    this.#upper[axis] = upper;
    this.#lower[axis] = place;
    this.#grow({ start: middle, end, depth: depth + 1 });
    this.#lower[axis] = lower;
  }

  #splitChoices(
    { start, end, depth }: Node,
    { axis, left }: { readonly axis: number; readonly left: Uint8Array },
  ): void {
    const { positions } = this.#data.axes[axis] ?? EMPTY_AXIS;
    const whole = this.#sets[axis] ?? null;
    const middle = this.#partition(
      { start, end, depth },
      (point) => left[positions[point] ?? 0] === 1,
    );
    this.#sets[axis] = left.map((isLeft, choice) => isLeft & (whole?.[choice] ?? 1));
    this.#grow({ start, end: middle, depth: depth + 1 });
    this.#sets[axis] = left.map((isLeft, choice) => (1 - isLeft) & (whole?.[choice] ?? 1));
    this.#grow({ start: middle, end, depth: depth + 1 });
    this.#sets[axis] = whole;
  }

  /** Moves the points that go left to the front of the node in every order; returns their end. */
  #partition({ start, end }: Node, isLeft: (point: number) => boolean): number {
    const first = this.#orders[0] ?? this.#spare;
    for (let place = start; place < end; place++) {
      const point = first[place] ?? 0;
      this.#goesLeft[point] = Number(isLeft(point));
    }
    let middle = start;
    for (const order of this.#orders) {
      let left = start;
      let right = 0;
      for (let place = start; place < end; place++) {
        const point = order[place] ?? 0;
        if (this.#goesLeft[point] === 1) order[left++] = point;
        else this.#spare[right++] = point;
      }
      for (let place = 0; place < right; place++) order[left + place] = this.#spare[place] ?? 0;
      middle = left;
    }
    return middle;
  }

  #sums({ start, end }: Node): Sums {
    const { values } = this.#data;
    const { counts } = this.#options;
    const order = this.#orders[0] ?? this.#spare;
    const first = values[order[start] ?? 0];
    let weight = 0;
    let sum = 0;
    let isPure = true;
    for (let place = start; place < end; place++) {
      const point = order[place] ?? 0;
      const value = values[point] ?? 0;
      const count = counts[point] ?? 0;
      weight += count;
      sum += count * value;
      if (value !== first) isPure = false;
    }
    return { weight, sum, isPure };
  }

  #bestSplit({ start, end }: Node, { weight, sum }: Sums): Split | null {
    const { values } = this.#data;
    const { counts } = this.#options;
    let best: Split | null = null;
    for (const axis of this.#options.precedence) {
      const { choices, positions } = this.#data.axes[axis] ?? EMPTY_AXIS;
      const order = this.#orders[axis] ?? this.#spare;
      const last = positions[order[end - 1] ?? 0] ?? NaN;
      // Inactive points come last; where the last is as the first there is nothing to divide.
      if (Number.isNaN(last) || last === positions[order[start] ?? 0]) continue;
      const segment = { order, start, end, positions, values, counts, weight, sum };
      const found = choices === null ? bestCut(segment) : bestChoices(segment, choices);
      if (found !== null && (best === null || found.score > best.score)) best = { ...found, axis };
    }
    return best;
  }
}

const EMPTY_AXIS: TreeAxis = {
  choices: null,
  positions: new Float64Array(),
  order: new Uint32Array(),
};
