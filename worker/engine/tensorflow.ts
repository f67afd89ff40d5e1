/** What loading any TensorFlow.js backend shares: silence, and activation that fails loudly. */
import * as tf from "@tensorflow/tfjs-core";
import { type Backend, BackendError, type BackendName } from "./backend.ts";

/**
 * Activates a registered backend and describes it.
 * @throws {BackendError} If TensorFlow.js could not initialise it.
 */
export async function activateBackend(name: BackendName, device: string): Promise<Backend> {
  const activate = async (): Promise<void> => {
    if (tf.getBackend() === name) return;
    // Production mode is what keeps TensorFlow.js from printing a banner of advice.
    tf.env().set("PROD", true);
    if (!await tf.setBackend(name)) {
      throw new BackendError(`Cannot use backend "${name}": TensorFlow.js did not initialise it`);
    }
  };
  await activate();
  return { name, device, activate };
}
