/** Choosing what to compute on: the first backend that loads and proves that it computes right. */
import { type Backend, BackendError, type BackendLoader, type BackendName } from "./backend.ts";
import { createBackendLoaders } from "./backend_loaders.ts";
import { cpuBackend } from "./cpu_backend.ts";
import { probeBackend } from "./probe.ts";
import { refusalReason } from "./refusal_reason.ts";

/** What a user may ask for. */
export type BackendRequest = BackendName | "auto";

/** A backend that was tried and not taken. */
export interface RefusedBackend {
  /** Which one it was. */
  readonly name: BackendName;
  /** What loading it or its self-test said. */
  readonly reason: string;
}

/** The backend that was taken, and those that were tried before it. */
export interface ChosenBackend {
  /** Loaded, tested and active. */
  readonly backend: Backend;
  /** In the order in which they were tried. */
  readonly refused: readonly RefusedBackend[];
}

/**
 * Loads and tests the backend asked for; `auto` takes the first of `loaders` that works.
 * The chosen one is active when the promise resolves.
 * @throws {BackendError} If the backend asked for, or every one, does not work on this machine.
 */
export async function chooseBackend(
  request: BackendRequest,
  loaders: readonly BackendLoader[] = createBackendLoaders({ addonsDir: null }),
): Promise<ChosenBackend> {
  const candidates = request === "auto" ? loaders : loaders.filter((l) => l.name === request);
  const refused: RefusedBackend[] = [];
  for (const loader of candidates) {
    try {
      const unfit = request === "auto" ? await loader.unfitForAuto?.() : null;
      if (typeof unfit === "string") throw new BackendError(unfit);
      const backend = await loader.load();
      await probeBackend(backend, cpuBackend);
      return { backend, refused };
    } catch (error) {
      refused.push({ name: loader.name, reason: refusalReason(error) });
    }
  }
  const reasons = refused.map(({ reason }) => reason).join("; ") || "there is none of this name";
  throw new BackendError(`Cannot use backend "${request}": ${reasons}`);
}
