/** A parameter as it was read from a sweep file or from the command line. */
import type { Parameter } from "../../core/domain/search_space.ts";
import type { Origin } from "./problem.ts";
import type { TreeNode } from "./yaml_tree.ts";

/** A parameter with the place that defines it. */
export interface PlacedParameter extends Parameter {
  readonly origin: Origin;
  /** Its key's path. */
  readonly path: string;
  /** Its conditions as they are written. */
  readonly whenNode?: TreeNode | undefined;
  /** The command line says which values it has. */
  readonly isOverride?: boolean;
}
