/** The backend in plain JavaScript: slow, everywhere, the oracle of the others. */
import type { Backend, BackendLoader } from "./backend.ts";
import { activateBackend } from "./tensorflow.ts";

/** Loads the `cpu` backend. */
export const cpuBackend: BackendLoader = { name: "cpu", load: loadCpu };

async function loadCpu(): Promise<Backend> {
  await import("@tensorflow/tfjs-backend-cpu");
  return await activateBackend({ name: "cpu", device: "JavaScript" });
}
