/** What loading any TensorFlow.js backend shares: silence, and activation that fails loudly. */
import * as tf from "@tensorflow/tfjs-core";
import type { TensorMemory } from "../../core/protocol/worker_load.ts";
import { type Backend, BackendError, type BackendName } from "./backend.ts";

/** What TensorFlow.js is told of a backend. */
export interface Registration {
  /** The name that `--backend` takes. */
  readonly name: BackendName;
  /** What it computes on, for people. */
  readonly device: string;
  /** The name under which TensorFlow.js knows it, where that is another one. */
  readonly registeredAs?: string;
}

/** Keeps TensorFlow.js from printing a banner of advice: what its production mode is good for. */
export function silenceTensorflow(): void {
  tf.env().set("PROD", true);
}

/**
 * Activates a registered backend and describes it.
 * @throws {BackendError} If TensorFlow.js could not initialise it.
 */
export async function activateBackend(
  { name, device, registeredAs = name }: Registration,
): Promise<Backend> {
  const activate = async (): Promise<void> => {
    if (tf.getBackend() === registeredAs) return;
    silenceTensorflow();
    if (!await tf.setBackend(registeredAs)) {
      throw new BackendError(`Cannot use backend "${name}": TensorFlow.js did not initialise it`);
    }
  };
  await activate();
  return { name, device, activate };
}

/** What the tensors of this thread occupy. It only reads counters. */
export function tensorMemory(): TensorMemory {
  const { numBytes, numTensors } = tf.memory();
  return { bytes: Math.max(0, numBytes), tensors: numTensors };
}
