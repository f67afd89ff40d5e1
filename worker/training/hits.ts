/** Which examples the lanes' networks get right. */
import * as tf from "@tensorflow/tfjs-core";
import type { TaskKind } from "../../core/domain/task_kind.ts";

/** [Λ]: how many examples each lane classifies rightly, from z [Λ, C, B] and y [C, B]; else 0. */
export function countHits(kind: TaskKind, z: tf.Tensor3D, y: tf.Tensor2D): tf.Tensor1D {
  switch (kind) {
    case "classification":
      return countTrue(tf.equal(tf.argMax(z, 1), tf.argMax(y, 0))); // [Λ, B] against [B]
    case "binary":
      return countTrue(tf.equal(tf.step(tf.reshape(z, [z.shape[0], -1])), y)); // z > 0: class 1
    case "regression":
      return tf.zeros([z.shape[0]]);
    default:
      return kind satisfies never;
  }
}

function countTrue(hits: tf.Tensor): tf.Tensor1D {
  return tf.sum(tf.cast(hits, "float32"), 1); // [Λ] from [Λ, B]
}
