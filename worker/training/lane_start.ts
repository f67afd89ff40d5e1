/** Where a lane begins: at its checkpoint, or with fresh weights that its replicate names. */
import type { Dataset } from "../datasets/dataset.ts";
import type { LaneState } from "./fused_network.ts";
import { initialLayers } from "./initial_layers.ts";
import { shapeOf } from "./layer.ts";
import { optimizerOf } from "./optimizers/optimizer_of.ts";
import type { LaneSpec, PackSpec } from "./pack.ts";

/**
 * The state that the lane's first step starts from.
 * @throws {RangeError} If its checkpoint is of another network or another optimizer.
 */
export function startOf(
  { replicate, hiddenWidth, resume, trial }: LaneSpec,
  { spec, dataset }: { readonly spec: PackSpec; readonly dataset: Dataset },
): LaneState {
  const { seed, depth, optimizer } = spec;
  const { features: inputs, outputs: classes } = dataset;
  const fresh = initialLayers({ seed, replicate, inputs, hiddenWidth, depth, classes });
  if (resume === null) return { step: 0, layers: fresh, slots: {} };
  const [found, due] = [shapeOf(resume.layers), shapeOf(fresh)];
  if (found !== due) {
    throw new RangeError(
      `Cannot resume trial ${trial}: its checkpoint has layers ${found}; it must have ${due}`,
    );
  }
  const { slots } = optimizerOf(optimizer);
  const held = Object.keys(resume.slots).sort().join(", ");
  if (held !== [...slots].sort().join(", ")) {
    throw new RangeError(
      `Cannot resume trial ${trial}: its checkpoint remembers ${held || "nothing"} for the ` +
        `optimizer; it must remember ${slots.join(", ") || "nothing"}`,
    );
  }
  return resume;
}
