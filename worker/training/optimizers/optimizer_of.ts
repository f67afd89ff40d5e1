/** The update rule that a sweep file names. */
import type { OptimizerKind } from "../../../core/domain/mlp_parameters.ts";
import { adam } from "./adam.ts";
import { momentum } from "./momentum.ts";
import type { Optimizer } from "./optimizer.ts";
import { sgd } from "./sgd.ts";

const OPTIMIZERS: Readonly<Record<OptimizerKind, Optimizer>> = { sgd, momentum, adam };

/** The rule by its name. */
export function optimizerOf(kind: OptimizerKind): Optimizer {
  return OPTIMIZERS[kind];
}
