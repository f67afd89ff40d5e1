/**
 * Which way round the first layer's matrix lies, and when it pays to turn it.
 *
 * A product's right-hand side is packed before it is multiplied, and packed anew whenever it is new
 * (measured on wasm). With units as rows that is the minibatch, in the forward pass and again for
 * the gradient; with units as columns it is the weights once, but what the layer gives must be
 * turned for the layers above, and turned back. So a narrow network lies in columns, a wide one in
 * rows.
 */

/**
 * `rows`: [R, D₁], the weights of a unit and then its bias side by side; `columns`: [D₁, R], the
 * weights out of an input side by side, the biases last.
 */
export type UnitsAs = "rows" | "columns";

/** What the choice depends on. */
export interface FirstLayerShape {
  /** D₁: numbers of an example. */
  readonly columns: number;
  /** R: hidden units of all lanes. */
  readonly rows: number;
  /** B: examples in a minibatch. */
  readonly batchSize: number;
}

/**
 * Time for a number of the weights that is packed, compared with one of the minibatch: more, for
 * there it is the larger share of a product whose left-hand side is short.
 */
const WEIGHT_COST = 1.5;
/** Time for a unit's result of an example to be turned and turned back, in the same measure. */
const TURN_COST = 1.8;

/** The form in which a step packs and turns less. */
export function cheaperForm({ columns, rows, batchSize }: FirstLayerShape): UnitsAs {
  const asColumns = WEIGHT_COST * columns * rows + TURN_COST * rows * batchSize;
  const asRows = 2 * columns * batchSize;
  return asColumns < asRows ? "columns" : "rows";
}
